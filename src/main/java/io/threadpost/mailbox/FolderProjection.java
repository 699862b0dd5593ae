package io.threadpost.mailbox;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jboss.logging.Logger;

import io.threadpost.mailbox.ImapConnection.OpenedFolder;
import io.threadpost.mailbox.MessageMover.CopyResult;
import io.threadpost.mailbox.ProjectedState.Wanted;
import io.threadpost.mailbox.UidValidityPeriods.UidValidityPeriod;
import io.threadpost.settings.HandledMailAction;
import io.threadpost.settings.MailboxSettings;

/**
 * Shows in the mailbox what became of its mails: moves or flags each until that succeeded once. What people change
 * later stays.
 */
final class FolderProjection {
    private static final Logger LOG = Logger.getLogger(FolderProjection.class);

    private final MailboxSettings mailbox;
    private final ImapConnection connection;
    private final ServerFolders folders;
    private final ProjectedState projectedState;
    private final MessageMover mover;
    private final BooleanSupplier open;
    private OpenedFolder selected;
    private String remark;
    private boolean unfinished;

    FolderProjection(
            MailboxSettings mailbox,
            ImapConnection connection,
            ServerFolders folders,
            ProjectedState projectedState,
            BooleanSupplier open) {
        this.mailbox = mailbox;
        this.connection = connection;
        this.folders = folders;
        this.projectedState = projectedState;
        this.mover = new MessageMover(connection);
        this.open = open;
    }

    /**
     * @param period the folder's current period
     * @return what failed, for people; null when all is well
     */
    String run(UidValidityPeriod period) {
        List<Wanted> wanted = projectedState.wanted(mailbox.name(), period.id());
        if (mailbox.after() == HandledMailAction.LEAVE) {
            wanted.forEach(projectedState::shown);
            return null;
        }
        String inbox = folders.name(mailbox.folder());
        show(
                inbox,
                period.validity(),
                wanted.stream().filter(mail -> mail.movedTo() == null).toList());
        wanted.stream()
                .filter(mail -> mail.movedTo() != null)
                .forEach(mail -> show(mail.movedTo(), mail.movedValidity(), List.of(mail)));
        return remark;
    }

    /** @return whether it stopped before everything was tried once */
    boolean unfinished() {
        return unfinished;
    }

    private void show(String folder, long validity, List<Wanted> mails) {
        if (mails.isEmpty()) {
            return;
        }
        try {
            selected = connection.select(folder);
        } catch (MailboxDownException e) {
            if (mails.get(0).movedTo() == null) {
                throw e;
            }
            notOpened(folder, mails, e);
            return;
        }
        for (Wanted mail : mails) {
            if (!open.getAsBoolean()) {
                // Those that failed before come last, and wait for the next poll.
                unfinished = mail.tries() == 0;
                return;
            }
            if (selected.validity() == validity) {
                attempt(folder, mail);
            } else if (mail.movedTo() != null) {
                projectedState.shown(mail);
            }
        }
    }

    /** A folder that mails were moved to before. If it is gone, a person has removed it. */
    private void notOpened(String folder, List<Wanted> mails, MailboxDownException failure) {
        if (!connection.required("listing folders", () -> folders.exists(folder))) {
            mails.forEach(projectedState::shown);
            return;
        }
        mails.forEach(projectedState::tried);
        remark = failure.getMessage();
    }

    private void attempt(String folder, Wanted mail) {
        try {
            show(folder, mail);
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e) && e.getResponse() != null) {
                throw connection.down("showing the state of a mail", e);
            }
            projectedState.tried(mail);
            remark = mailbox.after() == HandledMailAction.MOVE
                    ? "a mail cannot be moved to " + target(mail.state()) + ": " + ImapErrorText.of(e)
                    : "a mail cannot be flagged: " + ImapErrorText.of(e);
            if (mail.tries() == 0) {
                LOG.warnf("mailbox %s: UID %d: %s", mailbox.name(), mail.uid(), remark);
            }
        }
    }

    private void show(String folder, Wanted mail) throws ProtocolException {
        long uid = mail.movedTo() == null ? mail.uid() : mail.movedUid();
        if (mailbox.after() == HandledMailAction.FLAG || !mover.able()) {
            flag(uid, mail.state());
            projectedState.shown(mail);
            return;
        }
        String to = folders.name(target(mail.state()));
        if (to.equals(folder)) {
            projectedState.shown(mail);
            return;
        }
        folders.ensure(to);
        if (!connection.can("MOVE")) {
            projectedState.tried(mail);
        }
        Optional<CopyResult> place = mover.move(folder, uid, to, mail.messageId(), mail.tries() > 0);
        projectedState.moved(mail, to, place.orElse(null));
    }

    /** Sets a keyword. Where the server keeps none, a mail that needs a person gets the usual \Flagged. */
    private void flag(long uid, String state) throws ProtocolException {
        String keyword = "Threadpost" + state.substring(0, 1).toUpperCase(Locale.ROOT) + state.substring(1);
        boolean attention = state.equals("parked") || state.equals("failed");
        String flag = selected.keeps(keyword) ? keyword : attention ? "\\Flagged" : null;
        if (flag != null) {
            connection.checked(
                    "UID STORE",
                    new Argument()
                            .writeAtom(String.valueOf(uid))
                            .writeAtom("+FLAGS.SILENT")
                            .writeAtom("(" + flag + ")"));
        }
    }

    private String target(String state) {
        return switch (state) {
            case "parked" -> mailbox.parked();
            case "failed" -> mailbox.failed();
            default -> mailbox.done();
        };
    }
}
