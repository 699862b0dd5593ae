package io.threadpost.mailbox;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** Operator actions on a mailbox. Each can be repeated: a second time changes nothing. */
@Singleton
public final class MailboxActions {
    private final Ledger ledger;

    MailboxActions(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Releases a mailbox that is held for a person.
     *
     * @param take whether the unknown mails become threads; otherwise they are left out
     * @return false when it was not held
     */
    public boolean release(String mailbox, boolean take) {
        return ledger.write(tx -> {
            boolean held = tx.update(
                            "UPDATE mailbox SET held_since = NULL, held_for = NULL WHERE name = ?"
                                    + " AND held_since IS NOT NULL",
                            mailbox)
                    == 1;
            if (held) {
                tx.update(
                        "UPDATE mailbox_era SET compared = TRUE"
                                + (take
                                        ? ""
                                        : ", floor = existed, next = CASE WHEN next < existed"
                                                + " THEN existed ELSE next END")
                                + " WHERE mailbox = ? AND NOT compared",
                        mailbox);
            }
            return held;
        });
    }

    /** Makes everything that waits for a retry due. */
    public void tryNow(String mailbox) {
        ledger.write(tx -> {
            tx.update("UPDATE mailbox SET until = 0 WHERE name = ?", mailbox);
            return tx.update(
                    "UPDATE mailbox_mail SET due = ? WHERE mailbox = ? AND due > ?", tx.now(), mailbox, tx.now());
        });
    }
}
