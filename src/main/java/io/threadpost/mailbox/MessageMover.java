package io.threadpost.mailbox;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;

import io.threadpost.mailbox.ImapConnection.OpenedFolder;

/**
 * Moves a mail of the selected folder to another one and touches nothing else: by MOVE, or else by COPY and UID
 * EXPUNGE, never by EXPUNGE, which would remove what a person has marked as deleted.
 */
final class MessageMover {
    private static final Pattern COPYUID = Pattern.compile("\\[COPYUID (\\d+) \\S+ (\\d+)]", Pattern.CASE_INSENSITIVE);

    private final ImapConnection connection;

    MessageMover(ImapConnection connection) {
        this.connection = connection;
    }

    /** @return whether the server can move at all */
    boolean able() {
        return connection.can("MOVE") || connection.can("UIDPLUS");
    }

    /**
     * Moves a mail.
     *
     * @param from the selected folder
     * @param to the server's name of the target
     * @param messageId finds an earlier copy of it; null when it cannot
     * @param again whether it may have been copied before
     * @return where it is now; empty when the server does not report that, or when it is no longer in the folder
     */
    Optional<CopyResult> move(String from, long uid, String to, String messageId, boolean again)
            throws ProtocolException {
        if (connection.can("MOVE")) {
            Optional<CopyResult> place = copyResult(command("UID MOVE", uid, to));
            if (place.isPresent() || !there(uid)) {
                return place;
            }
            throw new ProtocolException("the server reports that it moved the mail, but it is still there");
        }
        Optional<CopyResult> place = again && messageId != null ? copied(from, to, messageId) : Optional.empty();
        if (!there(uid)) {
            return place;
        }
        if (place.isEmpty()) {
            place = copyResult(command("UID COPY", uid, to));
        }
        connection.checked(
                "UID STORE",
                new Argument()
                        .writeAtom(String.valueOf(uid))
                        .writeAtom("+FLAGS.SILENT")
                        .writeAtom("(\\Deleted)"));
        connection.checked("UID EXPUNGE", new Argument().writeAtom(String.valueOf(uid)));
        return place;
    }

    /** Finds a copy made before the process was killed between COPY and EXPUNGE. */
    private Optional<CopyResult> copied(String from, String to, String messageId) {
        OpenedFolder target = connection.examine(to);
        List<Long> copies = connection.withMessageId(messageId);
        connection.select(from);
        return copies.stream().findFirst().map(uid -> new CopyResult(target.validity(), uid));
    }

    private static Optional<CopyResult> copyResult(Response[] answer) {
        for (Response response : answer) {
            Matcher code = COPYUID.matcher(response.toString());
            if (response.isOK() && code.find()) {
                return Optional.of(new CopyResult(Long.parseLong(code.group(1)), Long.parseLong(code.group(2))));
            }
        }
        return Optional.empty();
    }

    private Response[] command(String command, long uid, String to) throws ProtocolException {
        return connection.checked(
                command, new Argument().writeAtom(String.valueOf(uid)).writeString(BASE64MailboxEncoder.encode(to)));
    }

    /** Where a copied or moved mail is, as a server with UIDPLUS reports it. */
    record CopyResult(long validity, long uid) {}

    private boolean there(long uid) {
        return !connection.uids(uid, uid, null).isEmpty();
    }
}
