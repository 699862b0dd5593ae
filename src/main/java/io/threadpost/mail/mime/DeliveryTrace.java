package io.threadpost.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.threadpost.mail.mime.HeaderBlock.Field;

/**
 * The hosts that a mail passed, and what they report about its sender: its fields {@code Received} and
 * {@code Authentication-Results}, the topmost first.
 *
 * @param lines those fields, up to a limit
 * @param senders the addresses in all of its fields {@code From}; there should be one
 */
public record DeliveryTrace(List<Line> lines, List<Address> senders) {
    private static final int MOST = 200;
    private static final int LONGEST = 16 * 1024;

    /**
     * One of the fields.
     *
     * @param name in lower case
     * @param value unfolded
     */
    public record Line(String name, String value) {
        public boolean received() {
            return name.equals("received");
        }
    }

    static DeliveryTrace of(List<Field> header) {
        List<Line> lines = new ArrayList<>();
        List<Address> senders = new ArrayList<>();
        for (Field field : header) {
            boolean trace = field.name().equals("received") || field.name().equals("authentication-results");
            if (trace && lines.size() < MOST) {
                lines.add(new Line(field.name(), text(field)));
            } else if (field.name().equals("from") && senders.size() < MOST) {
                senders.addAll(AddressParser.parse(text(field)));
            }
        }
        return new DeliveryTrace(List.copyOf(lines), List.copyOf(senders));
    }

    private static String text(Field field) {
        byte[] value = field.value();
        return new String(value, 0, Math.min(value.length, LONGEST), StandardCharsets.UTF_8);
    }
}
