package io.threadpost.mail;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

import io.threadpost.add.AddConstants;
import io.threadpost.text.PlainText;

/** {@code to: mail:subject}. Sets the header {@code Subject} to the cleaned subject of the mail. */
final class SubjectProducer extends DefaultProducer {
    private final Options options;

    SubjectProducer(Endpoint endpoint, Options options) {
        super(endpoint);
        this.options = options;
    }

    @Override
    public void process(Exchange exchange) {
        InboundMail mail = InboundMail.of(exchange, "mail:subject");
        exchange.getMessage()
                .setHeader(AddConstants.SUBJECT, options.clean(mail.content().subject()));
    }

    /**
     * How a route cleans subjects.
     *
     * @param prefixes what becomes of prefixes such as {@code Re:}
     * @param tags words that are removed where they are in brackets
     * @param max the limit in characters; a longer subject ends in …
     * @param empty replaces an empty subject
     */
    record Options(Prefixes prefixes, List<String> tags, int max, String empty) {
        private static final Pattern PREFIX = Pattern.compile(
                "^(?:re|aw|antw|antwort|sv|vs|ref|rif|ynt|odp|res|rv|bls|fwd?|fw|wg|tr|enc|i|doorst|vl|pd|vb|trs"
                        + "|továbbítás|回复|答复|转发|回覆|轉寄|r|απ|πρθ)"
                        + "(?:\\s*[\\[(]\\d+[\\])])?\\s*[:：]\\s*",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

        /** What becomes of the prefixes of replies and forwarded mails. */
        enum Prefixes {
            KEEP,
            ONE,
            NONE
        }

        /** @throws IllegalArgumentException when an option cannot be used, in one line for people */
        static Options of(String prefixes, String tags, int max, String empty) {
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
            return new Options(kept, words, max, empty);
        }

        /** @return the subject for the thread, never empty */
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
                        "(?iu)(?:\\[\\s*" + Pattern.quote(tag) + "\\s*]|\\(\\s*" + Pattern.quote(tag)
                                + "\\s*\\)|\\*+\\s*" + Pattern.quote(tag) + "\\s*\\*+)",
                        " ");
            }
            return PlainText.line(rest, rest.length());
        }
    }
}
