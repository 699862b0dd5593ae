package io.threadpost.mailbox;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.ErasedMails;
import io.threadpost.mailbox.UidValidityPeriods.UidValidityPeriod;
import io.threadpost.retry.Backoff;

/** Which mail has which UID, and which UIDs are left out or cannot be fetched. */
@Singleton
final class MessageLocations {
    /** A person moved or copied it: its state is no longer shown. */
    static final String LEFT = "left";

    private final Ledger ledger;
    private final ErasedMails erased;
    private final Backoff backoff;

    @Inject
    MessageLocations(Ledger ledger, ErasedMails erased) {
        this(ledger, erased, new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(30)));
    }

    /** @param backoff how long to wait before a mail is fetched again */
    MessageLocations(Ledger ledger, ErasedMails erased, Backoff backoff) {
        this.ledger = ledger;
        this.erased = erased;
        this.backoff = backoff;
    }

    /** @return the UIDs from there on that are recorded */
    Set<Long> known(UidValidityPeriod period, long from) {
        return new HashSet<>(ledger.read(tx -> tx.list(
                "SELECT uid FROM mailbox_mail WHERE era = ? AND uid >= ?", row -> row.getLong(1), period.id(), from)));
    }

    /** @return UIDs that could not be fetched and are due again */
    List<Long> due(UidValidityPeriod period) {
        return ledger.read(tx -> tx.list(
                "SELECT uid FROM mailbox_mail WHERE era = ? AND due <= ? ORDER BY due LIMIT 100",
                row -> row.getLong(1),
                period.id(),
                tx.now()));
    }

    /**
     * Records that a mail was staged, in the caller's transaction.
     *
     * @param fresh whether it is new
     */
    void staged(Transaction tx, String mailbox, long period, MessageSummary mail, long number, boolean fresh)
            throws SQLException {
        // A person moved back or copied a mail whose state was shown already.
        boolean left = !fresh
                && tx.exists(
                        "SELECT 1 FROM mailbox_mail WHERE mail = ? AND shown IS NOT NULL"
                                + " AND NOT (era = ? AND uid = ?) LIMIT 1",
                        number,
                        period,
                        mail.uid());
        tx.update(
                "INSERT INTO mailbox_mail (era, uid, mailbox, mail, message_id, received, size, shown)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (era, uid) DO UPDATE SET mail = excluded.mail,"
                        + " note = NULL, due = NULL, tries = 0, message_id = excluded.message_id,"
                        + " received = excluded.received, size = excluded.size, shown = excluded.shown",
                period,
                mail.uid(),
                mailbox,
                number,
                erased.isErased(tx, number) ? erased.messageId(tx, mail.messageId()) : mail.messageId(),
                millis(mail.received()),
                mail.size(),
                left ? LEFT : null);
        UidValidityPeriods.advance(tx, period, mail.uid());
    }

    /** Leaves a mail out. */
    void out(String mailbox, UidValidityPeriod period, long uid, String why) {
        ledger.execute(tx -> {
            tx.update(
                    "INSERT INTO mailbox_mail (era, uid, mailbox, note) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (era, uid) DO UPDATE SET note = excluded.note, due = NULL",
                    period.id(),
                    uid,
                    mailbox,
                    tx.redacted(why));
            UidValidityPeriods.advance(tx, period.id(), uid);
        });
    }

    /** Forgets a mail that is gone from its folder. */
    void gone(UidValidityPeriod period, long uid) {
        ledger.execute(tx -> {
            tx.update("DELETE FROM mailbox_mail WHERE era = ? AND uid = ? AND mail IS NULL", period.id(), uid);
            UidValidityPeriods.advance(tx, period.id(), uid);
        });
    }

    /** Records that a mail could not be fetched or staged; it is retried later and does not hold up others. */
    void failed(String mailbox, UidValidityPeriod period, long uid, String why) {
        ledger.execute(tx -> {
            int tries = 1
                    + tx.one(
                                    "SELECT tries FROM mailbox_mail WHERE era = ? AND uid = ?",
                                    row -> row.getInt(1),
                                    period.id(),
                                    uid)
                            .orElse(0);
            tx.update(
                    "INSERT INTO mailbox_mail (era, uid, mailbox, note, tries, due) VALUES (?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (era, uid) DO UPDATE SET note = excluded.note, tries = excluded.tries,"
                            + " due = excluded.due",
                    period.id(),
                    uid,
                    mailbox,
                    tx.redacted(why),
                    tries,
                    tx.now() + backoff.millis(tries));
            UidValidityPeriods.advance(tx, period.id(), uid);
        });
    }

    /**
     * Finds a mail of an earlier period in the new one.
     *
     * @return whether it was found: then its record has moved to the new UID
     */
    boolean recognised(String mailbox, UidValidityPeriod period, MessageSummary mail) {
        if (mail.messageId() == null || mail.received() == null) {
            return false;
        }
        return ledger.write(tx -> tx.update(
                        "UPDATE mailbox_mail SET era = ?, uid = ?, shown = CASE WHEN moved_to IS NULL"
                                + " THEN shown ELSE 'left' END"
                                + " WHERE (era, uid) IN (SELECT era, uid FROM mailbox_mail WHERE mailbox = ?"
                                + " AND era <> ?"
                                + " AND message_id IN (?, ?) AND received = ? AND size = ? AND mail IS NOT NULL"
                                + " ORDER BY era DESC LIMIT 1)",
                        period.id(),
                        mail.uid(),
                        mailbox,
                        period.id(),
                        mail.messageId(),
                        erased.messageId(tx, mail.messageId()),
                        millis(mail.received()),
                        mail.size()))
                == 1;
    }

    /** @return whether a mail with that Message-ID was ever staged from this mailbox */
    boolean isStaged(String mailbox, String messageId) {
        return messageId != null
                && ledger.write(tx -> tx.one(
                                "SELECT 1 FROM mailbox_mail WHERE mailbox = ? AND message_id IN (?, ?)"
                                        + " AND mail IS NOT NULL LIMIT 1",
                                row -> 1,
                                mailbox,
                                messageId,
                                erased.messageId(tx, messageId)))
                        .isPresent();
    }

    /** @return how many mails of this mailbox are staged and not settled yet, counted up to that number */
    int waiting(String mailbox, int most) {
        return ledger.read(tx -> tx.one(
                        "SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE state = 'waiting' AND mailbox = ? LIMIT " + most
                                + ") AS waiting",
                        row -> row.getInt(1),
                        mailbox)
                .orElseThrow());
    }

    /** @return how many could not be fetched or staged, and why the last one could not */
    Optional<Unfetched> unfetched(String mailbox) {
        return ledger.read(tx -> tx.one(
                        "SELECT COUNT(*), MAX(note) FROM mailbox_mail WHERE mailbox = ? AND due IS NOT NULL",
                        row -> new Unfetched(row.getInt(1), row.getString(2)),
                        mailbox))
                .filter(unfetched -> unfetched.mails() > 0);
    }

    /**
     * Mails that are retried.
     *
     * @param why why one of them failed
     */
    record Unfetched(int mails, String why) {}

    private static Long millis(Instant time) {
        return time == null ? null : time.toEpochMilli();
    }
}
