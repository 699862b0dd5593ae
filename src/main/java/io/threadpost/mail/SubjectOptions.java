package io.threadpost.mail;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.threadpost.text.PlainText;

/**
 * How a route has subjects cleaned.
 *
 * @param prefixes what becomes of {@code Re:} and its like
 * @param tags words that are taken away where they stand in brackets
 * @param max how many characters there may be; a longer subject ends in …
 * @param empty in place of one that is empty
 */
record SubjectOptions(Prefixes prefixes, List<String> tags, int max, String empty) {
    private static final Pattern PREFIX = Pattern.compile(
            "^(?:re|aw|antw|antwort|sv|vs|ref|rif|ynt|odp|res|rv|bls|fwd?|fw|wg|tr|enc|i|doorst|vl|pd|vb|trs|továbbítás|回复|答复|转发|回覆|轉寄|r|απ|πρθ)"
                    + "(?:\\s*[\\[(]\\d+[\\])])?\\s*[:：]\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    /** What becomes of the prefixes of answers and forwarded mails. */
    enum Prefixes {
        KEEP,
        ONE,
        NONE
    }

    /** @throws IllegalArgumentException when an option cannot be used, in one line for people */
    static SubjectOptions of(String prefixes, String tags, int max, String empty) {
        if (max < 1) {
            throw new IllegalArgumentException("mail:subject: max must be 1 or more");
        }
        Prefixes kept = Arrays.stream(Prefixes.values())
                .filter(choice -> choice.name().equalsIgnoreCase(prefixes))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "mail:subject: prefixes: `" + prefixes + "` is not known; write keep, one or none"));
        List<String> words = Arrays.stream(tags.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
        return new SubjectOptions(kept, words, max, empty);
    }

    /** @return the subject as the thread gets it, never empty */
    String clean(String subject) {
        String clean = prefixed(withoutTags(PlainText.line(subject, subject.length())));
        if (clean.isEmpty()) {
            return empty;
        }
        return clean.codePointCount(0, clean.length()) <= max ? clean : PlainText.line(clean, max - 1) + "…";
    }

    private String prefixed(String subject) {
        if (prefixes == Prefixes.KEEP) {
            return subject;
        }
        String rest = subject;
        String first = "";
        for (Matcher prefix = PREFIX.matcher(rest); prefix.find(); prefix = PREFIX.matcher(rest)) {
            first = first.isEmpty() ? prefix.group().strip() : first;
            rest = rest.substring(prefix.end());
        }
        return prefixes == Prefixes.NONE || first.isEmpty() ? rest : (first + " " + rest).strip();
    }

    private String withoutTags(String subject) {
        String rest = subject;
        for (String tag : tags) {
            rest = rest.replaceAll(
                    "(?iu)(?:\\[\\s*" + Pattern.quote(tag) + "\\s*]|\\(\\s*" + Pattern.quote(tag) + "\\s*\\)|\\*+\\s*"
                            + Pattern.quote(tag) + "\\s*\\*+)",
                    " ");
        }
        return PlainText.line(rest, rest.length());
    }
}
