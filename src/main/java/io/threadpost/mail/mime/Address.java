package io.threadpost.mail.mime;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.threadpost.text.PlainText;

/**
 * A sender or recipient.
 *
 * @param name the display name; empty without one
 * @param plain the address, its domain as people write it; empty without one
 */
public record Address(String name, String plain) {
    private static final int LONGEST = 500;

    public static Address of(String name, String plain) {
        String shown = PlainText.line(name == null ? "" : name, LONGEST);
        String address = readable(PlainText.line(plain == null ? "" : plain, LONGEST));
        String bare = unquoted(shown);
        return new Address(bare.equalsIgnoreCase(address) ? "" : bare, address);
    }

    /** @return both, for people; empty without either */
    public String text() {
        if (name.isEmpty() || plain.isEmpty()) {
            return name + plain;
        }
        return name + " <" + plain + ">";
    }

    /** @return several in one line, for people */
    public static String text(List<Address> addresses) {
        return addresses.stream().map(Address::text).collect(Collectors.joining(", "));
    }

    /** @return the address for comparisons: its domain in ASCII, all in lower case */
    public String canonical() {
        return canonical(plain);
    }

    /** The JDK converts by IDNA 2003, which takes these for others (UTS 46): another domain would be the same. */
    private static final Pattern DEVIATING = Pattern.compile("[\u00df\u1e9e\u03c2\u200c\u200d]");

    /** @param address with a domain in any form, or a domain alone */
    public static String canonical(String address) {
        int at = address.lastIndexOf('@') + 1;
        if (DEVIATING.matcher(address).find()) {
            return address.toLowerCase(Locale.ROOT);
        }
        try {
            return (address.substring(0, at) + IDN.toASCII(address.substring(at), IDN.ALLOW_UNASSIGNED))
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return address.toLowerCase(Locale.ROOT);
        }
    }

    private static String readable(String address) {
        int at = address.lastIndexOf('@') + 1;
        if (!address.toLowerCase(Locale.ROOT).contains("xn--")) {
            return address;
        }
        // Returns what it cannot convert.
        return address.substring(0, at) + IDN.toUnicode(address.substring(at), IDN.ALLOW_UNASSIGNED);
    }

    private static String unquoted(String name) {
        int last = name.length() - 1;
        boolean quoted =
                last > 0 && name.charAt(0) == name.charAt(last) && (name.charAt(0) == '\'' || name.charAt(0) == '"');
        return quoted ? name.substring(1, last).strip() : name;
    }
}
