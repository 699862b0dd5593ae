package io.threadpost.preview;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.threadpost.json.RawJson;
import io.threadpost.mail.mime.MailReferences;
import io.threadpost.mail.mime.MimeMail;
import io.threadpost.mail.mime.MimeReader;
import io.threadpost.reply.ReplyDryRun;
import io.threadpost.spool.SpoolItem;

/**
 * What passes the routes.
 *
 * @param threads as the platform wrote them; empty for anything else
 * @param items of spools, by the spool's name; empty for anything else
 * @param mail the raw mail, also the one that a reply of the hotel answers; null for anything else
 * @param connection the connection (hotel) that they come from; null for the first one of the settings
 * @param received when the mailbox received the mail; null for the date of the mail
 * @param continues the {@code Id} of the thread that the mail continues; null when it begins one
 * @param answers of services that routes call
 */
public record Given(
        List<RawJson> threads,
        Map<String, SpoolItem> items,
        byte[] mail,
        String connection,
        Instant received,
        String continues,
        List<ServiceAnswer> answers) {
    private static final String REPLIES = "replies";

    /** @return whether the mail is the one that a reply of the hotel answers, and no incoming one */
    boolean isAnswered() {
        return mail != null && items.containsKey(REPLIES);
    }

    /** @return the conversation of a reply */
    ReplyDryRun.Given conversation() {
        if (!isAnswered()) {
            return ReplyDryRun.Given.SAMPLE;
        }
        MimeMail answered = MimeReader.read(new ByteArrayInputStream(mail), Instant.EPOCH);
        MailReferences references = references();
        return new ReplyDryRun.Given(
                answered.from().get(0).canonical(),
                answered.from().get(0).name(),
                answered.subject(),
                references.messageId() == null ? "" : references.messageId(),
                references.references(),
                answered.header("content-language").split("[,;\\s]")[0]);
    }

    private MailReferences references() {
        try {
            return MailReferences.of(new ByteArrayInputStream(mail));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Given threads(List<RawJson> threads, String connection, List<ServiceAnswer> answers) {
        return new Given(threads, Map.of(), null, connection, null, null, answers);
    }

    public static Given mail(byte[] raw, String connection, List<ServiceAnswer> answers) {
        return new Given(List.of(), Map.of(), raw, connection, null, null, answers);
    }
}
