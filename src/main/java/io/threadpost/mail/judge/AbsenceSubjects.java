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

/**
 * Recognises the subjects of absence notices in the languages of guests, by phrases of a resource file and of the
 * route. The end or a separator must follow a phrase: {@code Out of office hours?} is a guest's question.
 */
final class AbsenceSubjects {
    /** One phrase per line; lines that begin with a hash are comments. */
    private static final String PHRASES = "/mail/absence-subjects.txt";

    private static final String IN_ANSWERS = "~";

    private static final String UNTIL = "until|till|through|from|bis|vom|jusqu|hasta|até|fino|tot|t/m|do|до|t\\.o\\.m";

    private static final String OPENING = "^\\s*(?:\\[[^\\]]{1,30}\\]\\s*)?[\\[(【［「『<＜*\"'“„-]{0,3}\\s*";
    private static final String APART = "[:：;；,，、。!！.|–—\\-(（\\[\\])）】］」』>＞*\"'”“…/~]";
    private static final String ANSWER = "(?:re|aw|sv|antw|odp|rv|vs|ynt|res|rif|回复|答复|回覆)\\s*[:：]";

    private final Pattern surely;
    private final Pattern inAnswers;

    private AbsenceSubjects(List<String> phrases) {
        surely = Pattern.compile(
                OPENING + "(?:auto:.{1,80} is out of the office|(?:" + alternatives(phrases, false) + ")[!！]*\\s*(?:$|"
                        + APART + "|" + ANSWER + "|(?:" + UNTIL + ")\\b))",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        inAnswers = Pattern.compile(
                OPENING + "(?:" + alternatives(phrases, true) + ")(?:" + APART + "|\\s){0,5}" + ANSWER,
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String alternatives(List<String> phrases, boolean inAnswers) {
        return phrases.stream()
                .filter(phrase -> phrase.startsWith(IN_ANSWERS) == inAnswers)
                .map(phrase -> quoted(inAnswers ? phrase.substring(1).strip() : phrase))
                .collect(Collectors.joining("|"));
    }

    /** @param more the route's phrases, separated by commas; empty for none */
    static AbsenceSubjects with(String more) {
        List<String> phrases = new ArrayList<>(shipped());
        Arrays.stream(more.split("[,，]"))
                .map(String::strip)
                .filter(phrase -> !phrase.isEmpty())
                .forEach(phrases::add);
        return new AbsenceSubjects(phrases);
    }

    boolean matches(String subject) {
        String plain = subject.replace('’', '\'').replace('\u00a0', ' ');
        return surely.matcher(plain).lookingAt() || inAnswers.matcher(plain).lookingAt();
    }

    private static String quoted(String phrase) {
        return Arrays.stream(phrase.replace('’', '\'').split("\\s+"))
                .map(Pattern::quote)
                .collect(Collectors.joining("\\s+"));
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
