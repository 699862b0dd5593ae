package io.threadpost.secrets;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets by {@code ***}, in every form they take.
 *
 * <p>A text is scanned once, however many secrets there are. A secret of fewer than four characters is replaced only
 * where it is alone, between characters that are neither letters nor digits: replaced everywhere, it would destroy
 * every line, and so reveal itself.
 */
public final class Redactor {
    static final int SHORT = 4;
    private static final String MASK = "***";
    private static final int HASHES = 1 << 16;
    /** A line break, as it is or as logs write it, and the indent of the next line. */
    private static final Pattern WRAP =
            Pattern.compile("(?:=?\\r?\\n|\\\\r\\\\n|\\\\n|%0D%0A|%0A|\\[\\\\r]\\[\\\\n]|\\[0xd]\\[0xa])[ \\t]{0,16}");

    private static final Pattern WRAPPED = Pattern.compile("[^\\s]{2}" + WRAP.pattern() + "[^\\s]{2}");

    private final BitSet heads = new BitSet(HASHES);
    private final Map<Integer, List<String>> forms = new HashMap<>();
    private final Pattern alone;

    /** @param secrets what to redact; empty ones are ignored */
    public Redactor(Collection<String> secrets) {
        List<String> shorts = new ArrayList<>();
        for (String secret : secrets) {
            for (String form : secret.isEmpty() ? List.<String>of() : new SecretForms(secret).all()) {
                if (form.length() < SHORT || secret.length() < SHORT) {
                    shorts.add(form);
                } else {
                    heads.set(hash(form, 0));
                    forms.computeIfAbsent(hash(form, 0), head -> new ArrayList<>())
                            .add(form);
                }
            }
        }
        this.alone = shorts.isEmpty()
                ? null
                : Pattern.compile(shorts.stream()
                        .sorted((a, b) -> b.length() - a.length())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")));
    }

    /** The text without secrets: the same instance when it holds none; null for null. */
    public String redact(String text) {
        if (text == null) {
            return null;
        }
        String redacted = unwrapped(replace(text));
        if (alone != null) {
            String again = alone.matcher(redacted).replaceAll(MASK);
            return again.equals(redacted) ? redacted : again;
        }
        return redacted;
    }

    private String replace(String text) {
        return replace(text, text, at -> at);
    }

    /** Finds secrets on two lines: Base64 is wrapped in mails and headers. */
    private String unwrapped(String text) {
        if (heads.isEmpty() || !WRAPPED.matcher(text).find()) {
            return text;
        }
        StringBuilder whole = new StringBuilder(text.length());
        int[] places = new int[text.length() + 1];
        Matcher breaks = WRAP.matcher(text);
        int copied = 0;
        while (breaks.find()) {
            copied = copy(text, copied, breaks.start(), whole, places);
            copied = breaks.end();
        }
        copy(text, copied, text.length(), whole, places);
        places[whole.length()] = text.length();
        return replace(whole.toString(), text, at -> places[at]);
    }

    private static int copy(String text, int from, int to, StringBuilder whole, int[] places) {
        for (int at = from; at < to; at++) {
            places[whole.length()] = at;
            whole.append(text.charAt(at));
        }
        return to;
    }

    /**
     * @param text what is searched
     * @param written what is redacted
     * @param places where each character of the text is in that
     */
    private String replace(String text, String written, IntUnaryOperator places) {
        StringBuilder redacted = null;
        int copied = 0;
        int last = text.length() - SHORT;
        for (int start = 0; start <= last; start++) {
            int end = end(text, start);
            if (end < 0) {
                continue;
            }
            // Another secret may begin inside this one and reach beyond it: no rest of it may stay.
            for (int inside = start + 1; inside < end && inside <= last; inside++) {
                end = Math.max(end, end(text, inside));
            }
            redacted = redacted == null ? new StringBuilder(written.length()) : redacted;
            redacted.append(written, copied, places.applyAsInt(start)).append(MASK);
            copied = places.applyAsInt(end - 1) + 1;
            start = end - 1;
        }
        return redacted == null
                ? written
                : redacted.append(written, copied, written.length()).toString();
    }

    /** Where the longest secret that begins at this place ends; -1 when none does. */
    private int end(String text, int start) {
        int hash = hash(text, start);
        int end = -1;
        if (heads.get(hash)) {
            for (String form : forms.get(hash)) {
                if (text.startsWith(form, start)) {
                    end = Math.max(end, start + form.length());
                }
            }
        }
        return end;
    }

    private static int hash(String text, int at) {
        int hash = text.charAt(at);
        for (int i = 1; i < SHORT; i++) {
            hash = 31 * hash + text.charAt(at + i);
        }
        return (hash ^ hash >>> 16) & HASHES - 1;
    }
}
