package io.threadpost.person;

import java.net.IDN;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a person in texts and bytes: the address in any letter case, and escaped as URLs, HTML and bounce addresses
 * write it; and, where asked for, other texts of the person, such as names.
 */
final class PersonMatcher {
    /** What stands in the place of what was erased. */
    static final String ERASED = "[erased]";

    private static final int SHORTEST = 4;
    private static final List<String> CHARSETS = List.of(
            "UTF-8", "ISO-8859-1", "ISO-8859-2", "ISO-8859-15", "windows-1250", "windows-1252", "UTF-16LE", "UTF-16BE");

    private final Pattern address;
    /** Longer ones first. */
    private final List<String> texts;

    private final Pattern bytes;

    /**
     * @param address canonical
     * @param texts names and the like; too short ones are ignored
     */
    PersonMatcher(String address, Collection<String> texts) {
        this.address = Pattern.compile(pattern(address), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        this.texts = texts.stream()
                .map(String::strip)
                // A name that is a part of what replaces it would be found again and again.
                .filter(text -> text.length() >= SHORTEST && !ERASED.contains(text))
                .flatMap(PersonMatcher::forms)
                .distinct()
                .sorted((one, other) -> other.length() - one.length())
                .toList();
        this.bytes = bytes(address, this.texts);
    }

    private static String pattern(String address) {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, Math.max(0, at));
        String domain = address.substring(at + 1);
        Set<String> domains = new LinkedHashSet<>(List.of(domain, IDN.toUnicode(domain, IDN.ALLOW_UNASSIGNED)));
        String end = "(?:" + domains.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")"
                + "(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])";
        return "(?:(?<![\\p{L}\\p{N}_.+-])" + Pattern.quote(local)
                + "(?:@|%40|&#64;|&#x40;|&commat;|\\\\u0040|=40)|(?<![\\p{L}\\p{N}_.])" + Pattern.quote(local) + "=)"
                + end;
    }

    /** As it is, and as JSON and HTML escape it. */
    private static Stream<String> forms(String text) {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", text);
        forms.put("html", escaped(text, "&#%d;"));
        forms.put("json", escaped(text, "\\u%04x"));
        forms.put("upper json", escaped(text, "\\u%04X"));
        forms.put("markup", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        return forms.values().stream();
    }

    private static String escaped(String text, String format) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c < 0x80 ? String.valueOf((char) c) : String.format(format, c)));
        return escaped.toString();
    }

    /** For bytes that are taken as one character each. */
    private static Pattern bytes(String address, List<String> texts) {
        Set<String> alternatives = new LinkedHashSet<>();
        for (String name : CHARSETS) {
            Charset charset = Charset.forName(name);
            CharsetEncoder encoder = charset.newEncoder();
            Stream<String> all =
                    name.startsWith("UTF-16") ? Stream.concat(texts.stream(), Stream.of(address)) : texts.stream();
            all.filter(encoder::canEncode)
                    .map(text -> new String(text.getBytes(charset), StandardCharsets.ISO_8859_1))
                    .map(text -> name.startsWith("UTF-16") ? "(?i:" + Pattern.quote(text) + ")" : Pattern.quote(text))
                    .forEach(alternatives::add);
        }
        // The address comes first: a name may be a part of it.
        return Pattern.compile("(?i:" + pattern(address) + ")"
                + alternatives.stream().map(text -> "|" + text).collect(Collectors.joining()));
    }

    /** @return whether the text names the address */
    boolean finds(String text) {
        return text != null && address.matcher(text).find();
    }

    /** @return whether the text has the address, or one of the other texts */
    boolean findsAny(String text) {
        return finds(text) || text != null && texts.stream().anyMatch(text::contains);
    }

    /** @return the text without the address and the other texts; the same instance when it has none of them */
    String mask(String text) {
        if (!findsAny(text)) {
            return text;
        }
        String masked = address.matcher(text).replaceAll(Matcher.quoteReplacement(ERASED));
        for (String one : texts) {
            masked = masked.replace(one, ERASED);
        }
        return masked;
    }

    /**
     * @param text bytes, one character each
     * @return where the address, in any usual charset, and the other texts are: from and to, in order
     */
    List<int[]> ranges(CharSequence text) {
        List<int[]> ranges = new ArrayList<>();
        Matcher found = bytes.matcher(text);
        while (found.find()) {
            ranges.add(new int[] {found.start(), found.end()});
        }
        return ranges;
    }
}
