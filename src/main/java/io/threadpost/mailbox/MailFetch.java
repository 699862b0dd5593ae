package io.threadpost.mailbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;

/**
 * Fetches one mail. It is asked for in parts, as it may be larger than what memory is worth; the size that a server
 * tells is not believed, since some only guess it.
 */
final class MailFetch {
    private static final int PART = 512 * 1024;

    private final ImapConnection connection;
    private final long uid;
    private Instant received;
    private long size = -1;
    /** Whether the server gave the whole mail when it was asked for a part. */
    private boolean whole;

    MailFetch(ImapConnection connection, long uid) {
        this.connection = connection;
        this.uid = uid;
    }

    Optional<FetchedMail> to(Path raw) throws UnreadableMailException, IOException {
        ByteArray part = first();
        if (part == null) {
            return Optional.empty();
        }
        long written = 0;
        try (OutputStream out = Files.newOutputStream(raw)) {
            while (part != null && part.getCount() > 0) {
                out.write(part.getBytes(), part.getStart(), part.getCount());
                written += part.getCount();
                // A short part is the end, unless the server has said that there is more.
                boolean end = whole || part.getCount() < PART && written >= size;
                part = end ? null : next(written);
            }
        }
        if (written == 0 && size > 0) {
            throw new UnreadableMailException("the server says it has " + size + " bytes, and gives none");
        }
        return Optional.of(new FetchedMail(uid, received, size, raw));
    }

    /** @return null when the mail is gone */
    private ByteArray first() throws UnreadableMailException {
        Optional<ByteArray> part = ask("(UID INTERNALDATE RFC822.SIZE " + part(0) + ")");
        if (part.isEmpty() && there()) {
            // An answer that cannot be read is left out by the client, for a date that is none perhaps.
            part = ask("(UID " + part(0) + ")");
            if (part.isEmpty() && there()) {
                throw new UnreadableMailException("the server's answer to its FETCH cannot be read");
            }
        }
        return part.orElse(null);
    }

    /** @return null at the end */
    private ByteArray next(long from) throws UnreadableMailException {
        Optional<ByteArray> part = ask("(UID " + part(from) + ")");
        if (part.isEmpty() && !there()) {
            throw new UnreadableMailException("it went while it was fetched");
        }
        return part.orElse(null);
    }

    private static String part(long from) {
        return "BODY.PEEK[]<" + from + "." + PART + ">";
    }

    private boolean there() {
        return !connection.uids(uid, uid, null).isEmpty();
    }

    private Optional<ByteArray> ask(String items) throws UnreadableMailException {
        List<FetchResponse> answers;
        try {
            answers = connection.fetch(String.valueOf(uid), items);
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("fetching a mail", e);
            }
            if (!there()) {
                return Optional.empty();
            }
            throw new UnreadableMailException("the server refuses its FETCH: " + ImapErrorText.of(e));
        }
        for (FetchResponse answer : answers) {
            BODY body = answer.getItem(BODY.class);
            long said = ImapConnection.uid(answer);
            if (body != null && (said == uid || said == 0)) {
                note(answer);
                whole = body.getOrigin() < 0;
                // NIL is no bytes.
                return Optional.of(
                        body.getByteArray() == null ? new ByteArray(new byte[0], 0, 0) : body.getByteArray());
            }
        }
        return Optional.empty();
    }

    private void note(FetchResponse answer) {
        INTERNALDATE date = answer.getItem(INTERNALDATE.class);
        if (date != null && date.getDate() != null) {
            received = date.getDate().toInstant();
        }
        RFC822SIZE bytes = answer.getItem(RFC822SIZE.class);
        if (bytes != null) {
            size = bytes.size;
        }
    }
}
