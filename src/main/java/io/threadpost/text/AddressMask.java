package io.threadpost.text;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks the mail addresses of guests in a text, and leaves those that the operators have written into their settings.
 */
public final class AddressMask {
    static final String MASK = "\u2026@\u2026";

    private static final Pattern ADDRESS =
            Pattern.compile("[\\p{L}\\p{N}!#$&'*+/?^_`{|}~.-]+@(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}[\\p{L}\\p{N}-]+");
    /** The beginning of a Message-ID that Threadpost makes. */
    private static final Pattern UUID = Pattern.compile(".*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Set<String> own = new HashSet<>();
    private final Set<String> hosts = new HashSet<>();

    /**
     * @param settings values, with or without addresses in them
     * @param hosts an address there, such as a user of a mail server, is not a guest's
     */
    public AddressMask(Collection<String> settings, Collection<String> hosts) {
        for (String value : settings) {
            ADDRESS.matcher(value).results().forEach(found -> own.add(lower(found.group())));
        }
        hosts.forEach(host -> this.hosts.add(lower(host)));
    }

    /** @return the same instance when there is nothing to mask; null for null */
    public String mask(String text) {
        if (text == null || text.indexOf('@') < 0) {
            return text;
        }
        StringBuilder masked = null;
        Matcher found = ADDRESS.matcher(text);
        int copied = 0;
        while (found.find()) {
            if (!isOwn(found.group())) {
                masked = masked == null ? new StringBuilder(text.length()) : masked;
                masked.append(text, copied, found.start()).append(MASK);
                copied = found.end();
            }
        }
        return masked == null ? text : masked.append(text.substring(copied)).toString();
    }

    private boolean isOwn(String address) {
        int at = address.lastIndexOf('@');
        return own.contains(lower(address))
                || hosts.contains(lower(address.substring(at + 1)))
                || UUID.matcher(address.substring(0, at)).matches();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
