package io.threadpost.mailbox;

import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.mail.ErasedMails;
import io.threadpost.mail.ParkedMailRetention;
import io.threadpost.mailbox.MessageMover.CopyResult;

/** Which state of its mails a mailbox shows, and which it has yet to show. */
@Singleton
final class ProjectedState {
    private static final int MOST = 200;
    private static final String OPEN =
            "m.mail IS NOT NULL AND (m.shown IS NULL OR m.shown NOT IN ('thread', 'discarded', 'left'))";

    private final Ledger ledger;

    ProjectedState(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A mail whose state the mailbox does not show yet.
     *
     * @param period the UIDVALIDITY period it was found in
     * @param uid its UID there
     * @param state what has become of it: thread, parked, failed or discarded
     * @param movedTo the folder that it was moved to before; null when it was not
     * @param movedValidity UIDVALIDITY there; 0 when unknown
     * @param movedUid its UID there; 0 when unknown
     * @param messageId null without one, or when other mails have the same
     * @param tries how often showing it failed
     */
    record Wanted(
            long period,
            long uid,
            String state,
            String movedTo,
            long movedValidity,
            long movedUid,
            String messageId,
            int tries) {}

    /**
     * @param period the folder's current period: UIDs of others are void
     * @return those that failed least first
     */
    List<Wanted> wanted(String mailbox, long period) {
        return ledger.read(tx -> tx.list(
                "SELECT m.era, m.uid, x.state, m.moved_to, m.moved_validity, m.moved_uid, "
                        + "CASE WHEN m.message_id LIKE '" + ErasedMails.PREFIX
                        + "%' OR EXISTS (SELECT 1 FROM mailbox_mail o WHERE o.mailbox = m.mailbox"
                        + " AND o.message_id = m.message_id"
                        + " AND o.mail IS NOT NULL AND NOT (o.era = m.era AND o.uid = m.uid))"
                        + " THEN NULL ELSE m.message_id END, m.tries"
                        + " FROM mailbox_mail m JOIN mail x ON x.id = m.mail WHERE m.mailbox = ? AND " + OPEN
                        + " AND x.state <> 'waiting' AND NOT (x.state = 'discarded' AND COALESCE(x.reason, '') IN ('"
                        + ParkedMailRetention.EXPIRED + "', '" + ErasedMails.REASON + "'))"
                        + " AND (m.shown IS NULL OR m.shown <> x.state)"
                        + " AND (m.era = ? OR m.moved_to IS NOT NULL) ORDER BY m.tries, m.era, m.uid LIMIT " + MOST,
                row -> new Wanted(
                        row.getLong(1),
                        row.getLong(2),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getInt(8)),
                mailbox,
                period));
    }

    /** Records that the mailbox shows the state, the mail being where it was. */
    void shown(Wanted mail) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox_mail SET shown = ?, tries = 0 WHERE era = ? AND uid = ?",
                mail.state(),
                mail.period(),
                mail.uid()));
    }

    /**
     * Records that the mail was moved.
     *
     * @param place where it is now; null when the server did not report that
     */
    void moved(Wanted mail, String folder, CopyResult place) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox_mail SET shown = ?, tries = 0, moved_to = ?, moved_validity = ?, moved_uid = ?"
                        + " WHERE era = ? AND uid = ?",
                mail.state(),
                folder,
                place == null ? null : place.validity(),
                place == null ? null : place.uid(),
                mail.period(),
                mail.uid()));
    }

    /** Counts a try that begins or failed: the next one may find it half done. */
    void tried(Wanted mail) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox_mail SET tries = tries + 1 WHERE era = ? AND uid = ?", mail.period(), mail.uid()));
    }
}
