package io.threadpost.person;

import java.net.IDN;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds a person in texts and bytes: the address in any letter case, and escaped as URLs, HTML, JSON and bounce
 * addresses write it; and, where asked for, other texts of the person, such as names.
 */
final class PersonMatcher {
    /** What stands in the place of what was erased. */
    static final String ERASED = "[erased]";

    private static final int INSENSITIVE = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    /** A native executable may lack some. */
    private static final List<Charset> CHARSETS = Stream.of(
                    "UTF-8 ISO-8859-1 ISO-8859-2 ISO-8859-5 ISO-8859-7 ISO-8859-9 ISO-8859-15 windows-1250 windows-1251"
                            .split(" "),
                    "windows-1252 windows-1253 windows-1254 KOI8-R GB18030 Big5 Shift_JIS EUC-JP EUC-KR".split(" "),
                    "UTF-16LE UTF-16BE".split(" "))
            .flatMap(Stream::of)
            .filter(Charset::isSupported)
            .map(Charset::forName)
            .toList();

    private static final Pattern UNESCAPED = Pattern.compile("[A-Za-z0-9._-]");
    private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
    /** Texts in Chinese and the like put no space before or after an address. */
    private static final String LATIN = "\\p{IsLatin}\\p{Nd}";

    private static final String ALPHANUMERIC = "A-Za-z0-9";
    /** No character of a longer address precedes it; an escape of JSON or of a URL only ends like one. */
    private static final String BEGIN = "(?:(?<![LETTERS_.+-])|(?<=(?<!\\\\)\\\\[nrtbf])"
            + "|(?<=(?:\\\\u00|%)(?:0[09ad]|2[02678cf]|3[abcde]|40|5b|7b|a0)))"
            // Of o'brien@…, brien@… is no part, but "d'anna@…" in a sentence is somebody's way to write of anna@….
            + "(?:(?<![LETTERS](?:'|(?:%|\\\\u00)27|&#39;|&#x27;|&apos;))"
            + "|(?<=[\\s(](?i:d|l|qu|un|all|dall|dell|nell|sull)'))";
    /** No letter precedes a full name, but for one that ends an escape: Ian Ross is not a part of Brian Rossi. */
    private static final String BEGIN_OF_NAME =
            "(?:(?<![LETTERS])|(?<=\\\\[nrtbf])|(?<=\\\\u[0-9a-f]{4})|(?<=%[0-9a-f]{2}))";

    private static final String END = "(?!-*[LETTERS]|\\.[LETTERS])";

    private final Pattern address;
    private final Set<String> forms;
    private final TextIndex texts;
    private final Pattern addressBytes;
    /** Null until it is needed: there may be very many texts, each in many charsets. */
    private TextIndex textBytes;

    /**
     * @param address canonical
     * @param texts names and the like; too short ones are ignored
     */
    PersonMatcher(String address, Collection<String> texts) {
        this.address = Pattern.compile(pattern(address, LATIN), INSENSITIVE);
        this.forms = texts.stream()
                .map(String::strip)
                // A name that is a part of what replaces it would be found again and again.
                .filter(text -> text.length() >= TextIndex.SHORTEST && !ERASED.contains(text))
                .flatMap(PersonMatcher::forms)
                .collect(Collectors.toSet());
        this.texts = new TextIndex(forms.stream().map(PersonMatcher::text).toList());
        Set<String> places = new LinkedHashSet<>(List.of("(?i:" + pattern(address, ALPHANUMERIC) + ")"));
        Stream.of(address, unicode(address))
                .flatMap(form -> Stream.of(form, form.toUpperCase(Locale.ROOT)))
                .distinct()
                .forEach(form -> CHARSETS.stream()
                        .filter(charset -> charset.name().startsWith("UTF-16")
                                || !ASCII.matcher(form).matches())
                        .forEach(charset ->
                                place(address(charset), form, charset).ifPresent(places::add)));
        this.addressBytes = Pattern.compile(String.join("|", places));
    }

    private synchronized TextIndex textBytes() {
        if (textBytes == null) {
            Set<TextIndex.Entry> bytes = new HashSet<>();
            forms.forEach(
                    form -> CHARSETS.forEach(charset -> bytes(form, charset).ifPresent(bytes::add)));
            textBytes = new TextIndex(bytes);
        }
        return textBytes;
    }

    /** A single word, such as Will, is often another one in other letters. */
    private static boolean isWords(String text) {
        return text.indexOf(' ') > 0;
    }

    private static String unicode(String address) {
        int domain = address.lastIndexOf('@') + 1;
        return address.substring(0, domain) + IDN.toUnicode(address.substring(domain), IDN.ALLOW_UNASSIGNED);
    }

    /** @return the pattern of an address in that charset, with a place for its bytes */
    private static String address(Charset charset) {
        String letter = "[" + ALPHANUMERIC + "_.+-]";
        return switch (charset.name()) {
            case "UTF-16LE" -> "(?:(?<!" + letter + "\0)|(?<=\\\\\0[nrtbf]\0))(?<![a-z]\0'\0)%s";
            case "UTF-16BE" -> "(?:(?<!\0" + letter + ")|(?<=\0\\\\\0[nrtbf]))(?<!\0[a-z]\0')%s";
            default -> (BEGIN + "%s" + END).replace("LETTERS", ALPHANUMERIC).replaceAll("%(?!s)", "%%");
        };
    }

    private static TextIndex.Entry text(String form) {
        return isWords(form)
                ? new TextIndex.Entry(form, BEGIN_OF_NAME.replace("LETTERS", "\\p{IsLatin}"), INSENSITIVE)
                : new TextIndex.Entry(form, "", 0);
    }

    /** @return the text in that charset, one character a byte; empty if it cannot be written in it */
    private static Optional<TextIndex.Entry> bytes(String form, Charset charset) {
        return encoded(form, charset)
                .map(bytes -> isWords(form)
                        ? new TextIndex.Entry(bytes, beginOfName(charset), Pattern.CASE_INSENSITIVE)
                        : new TextIndex.Entry(bytes, "", 0));
    }

    /** @return what precedes a full name in that charset */
    private static String beginOfName(Charset charset) {
        return switch (charset.name()) {
            case "UTF-16LE" -> "(?:(?<![A-Za-z]\0)|(?<=\\\\\0[nrtbf]\0))";
            case "UTF-16BE" -> "(?:(?<!\0[A-Za-z])|(?<=\0\\\\\0[nrtbf]))";
            default -> BEGIN_OF_NAME.replace("LETTERS", "A-Za-z");
        };
    }

    private static Optional<String> encoded(String text, Charset charset) {
        return charset.newEncoder().canEncode(text)
                ? Optional.of(new String(text.getBytes(charset), StandardCharsets.ISO_8859_1))
                : Optional.empty();
    }

    private static Optional<String> place(String pattern, String text, Charset charset) {
        return encoded(text, charset).map(bytes -> "(?i:" + String.format(pattern, Pattern.quote(bytes)) + ")");
    }

    /** @param letters that addresses consist of */
    private static String pattern(String address, String letters) {
        int at = address.lastIndexOf('@');
        String local = escapable(address.substring(0, Math.max(0, at)));
        String domains = Stream.of(address, unicode(address))
                .map(form -> escapable(form.substring(at + 1)))
                .distinct()
                .collect(Collectors.joining("|", "(?:", ")"));
        return "(?:" + BEGIN.replace("LETTERS", letters) + local + "(?:@|%40|&#64;|&#x40;|&commat;|\\\\u0040|=40)|(?<!["
                + letters + "_.])" + local + "=)" + domains + END.replace("LETTERS", letters);
    }

    /** @return a pattern in which everything may be escaped that escapes do not leave as it is */
    private static String escapable(String text) {
        StringBuilder pattern = new StringBuilder();
        text.codePoints().mapToObj(Character::toString).forEach(character -> {
            String plain = Pattern.quote(character);
            boolean escaped = !UNESCAPED.matcher(character).matches();
            pattern.append(escaped ? "(?:" + plain : plain);
            if (escaped) {
                int code = character.codePointAt(0);
                pattern.append("|&#")
                        .append(code)
                        .append(";|&#x")
                        .append(Integer.toHexString(code))
                        .append(";|");
                character.chars().forEach(unit -> pattern.append(String.format("\\\\u%04x", unit)));
                pattern.append('|').append(Pattern.quote(url(character))).append(')');
            }
        });
        return pattern.toString();
    }

    /**
     * As it is, in capitals, composed and decomposed, and as JSON, HTML and URLs escape it. Of words, which are found
     * in any letter case, no form differs from another in the letter case of ASCII alone.
     */
    private static Stream<String> forms(String text) {
        Set<String> known = new HashSet<>();
        return Stream.of(Normalizer.Form.values())
                .flatMap(form -> Stream.of(text, Normalizer.normalize(text, form)))
                .flatMap(one -> isWords(one) ? Stream.of(one, one.toUpperCase(Locale.ROOT)) : Stream.of(one))
                .distinct()
                .flatMap(one -> Stream.of(
                        one,
                        escaped(one, "&#%d;"),
                        escaped(one, "&#x%x;"),
                        escaped(one, "&#x%X;"),
                        escaped(one, "\\u%04x"),
                        escaped(one, "\\u%04X"),
                        url(one),
                        one.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")))
                .filter(form -> !isWords(form) || known.add(lowerCased(form)));
    }

    private static String lowerCased(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().forEach(c -> lower.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
        return lower.toString();
    }

    private static String escaped(String text, String format) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c < 0x80 ? String.valueOf((char) c) : String.format(format, c)));
        return escaped.toString();
    }

    private static String url(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @return whether the text names the address */
    boolean finds(String text) {
        return text != null && address.matcher(text).find();
    }

    /** @return whether the text has the address, or one of the other texts */
    boolean findsAny(String text) {
        return finds(text) || text != null && texts.finds(text);
    }

    /** @return the text without the address and the other texts; the same instance when it has none of them */
    String mask(String text) {
        return text == null ? null : replaced(text, ranges(text, address, texts));
    }

    /**
     * @param text bytes, one character each
     * @return whether the address is in it, in any usual charset
     */
    boolean findsBytes(CharSequence text) {
        return addressBytes.matcher(text).find();
    }

    /**
     * @param text bytes, one character each
     * @return the text without the address and the other texts, in any usual charset
     */
    String maskBytes(String text) {
        return replaced(text, ranges(text));
    }

    /**
     * @param text bytes, one character each
     * @return where the address, in any usual charset, and the other texts are: from and to, in order
     */
    List<int[]> ranges(CharSequence text) {
        return ranges(text, addressBytes, textBytes());
    }

    private static List<int[]> ranges(CharSequence text, Pattern address, TextIndex texts) {
        List<int[]> found = texts.ranges(text);
        Matcher addresses = address.matcher(text);
        while (addresses.find()) {
            found.add(new int[] {addresses.start(), addresses.end()});
        }
        return TextIndex.merged(found);
    }

    private static String replaced(String text, List<int[]> ranges) {
        if (ranges.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder();
        int copied = 0;
        for (int[] range : ranges) {
            masked.append(text, copied, range[0]).append(ERASED);
            copied = range[1];
        }
        return masked.append(text, copied, text.length()).toString();
    }
}
