package io.threadpost.testing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How mail programs write answers: where they quote, how, and which fields name the mails that they answer. */
public enum MailHabit {
    /** Quotes below, unmarked, with a block of fields; folds References; a prefix in capitals. */
    OUTLOOK {
        @Override
        String body(String text, Quoted quoted) {
            return text + "\r\n\r\n________________________________\r\nFrom: " + quoted.author()
                    + "\r\nSent: Monday, 2 November" + " 2026 10:00\r\nTo: Guest\r\nSubject: Question\r\n\r\n"
                    + quoted.text() + "\r\n";
        }

        @Override
        String subject(String subject) {
            return "RE: " + subject;
        }
    },
    /** Quotes below, marked, after a line of introduction that is folded. */
    GMAIL {
        @Override
        String body(String text, Quoted quoted) {
            return text + "\r\n\r\nOn Mon, Nov 2, 2026 at 10:00 AM " + quoted.author() + "\r\nwrote:\r\n\r\n"
                    + marked(quoted.text()) + "\r\n";
        }
    },
    /** Quotes below, with the line of introduction marked, too; the subject was changed. */
    APPLE_MAIL {
        @Override
        String body(String text, Quoted quoted) {
            return text + "\r\n\r\n> On 2 Nov 2026, at 10:00, " + quoted.author() + " wrote:\r\n> \r\n"
                    + marked(quoted.text()) + "\r\n";
        }

        @Override
        String subject(String subject) {
            return "Something else";
        }
    },
    /** Quotes above, in German. */
    THUNDERBIRD {
        @Override
        String body(String text, Quoted quoted) {
            return "Am 02.11.26 um 10:00 schrieb " + quoted.author() + ":\r\n" + marked(quoted.text()) + "\r\n\r\n"
                    + text + "\r\n";
        }

        @Override
        String subject(String subject) {
            return "Aw: " + subject;
        }
    },
    /** Names the mail that it answers and no earlier ones; signs for the device. */
    PHONE {
        @Override
        String body(String text, Quoted quoted) {
            return text + "\r\n\r\nSent from my iPhone\r\n\r\n> On 2 Nov 2026, at 10:00, " + quoted.author()
                    + " wrote:\r\n>\r\n" + marked(quoted.text()) + "\r\n";
        }

        @Override
        String references(List<String> messageIds) {
            return "";
        }
    },
    /** Answers by a mail that was forwarded to somebody in between, which the hotel never got. */
    FORWARDER {
        @Override
        String body(String text, Quoted quoted) {
            return text + "\r\n\r\n---------- Forwarded message ---------\r\nFrom: " + quoted.author()
                    + "\r\nDate: Mon, 2 Nov 2026 at 10:00\r\nSubject: Question\r\nTo: Guest\r\n\r\n" + quoted.text()
                    + "\r\n";
        }

        @Override
        String subject(String subject) {
            return "Re: Fwd: " + subject;
        }

        @Override
        String inReplyTo(List<String> messageIds) {
            return "<forwarded." + messageIds.get(messageIds.size() - 1).substring(1);
        }

        @Override
        String references(List<String> messageIds) {
            return super.references(messageIds).stripTrailing() + "\r\n " + inReplyTo(messageIds) + "\r\n";
        }
    };

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT);

    /**
     * The mail that is answered.
     *
     * @param messageIds of the mails before it and its own one, the oldest first, with angle brackets
     */
    public record Quoted(List<String> messageIds, String author, String text) {}

    abstract String body(String text, Quoted quoted);

    String subject(String subject) {
        return "Re: " + subject;
    }

    String inReplyTo(List<String> messageIds) {
        return messageIds.get(messageIds.size() - 1);
    }

    String references(List<String> messageIds) {
        return "References: " + String.join("\r\n ", messageIds) + "\r\n";
    }

    /**
     * @param messageId with angle brackets
     * @param quoted null for a mail that answers none
     * @return the mail as it travels
     */
    public String write(
            String messageId, String from, String to, Instant date, String subject, String text, Quoted quoted) {
        StringBuilder mail = new StringBuilder()
                .append("Message-ID: ")
                .append(messageId)
                .append("\r\nDate: ")
                .append(DATE.format(date.atOffset(ZoneOffset.UTC)))
                .append("\r\nFrom: ")
                .append(from)
                .append("\r\nTo: ")
                .append(to)
                .append("\r\nSubject: ")
                .append(quoted == null ? subject : subject(subject))
                .append("\r\n");
        if (quoted != null) {
            mail.append("In-Reply-To: ")
                    .append(inReplyTo(quoted.messageIds()))
                    .append("\r\n")
                    .append(references(quoted.messageIds()));
        }
        return mail.append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
                .append(quoted == null ? text + "\r\n" : body(text, quoted))
                .toString();
    }

    static String marked(String text) {
        return text.lines().map(line -> "> " + line).collect(Collectors.joining("\r\n"));
    }
}
