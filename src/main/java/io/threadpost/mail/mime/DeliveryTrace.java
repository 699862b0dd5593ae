package io.threadpost.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.threadpost.mail.mime.HeaderBlock.Field;

/**
 * The hosts that a mail passed, and what they report about its sender: its fields {@code Received} and
 * {@code Authentication-Results}, the topmost first.
 *
 * @param lines those fields, up to a limit
 * @param senders the addresses in its field {@code From}; none when it is not certain which one counts: with several
 *     fields, several addresses without a comma, or a field that is longer than addresses are
 */
public record DeliveryTrace(List<Line> lines, List<Address> senders) {
    private static final int MOST = 200;
    private static final int LONGEST = 16 * 1024;
    private static final int LONGEST_SENDER = 4000;
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern NAMED = Pattern.compile("[^<>,;]*<[^<>,;]*>");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s<>,;:()\\[\\]'\"]+");

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
        for (Field field : header) {
            boolean trace = field.name().equals("received") || field.name().equals("authentication-results");
            if (trace && lines.size() < MOST) {
                lines.add(new Line(field.name(), text(field)));
            }
        }
        return new DeliveryTrace(List.copyOf(lines), senders(header));
    }

    private static List<Address> senders(List<Field> header) {
        List<Field> from = header.stream()
                .filter(field -> field.name().equals("from"))
                .limit(2)
                .toList();
        boolean certain = from.size() == 1 && from.get(0).value().length <= LONGEST_SENDER;
        String text = certain ? text(from.get(0)) : "";
        List<Address> senders = AddressParser.parse(text);
        return senders.size() == 1 && addresses(text) > 1 ? List.of() : senders;
    }

    /**
     * @return how many different addresses a field has outside of quotes and comments; an address in front of the one
     *     in brackets is a name, as web forms write it
     */
    private static long addresses(String text) {
        String unquoted = QUOTED.matcher(text.replaceAll("\\\\.", " ")).replaceAll(" ");
        String plain = HeaderComments.removed(unquoted).strip();
        if (NAMED.matcher(plain).matches()) {
            return 1;
        }
        return BETWEEN_WORDS
                .splitAsStream(plain)
                .filter(word -> word.indexOf('@') > 0 && !word.startsWith("=?"))
                .map(Address::canonical)
                .distinct()
                .count();
    }

    private static String text(Field field) {
        byte[] value = field.value();
        return new String(value, 0, Math.min(value.length, LONGEST), StandardCharsets.UTF_8);
    }
}
