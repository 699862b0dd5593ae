package io.threadpost.mailbox;

import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.mail.ParkedMailRetention;

/** What a mailbox shows of its mails, and what it does not show yet. */
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
     * @param era the era it was found in
     * @param uid its UID there
     * @param state what has become of it: thread, parked, failed or discarded
     * @param movedTo the folder that it was moved to before; null when it was not
     * @param movedValidity UIDVALIDITY there; 0 when it is not known
     * @param movedUid its UID there; 0 when it is not known
     * @param messageId null when it has none, or is not the only one with it
     * @param tries how often it could not be shown
     */
    record Wanted(
            long era,
            long uid,
            String state,
            String movedTo,
            long movedValidity,
            long movedUid,
            String messageId,
            int tries) {}

    /**
     * @param era the era that the folder is in: what was found in others cannot be found again @return those that
     *     failed least first
     */
    List<Wanted> wanted(String mailbox, long era) {
        return ledger.read(tx -> tx.list(
                "SELECT m.era, m.uid, x.state, m.moved_to, m.moved_validity, m.moved_uid, "
                        + "CASE WHEN EXISTS (SELECT 1 FROM mailbox_mail o WHERE o.mailbox = m.mailbox AND o.message_id = m.message_id"
                        + " AND o.mail IS NOT NULL AND NOT (o.era = m.era AND o.uid = m.uid)) THEN NULL ELSE m.message_id END, m.tries"
                        + " FROM mailbox_mail m JOIN mail x ON x.id = m.mail WHERE m.mailbox = ? AND " + OPEN
                        + " AND x.state <> 'waiting' AND NOT (x.state = 'discarded' AND COALESCE(x.reason, '') = '"
                        + ParkedMailRetention.EXPIRED + "') AND (m.shown IS NULL OR m.shown <> x.state)"
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
                era));
    }

    /** The mailbox shows it, where the mail was. */
    void shown(Wanted mail) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox_mail SET shown = ?, tries = 0 WHERE era = ? AND uid = ?",
                mail.state(),
                mail.era(),
                mail.uid()));
    }

    /** The mailbox shows it in another folder. @param place where it lies there; null when the server has not said */
    void moved(Wanted mail, String folder, CopyResult place) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox_mail SET shown = ?, tries = 0, moved_to = ?, moved_validity = ?, moved_uid = ?"
                        + " WHERE era = ? AND uid = ?",
                mail.state(),
                folder,
                place == null ? null : place.validity(),
                place == null ? null : place.uid(),
                mail.era(),
                mail.uid()));
    }

    /** It begins, or could not be done: the next time, some of it may have been done. */
    void tried(Wanted mail) {
        ledger.write(tx -> tx.update(
                "UPDATE mailbox_mail SET tries = tries + 1 WHERE era = ? AND uid = ?", mail.era(), mail.uid()));
    }
}
