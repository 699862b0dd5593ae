package io.threadpost.mailbox;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;

/** What a person does with a mailbox. Each action can be repeated: what is done already changes nothing. */
@Singleton
public final class MailboxActions {
    private final Ledger ledger;

    MailboxActions(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * A mailbox that waits for a person goes on.
     *
     * @param take whether the mails that are not known become threads; otherwise they stay out
     * @return false when it did not wait
     */
    public boolean release(String mailbox, boolean take) {
        return ledger.write(tx -> {
            boolean held = tx.update(
                            "UPDATE mailbox SET held_since = NULL, held_for = NULL WHERE name = ? AND held_since IS NOT NULL",
                            mailbox)
                    == 1;
            if (held) {
                tx.update(
                        "UPDATE mailbox_era SET compared = TRUE"
                                + (take
                                        ? ""
                                        : ", floor = existed, next = CASE WHEN next < existed THEN existed ELSE next END")
                                + " WHERE mailbox = ? AND NOT compared",
                        mailbox);
            }
            return held;
        });
    }

    /** Tries at once what waits for its next try. */
    public void tryNow(String mailbox) {
        ledger.write(tx -> {
            tx.update("UPDATE mailbox SET until = 0 WHERE name = ?", mailbox);
            return tx.update(
                    "UPDATE mailbox_mail SET due = ? WHERE mailbox = ? AND due > ?", tx.now(), mailbox, tx.now());
        });
    }
}
