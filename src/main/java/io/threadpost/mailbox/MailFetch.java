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

/**
 * Fetches one mail into a file and leaves its flags alone. It is fetched in parts, as it may be too large for memory.
 * The size that the server reports is not trusted, as some servers guess it.
 */
final class MailFetch {
    private static final int PART = 512 * 1024;

    private final ImapConnection connection;
    private final long uid;
    private Instant received;
    private long size = -1;
    /** Whether the server sent the whole mail when it was asked for a part. */
    private boolean whole;

    MailFetch(ImapConnection connection, long uid) {
        this.connection = connection;
        this.uid = uid;
    }

    /**
     * @param raw the file for its bytes
     * @return empty when the mail is gone
     * @throws UnreadableMailException when the server does not deliver it
     */
    Optional<MessageSummary> to(Path raw) throws UnreadableMailException, IOException {
        ByteArray part = first();
        if (part == null) {
            return Optional.empty();
        }
        long written = 0;
        try (OutputStream out = Files.newOutputStream(raw)) {
            while (part != null && part.getCount() > 0) {
                out.write(part.getBytes(), part.getStart(), part.getCount());
                written += part.getCount();
                // A short part is the end, unless the server has reported a larger size.
                boolean end = whole || part.getCount() < PART && written >= size;
                part = end ? null : next(written);
            }
        }
        if (written == 0 && size > 0) {
            throw new UnreadableMailException("the server reports " + size + " bytes but sends none");
        }
        return Optional.of(MessageSummary.of(uid, received, size, raw));
    }

    /** @return null when the mail is gone */
    private ByteArray first() throws UnreadableMailException {
        Optional<ByteArray> part = ask("(UID INTERNALDATE RFC822.SIZE " + part(0) + ")");
        if (part.isEmpty() && there()) {
            // The client drops an answer that it cannot parse, for example for an invalid date.
            part = ask("(UID " + part(0) + ")");
            if (part.isEmpty() && there()) {
                throw new UnreadableMailException("the server's answer to FETCH cannot be parsed");
            }
        }
        return part.orElse(null);
    }

    /** @return null at the end */
    private ByteArray next(long from) throws UnreadableMailException {
        Optional<ByteArray> part = ask("(UID " + part(from) + ")");
        if (part.isEmpty() && !there()) {
            throw new UnreadableMailException("the mail disappeared while it was fetched");
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
            throw new UnreadableMailException("the server refuses to FETCH it: " + ImapErrorText.of(e));
        }
        for (FetchResponse answer : answers) {
            BODY body = answer.getItem(BODY.class);
            long about = ImapConnection.uid(answer);
            if (body != null && (about == uid || about == 0)) {
                note(answer);
                whole = body.getOrigin() < 0;
                // NIL means no bytes.
                return Optional.of(
                        body.getByteArray() == null ? new ByteArray(new byte[0], 0, 0) : body.getByteArray());
            }
        }
        return Optional.empty();
    }

    private void note(FetchResponse answer) {
        Instant date = MessageSummary.received(answer);
        received = date == null ? received : date;
        long bytes = MessageSummary.size(answer);
        size = bytes < 0 ? size : bytes;
    }
}
