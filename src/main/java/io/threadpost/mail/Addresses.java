package io.threadpost.mail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.james.mime4j.dom.address.Group;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ContentUtil;

/** The addresses of a header: as the standard has them, and as people and programs write them. */
final class Addresses {
    private static final int MOST = 100;
    private static final int LONGEST = 10_000;
    private static final Pattern PLAIN = Pattern.compile("[^\\s<>\"'(),;:\\[\\]]+@[^\\s<>\"'(),;:\\[\\]]+");
    private static final Pattern COMMENT = Pattern.compile("\\(([^()]+)\\)");
    private static final Pattern SOUND = Pattern.compile("[^\\s<>(),;:]+@[^\\s<>(),;:@]+");

    private Addresses() {}

    /**
     * @param header its value, with encoded words in it
     * @return its addresses, those of groups among them; of a group without any, its name
     */
    static List<Address> of(String header) {
        String text = quotingWords(shortened(header));
        List<Address> addresses = new ArrayList<>();
        for (org.apache.james.mime4j.dom.address.Address parsed : parsed(text)) {
            if (parsed instanceof Group group && !group.getMailboxes().isEmpty()) {
                group.getMailboxes().forEach(mailbox -> addresses.add(address(mailbox)));
            } else if (parsed instanceof Group group) {
                addresses.add(Address.of(group.getName(), ""));
            } else if (parsed instanceof Mailbox mailbox) {
                addresses.add(address(mailbox));
            }
        }
        List<Address> usable = addresses.stream()
                .filter(address -> !address.text().isEmpty())
                .limit(MOST)
                .collect(Collectors.toList());
        boolean sound = !usable.isEmpty()
                && usable.stream()
                        .allMatch(address -> SOUND.matcher(address.plain()).matches());
        if (sound) {
            return usable.size() == 1 && usable.get(0).name().isEmpty() ? List.of(named(usable.get(0), text)) : usable;
        }
        Address found = found(text);
        return found.plain().isEmpty() && !usable.isEmpty() ? usable : List.of(found);
    }

    /** @return several in one line, as a person reads them */
    static String text(List<Address> addresses) {
        return addresses.stream().map(Address::text).collect(Collectors.joining(", "));
    }

    /** Behind so many addresses nobody looks any more. */
    private static String shortened(String header) {
        if (header.length() <= LONGEST) {
            return header;
        }
        int comma = header.lastIndexOf(',', LONGEST);
        return header.substring(0, comma > 0 ? comma : LONGEST);
    }

    /** The words mean names, and a comma in them parts no addresses: so they are quoted, unless they stand in quotes already. */
    private static String quotingWords(String header) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i <= header.length(); i++) {
            boolean end = i == header.length();
            if (end || header.charAt(i) == '"' && (i == 0 || header.charAt(i - 1) != '\\')) {
                boolean inside = quoted;
                text.append(EncodedWords.decode(
                        header.substring(from, i), meant -> inside ? escaped(meant) : '"' + escaped(meant) + '"'));
                text.append(end ? "" : "\"");
                from = i + 1;
                quoted = !quoted;
            }
        }
        return text.toString();
    }

    private static String escaped(String name) {
        return name.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static List<? extends org.apache.james.mime4j.dom.address.Address> parsed(String text) {
        try {
            // As bytes: of a text that is not ASCII the parser reads too few.
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return LenientAddressParser.DEFAULT.parseAddressList(
                    ContentUtil.encode(StandardCharsets.UTF_8, text), new ParserCursor(0, bytes.length));
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static Address address(Mailbox mailbox) {
        // Without a domain it is a name.
        return mailbox.getDomain() == null && mailbox.getName() == null
                ? Address.of(mailbox.getLocalPart(), "")
                : Address.of(mailbox.getName(), mailbox.getAddress());
    }

    /** The old way: the name in brackets behind the address. */
    private static Address named(Address address, String text) {
        Matcher comment = COMMENT.matcher(text);
        return comment.find() ? Address.of(comment.group(1), address.plain()) : address;
    }

    /** Whatever looks like an address, and the rest of the text as its name. */
    private static Address found(String text) {
        Matcher plain = PLAIN.matcher(text);
        if (!plain.find()) {
            return Address.of(text.replaceAll("[<>\"]", " "), "");
        }
        String rest = text.substring(0, plain.start()) + " " + text.substring(plain.end());
        return Address.of(rest.replaceAll("[<>\"(),;]|\\\\(?=\")", " "), plain.group());
    }
}
