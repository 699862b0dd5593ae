package io.threadpost.settings;

import java.util.List;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

/** Mail addresses, with or without a name before them, separated by commas. */
public final class MailAddresses {
    private static final String LONGEST_TOKEN = "a".repeat(28);
    private static final int LONGEST_LOCAL_PART = 64;

    private MailAddresses() {}

    /**
     * Parses addresses outside a setting.
     *
     * @param text such as {@code Reception <reception@hotel.example>, owner@hotel.example}
     * @return at least one
     * @throws IllegalArgumentException with what is wrong and what to write instead
     */
    public static List<InternetAddress> of(String text) {
        try {
            return parse(text.strip(), Integer.MAX_VALUE);
        } catch (InvalidSettingValue e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    /** @param most how many are accepted */
    static ValueType<List<InternetAddress>> type(int most) {
        return new ValueType<>(
                most == 1 ? "mail address" : "mail addresses separated by commas",
                false,
                List.of(),
                text -> parse(text, most));
    }

    /** One address with {@code {token}} before the at sign, such as {@code hotel+{token}@hotel.example}. */
    static ValueType<String> withToken() {
        String format = "mail address with {token}, such as hotel+{token}@hotel.example";
        return ValueType.ofText(format, text -> {
            String[] parts = text.split("\\{token}", -1);
            if (parts.length != 2 || parts[0].contains("@")) {
                throw new InvalidSettingValue("`" + text + "` has no {token}, or not before the @; write one like"
                        + " hotel+{token}@hotel.example or {token}@reply.hotel.example");
            }
            if (parts[0].matches("(?s).*[\\p{L}\\p{N}]") || parts[1].matches("(?s)[\\p{L}\\p{N}].*")) {
                throw new InvalidSettingValue(
                        "`" + text + "` has a letter or digit beside {token}, so no token would be"
                                + " recognised; write one like hotel+{token}@hotel.example");
            }
            parse(text.replace("{token}", LONGEST_TOKEN), 1);
            if (text.replace("{token}", LONGEST_TOKEN).indexOf('@') > LONGEST_LOCAL_PART) {
                throw new InvalidSettingValue("`" + text + "` is too long with a token of " + LONGEST_TOKEN.length()
                        + " characters; " + LONGEST_LOCAL_PART + " are allowed before the @");
            }
            return text;
        });
    }

    private static List<InternetAddress> parse(String text, int most) throws InvalidSettingValue {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingValue("has a line break or another control character; write it on one line");
        }
        List<InternetAddress> addresses;
        try {
            addresses = List.of(InternetAddress.parse(text, true));
        } catch (AddressException e) {
            throw refused(text);
        }
        for (InternetAddress address : addresses) {
            check(address);
        }
        if (addresses.isEmpty()) {
            throw refused(text);
        }
        if (addresses.size() > most) {
            throw new InvalidSettingValue("`" + text + "` has " + addresses.size() + " addresses; write one");
        }
        return addresses;
    }

    private static void check(InternetAddress address) throws InvalidSettingValue {
        String plain = address.getAddress();
        if (plain == null || address.isGroup() || !plain.contains("@")) {
            throw refused(address.toString());
        }
        if (!plain.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new InvalidSettingValue(
                    "`" + plain + "` has other characters than ASCII, which many mail servers refuse;"
                            + " write the domain in its xn-- form");
        }
        try {
            address.validate();
        } catch (AddressException e) {
            throw refused(plain);
        }
    }

    private static InvalidSettingValue refused(String text) {
        return new InvalidSettingValue("`" + text + "` is not a mail address; write one like reception@hotel.example or"
                + " Reception <reception@hotel.example>");
    }
}
