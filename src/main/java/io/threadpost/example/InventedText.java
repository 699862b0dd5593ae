package io.threadpost.example;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the words of texts by invented ones of the same length, with the same letters large and small, so that
 * lengths, punctuation and structure stay. The same word is always replaced by the same one. What the routes look for
 * stays, and so do times, marks of answers such as {@code Re:}, and numbers of one or two digits, unless they are a
 * telephone number.
 */
final class InventedText {
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";
    private static final int ATTEMPTS = 200;
    private static final Pattern UUID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern HOST =
            Pattern.compile("(?<=@|//|www\\.)[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*\\.([\\p{L}\\p{N}-]+)");
    /** A telephone number in groups of two digits, each of which alone would stay. */
    private static final Pattern PHONE =
            Pattern.compile("(?<!\\d)\\d{1,2}([ \\u00a0./-])(?:\\d{1,2}\\1){2,}\\d{1,2}(?!\\d)");
    /** A character by its number. */
    private static final Pattern ENTITY = Pattern.compile("&#(?:(\\d{2,6})|[xX]([0-9a-fA-F]{2,5}));");

    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*|\\d+");
    /** Times, marks of answers at the beginning, lines that begin a quotation, and entities of HTML. */
    private static final Pattern KEPT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?:T[\\d:.]+(?:Z|[+-][\\d:]+)?)?"
            + "|(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), *)?\\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
            + " \\d{4}(?: \\d\\d:\\d\\d(?::\\d\\d)?)?(?: [+-]\\d{4})?"
            + "|(?im)(?<=^ ?|: ?)(?:re|aw|fwd?|wg|sv|vs|odp|antw|rv|tr|rif|res|enc|ynt|ilt)(?=(?:[\\[(]\\d+[])])? ?:)"
            + "|(?im)^[> ]*(?:from|sent|to|cc|date|subject|von|gesendet|an|betreff|datum|od|komu|odesláno|předmět)"
            + "(?=: )|(?im)^[> ]*-{3,} ?(?:original message|original appointment|forwarded message|reply message"
            + "|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|message d['’]origine"
            + "|message original|message transféré|mensaje original|mensagem original|messaggio originale"
            + "|oorspronkelijk bericht|původní zpráva|pôvodná správa|oryginalna wiadomość"
            + "|wiadomość oryginalna) ?-{3,}|(?im)^[> ]*(?:on|am|dne|le)(?= .{5,120}:\\s*$)"
            + "|(?im)(?:wrote|schrieb|napsal|napsala|a écrit)(?= ?(?:\\(a\\))?:\\s*$)"
            + "|(?i)&(?:#\\d+|#x[0-9a-f]+|[a-z]+\\d?);");

    private final Random random = new SecureRandom();
    private final List<String> keywords;
    private final boolean wholeWords;
    private final Set<String> originals = new HashSet<>();
    private final Map<String, String> invented = new HashMap<>();
    private final Map<Character.UnicodeScript, List<Character>> letters = new HashMap<>();

    /**
     * Begins.
     *
     * @param keywords what stays, in lower case
     * @param wholeWords whether a word with a keyword in it stays as a whole
     * @param texts all that will be replaced: no invented word is one of theirs
     */
    InventedText(List<String> keywords, boolean wholeWords, List<String> texts) {
        this.keywords = keywords;
        this.wholeWords = wholeWords;
        for (String text : texts) {
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                originals.add(lower(word.group()));
            }
            text.chars().filter(c -> c > 127 && Character.isLetter(c)).forEach(c -> {
                List<Character> pool =
                        letters.computeIfAbsent(Character.UnicodeScript.of(c), script -> new ArrayList<>());
                if (!pool.contains((char) c)) {
                    pool.add((char) c);
                }
            });
        }
    }

    /** @return the text with invented words; null for null */
    String of(String text) {
        if (text == null) {
            return null;
        }
        BitSet kept = kept(text);
        StringBuilder out = new StringBuilder(text);
        replace(UUID, text, kept, out, this::uuid);
        hosts(text, kept, out);
        entities(text, out);
        replace(PHONE, text, kept, out, this::phone);
        replace(WORD, text, kept, out, this::word);
        return out.toString();
    }

    /** @return the words of a text that are neither keywords nor kept for their form, in lower case */
    Set<String> words(String text) {
        BitSet kept = kept(text);
        Set<String> words = new HashSet<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            int next = kept.nextSetBit(word.start());
            if (word.group().length() > 2 && (next < 0 || next >= word.end())) {
                words.add(lower(word.group()));
            }
        }
        return words;
    }

    private BitSet kept(String text) {
        BitSet kept = new BitSet();
        Matcher form = KEPT.matcher(text);
        while (form.find()) {
            kept.set(form.start(), form.end());
        }
        String lower = lower(text);
        for (String keyword : keywords) {
            // A letter may become two in lower case.
            for (int at = lower.indexOf(keyword);
                    at >= 0 && lower.length() == text.length();
                    at = lower.indexOf(keyword, at + 1)) {
                kept.set(at, at + keyword.length());
            }
        }
        if (wholeWords) {
            Matcher word = WORD.matcher(text);
            while (word.find()) {
                int next = kept.nextSetBit(word.start());
                if (next >= 0 && next < word.end()) {
                    kept.set(word.start(), word.end());
                }
            }
        }
        return kept;
    }

    private interface Replacement {
        /** @return of the same length */
        String of(String original);
    }

    /** Replaces what is not kept, part by part; what is replaced is kept from then on. */
    private static void replace(Pattern pattern, String text, BitSet kept, StringBuilder out, Replacement replacement) {
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            int from = found.start();
            while (from < found.end()) {
                int start = kept.nextClearBit(from);
                int set = kept.nextSetBit(start);
                int end = Math.min(found.end(), set < 0 ? found.end() : set);
                if (start >= found.end()) {
                    break;
                }
                if (pattern != UUID || start == found.start() && end == found.end()) {
                    out.replace(start, end, replacement.of(text.substring(start, end)));
                    kept.set(start, end);
                }
                from = end;
            }
        }
    }

    /** The domain of an invented address is one that nobody has, as far as its length allows. */
    private void hosts(String text, BitSet kept, StringBuilder out) {
        Matcher host = HOST.matcher(text);
        while (host.find()) {
            int next = kept.nextSetBit(host.start(1));
            int length = host.end(1) - host.start(1);
            if (next < 0 || next >= host.end(1)) {
                out.replace(
                        host.start(1),
                        host.end(1),
                        "example".repeat(length / 7 + 1).substring(0, length));
                kept.set(host.start(1), host.end(1));
            }
        }
    }

    /** Some programs write each letter of another alphabet as its number. */
    private void entities(String text, StringBuilder out) {
        Matcher entity = ENTITY.matcher(text);
        while (entity.find()) {
            int group = entity.group(1) == null ? 2 : 1;
            int radix = group == 1 ? 10 : 16;
            int code = Integer.parseInt(entity.group(group), radix);
            if (Character.isLetterOrDigit(code)) {
                int length = entity.group(group).length();
                out.replace(entity.start(group), entity.end(group), number(code, radix, length));
            }
        }
    }

    /** @return the number of a neighbour of a letter, with as many digits */
    private String number(int code, int radix, int length) {
        int made = '?';
        for (int attempt = 0; attempt < ATTEMPTS && made == '?'; attempt++) {
            int near = code - code % 32 + random.nextInt(32);
            boolean fits = Integer.toString(near, radix).length() <= length;
            made = fits && near != code && Character.isLetterOrDigit(near) ? near : '?';
        }
        String digits = Integer.toString(made, radix);
        return "0".repeat(length - digits.length()) + digits;
    }

    private String phone(String original) {
        return invented.computeIfAbsent(original, number -> {
            StringBuilder made = new StringBuilder();
            for (char c : number.toCharArray()) {
                made.append(Character.isDigit(c) ? (char) ('0' + random.nextInt(10)) : c);
            }
            return made.toString();
        });
    }

    private String uuid(String original) {
        return invented.computeIfAbsent(lower(original), this::hexadecimal);
    }

    /** The letters or digits between two others may not be a word of the original by chance. */
    private String hexadecimal(String id) {
        String made = id;
        for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || hasOriginal(made)); attempt++) {
            StringBuilder text = new StringBuilder();
            for (char c : id.toCharArray()) {
                text.append(c == '-' ? c : Character.forDigit(random.nextInt(16), 16));
            }
            made = text.toString();
        }
        return made;
    }

    private boolean hasOriginal(String made) {
        return WORD.matcher(made)
                .results()
                .map(MatchResult::group)
                .anyMatch(word -> word.length() > 2 && originals.contains(word));
    }

    private String word(String original) {
        if (Character.isDigit(original.charAt(0))) {
            return original.length() <= 2 ? original : invented.computeIfAbsent(original, this::digits);
        }
        String made = invented.computeIfAbsent(lower(original), this::letters);
        if (made.length() != original.length()) {
            made = letters(original);
        }
        StringBuilder cased = new StringBuilder();
        for (int i = 0; i < original.length(); i++) {
            char c = made.charAt(i);
            cased.append(Character.isUpperCase(original.charAt(i)) ? Character.toUpperCase(c) : c);
        }
        return cased.toString();
    }

    private String digits(String original) {
        String made = original;
        for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || originals.contains(made)); attempt++) {
            StringBuilder number = new StringBuilder();
            for (int i = 0; i < original.length(); i++) {
                number.append((char) (i == 0 ? '1' + random.nextInt(9) : '0' + random.nextInt(10)));
            }
            made = number.toString();
        }
        return made;
    }

    private String letters(String original) {
        String made = original;
        for (int attempt = 0; attempt < ATTEMPTS && (attempt == 0 || taken(made)); attempt++) {
            StringBuilder word = new StringBuilder();
            boolean vowel = random.nextBoolean();
            for (char c : original.toCharArray()) {
                String choice = vowel ? VOWELS : CONSONANTS;
                word.append(c < 128 ? choice.charAt(random.nextInt(choice.length())) : letter(c));
                vowel = !vowel;
            }
            made = word.toString();
        }
        return made;
    }

    private boolean taken(String made) {
        return originals.contains(made) || keywords.stream().anyMatch(made::contains);
    }

    /** A letter of the text stays in its script, and in whatever charset the text is. */
    private char letter(char original) {
        List<Character> pool = letters.getOrDefault(Character.UnicodeScript.of(original), List.of());
        if (pool.isEmpty() || !Character.isLetter(original)) {
            return original;
        }
        return Character.toLowerCase(pool.get(random.nextInt(pool.size())));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
