package io.threadpost.mail.judge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Recognises the subjects of absence notices in the languages of guests, by phrases of a resource file and of the
 * route. The end or a separator must follow a phrase: {@code Out of office hours?} is a guest's question.
 */
final class AbsenceSubjects {
    /** One phrase per line, an asterisk for any words; lines that begin with a hash are comments. */
    private static final String PHRASES = "/mail/absence-subjects.txt";

    /** Marks phrases that count only before the subject of an answer. */
    private static final char IN_ANSWERS = '~';

    /** Marks phrases that count before the subject of an answer, or with a date until when. */
    private static final char WITH_DATE = '>';

    private static final String UNTIL =
            "(?:until|till|til|through|bis|jusqu|hasta|até|fino|tot|t/m|do|до|kuni|t\\.o\\.m|până|pana)\\b";

    private static final String SINCE = "(?:from|vom|od|vanaf)\\s+(?:\\p{L}{1,9}\\.?,?\\s+)?\\d";

    /** A day, as in {@code Out of office 1-12 May}; a question has other numbers. */
    private static final String DAY = "\\d{1,2}\\s*[.–/-][^?？]*$";

    private static final String OPENING =
            "^\\s*(?:auto\\s*[:：]\\s*)?(?:\\[[^\\]]{1,30}\\]\\s*|(?:ext|external|extern):\\s*){0,2}"
                    + "[\\[(（〔【［「『<＜*\"'“„-]{0,3}\\s*";
    private static final String APART = "[:：;；,，、。!！.|–—\\-(（\\[\\])）】］」』>＞*\"'”“…/~]";
    private static final String ANSWER =
            "(?:re|aw|sv|antw|odp|odpověď|rv|r|vs|vá|ynt|yan|res|rif|bls|ats|回复|答复|回覆|返信|답장)\\s*[:：]";
    /** A person may answer an automatic reply, with its subject. */
    private static final String NO_ANSWER = "^(?!\\s*" + ANSWER + ")";

    /** What programs call their replies; anything else at the end of a subject may be a guest's word. */
    private static final Pattern REPLY = Pattern.compile("auto|avtomat|otomat|авто|αυτ[όο]|自[動动]|자동");

    /** A person's name of two to four words, as some programs begin with it. */
    private static final String NAME = "(?-i:\\p{Lu}[\\p{L}.'-]*(?:\\s\\p{Lu}[\\p{L}.'-]*){1,3})";

    private static final String OUT =
            " is (?:currently |now )?(?:out of (?:the )?office|on (?:vacation|holiday|leave))";

    private final String more;
    private volatile List<Pattern> patterns;

    private AbsenceSubjects(String more) {
        this.more = more;
    }

    private static List<Pattern> patterns(List<String> phrases) {
        String after = "[!！]*\\s*(?:$|" + APART + "|" + ANSWER + "|" + UNTIL + "|" + SINCE + "|" + DAY + ")";
        List<String> plain = phrases.stream()
                .filter(phrase -> phrase.charAt(0) != IN_ANSWERS && phrase.charAt(0) != WITH_DATE)
                .toList();
        Pattern surely = pattern(OPENING + "(?:auto:.{1,80} is out of the office"
                + "|(?:" + NAME + OUT + "|" + alternatives(plain) + ")" + after
                + "|(?:" + alternatives(marked(phrases, WITH_DATE)) + ")\\s+" + UNTIL + "[^?？]{0,40}$)");
        Pattern inAnswers = pattern(OPENING + "(?:"
                + alternatives(Stream.concat(marked(phrases, IN_ANSWERS).stream(), marked(phrases, WITH_DATE).stream())
                        .toList())
                + ")(?:" + APART + "|\\s){0,5}" + ANSWER);
        Pattern atEnd = pattern(NO_ANSWER + ".{1,300}[(（\\[【|–—-]\\s*(?:"
                + alternatives(plain.stream()
                        .filter(phrase -> REPLY.matcher(phrase).find())
                        .toList())
                + ")\\s*[)）\\]】]?\\s*$");
        return List.of(surely, inAnswers, atEnd);
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static List<String> marked(List<String> phrases, char mark) {
        return phrases.stream()
                .filter(phrase -> phrase.charAt(0) == mark)
                .map(phrase -> phrase.substring(1).strip())
                .toList();
    }

    private static String alternatives(List<String> phrases) {
        return phrases.stream().map(AbsenceSubjects::quoted).collect(Collectors.joining("|"));
    }

    /** @param more the route's phrases, separated by commas; empty for none */
    static AbsenceSubjects with(String more) {
        return new AbsenceSubjects(more);
    }

    /** They are large, so the first mail compiles them, and not the start. */
    private List<Pattern> patterns() {
        List<Pattern> compiled = patterns;
        if (compiled == null) {
            compiled = patterns(phrases());
            patterns = compiled;
        }
        return compiled;
    }

    private List<String> phrases() {
        List<String> phrases = new ArrayList<>(shipped());
        Arrays.stream(more.split("[,，]"))
                .map(String::strip)
                .filter(phrase -> phrase.chars().anyMatch(Character::isLetter))
                .forEach(phrases::add);
        return phrases;
    }

    boolean matches(String subject) {
        String plain = subject.replace('’', '\'').replace('\u00a0', ' ');
        return patterns().stream().anyMatch(pattern -> pattern.matcher(plain).lookingAt());
    }

    private static String quoted(String phrase) {
        return Arrays.stream(phrase.replace('’', '\'').split("\\*", -1))
                .map(piece -> Arrays.stream(piece.strip().split("\\s+"))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("\\s+")))
                .collect(Collectors.joining("[^?？]{0,60}"));
    }

    private static List<String> shipped() {
        try (InputStream file = AbsenceSubjects.class.getResourceAsStream(PHRASES);
                BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
