package io.threadpost.mail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.threadpost.mail.mime.MailIdentity;
import io.threadpost.mail.mime.MailReferences;

/**
 * A fetched mail before it is staged and gets a {@link MailRecord}.
 *
 * @param mailbox the mailbox's name in the settings
 * @param connection the connection (hotel) that its thread belongs to
 * @param received when the mailbox received it: INTERNALDATE
 * @param raw a file with its bytes; the caller deletes it
 * @param bytes its size
 * @param identity identifies the mail within its mailbox
 * @param references the mails that it belongs to
 */
public record FetchedMail(
        String mailbox,
        String connection,
        Instant received,
        Path raw,
        long bytes,
        String identity,
        MailReferences references) {
    /** Reads the file to its end, in little memory. Call it before the transaction, since it takes time. */
    public static FetchedMail of(String mailbox, String connection, Instant received, Path raw) throws IOException {
        try (InputStream mail = new BufferedInputStream(Files.newInputStream(raw), 1 << 16);
                InputStream header = new BufferedInputStream(Files.newInputStream(raw), 1 << 16)) {
            return new FetchedMail(
                    mailbox,
                    connection,
                    received,
                    raw,
                    Files.size(raw),
                    MailIdentity.of(mail).value(),
                    MailReferences.of(header));
        }
    }

    /** @return the key of its item in {@code spool:mail} */
    String key() {
        return mailbox + "/" + identity;
    }
}
