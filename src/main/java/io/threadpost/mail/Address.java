package io.threadpost.mail;

import java.net.IDN;
import java.util.Locale;

import io.threadpost.text.PlainText;

/**
 * Whom a mail comes from or goes to.
 *
 * @param name the display name; empty when there is none
 * @param plain the address, its domain as people write it; empty when there is none
 */
record Address(String name, String plain) {
    private static final int LONGEST = 500;

    static Address of(String name, String plain) {
        String shown = PlainText.line(name == null ? "" : name, LONGEST);
        String address = readable(PlainText.line(plain == null ? "" : plain, LONGEST));
        String bare = unquoted(shown);
        return new Address(bare.equalsIgnoreCase(address) ? "" : bare, address);
    }

    /** @return both, as a person reads them; empty when there is neither */
    String text() {
        if (name.isEmpty() || plain.isEmpty()) {
            return name + plain;
        }
        return name + " <" + plain + ">";
    }

    /** @return the address as it is compared: its domain as servers write it, all in small letters */
    String canonical() {
        return canonical(plain);
    }

    /** @param address with a domain in any of its forms, or a domain alone */
    static String canonical(String address) {
        int at = address.lastIndexOf('@') + 1;
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
        // Gives back what it cannot read.
        return address.substring(0, at) + IDN.toUnicode(address.substring(at), IDN.ALLOW_UNASSIGNED);
    }

    private static String unquoted(String name) {
        int last = name.length() - 1;
        boolean quoted =
                last > 0 && name.charAt(0) == name.charAt(last) && (name.charAt(0) == '\'' || name.charAt(0) == '"');
        return quoted ? name.substring(1, last).strip() : name;
    }
}
