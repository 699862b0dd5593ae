package io.threadpost.mailbox;

import java.util.List;
import java.util.Optional;

import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BASE64MailboxEncoder;

/**
 * Moves a mail of the selected folder to another one, and touches nothing else: by MOVE, or else by COPY and the
 * expunging of this one UID, never by EXPUNGE, which would take what a person has marked as deleted.
 */
final class MessageMover {
    private final ImapConnection connection;

    MessageMover(ImapConnection connection) {
        this.connection = connection;
    }

    /** @return whether the server can move at all */
    boolean able() {
        return connection.can("MOVE") || connection.can("UIDPLUS");
    }

    /**
     * Moves it.
     *
     * @param from the selected folder
     * @param to as the server calls it
     * @param messageId what a copy of it can be found by; null when it cannot
     * @param again whether it may have been copied before
     * @return where it lies now; empty when the server has not said, or it is not in the folder any more
     */
    Optional<CopyResult> move(String from, long uid, String to, String messageId, boolean again)
            throws ProtocolException {
        if (connection.can("MOVE")) {
            Optional<CopyResult> place = CopyResult.in(command("UID MOVE", uid, to));
            if (place.isPresent() || !there(uid)) {
                return place;
            }
            throw new ProtocolException("the server says that it was moved, and it is still there");
        }
        Optional<CopyResult> place = again && messageId != null ? copied(from, to, messageId) : Optional.empty();
        if (!there(uid)) {
            return place;
        }
        if (place.isEmpty()) {
            place = CopyResult.in(command("UID COPY", uid, to));
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

    /** Somebody died between the copy and the rest. */
    private Optional<CopyResult> copied(String from, String to, String messageId) {
        OpenedFolder target = connection.examine(to);
        List<Long> copies = connection.withMessageId(messageId);
        connection.select(from);
        return copies.stream().findFirst().map(uid -> new CopyResult(target.validity(), uid));
    }

    private Response[] command(String command, long uid, String to) throws ProtocolException {
        return connection.checked(
                command, new Argument().writeAtom(String.valueOf(uid)).writeString(BASE64MailboxEncoder.encode(to)));
    }

    private boolean there(long uid) {
        return !connection.uids(uid, uid, null).isEmpty();
    }
}
