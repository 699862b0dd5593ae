package io.threadpost.mail;

import java.time.Duration;
import java.util.Optional;

import io.threadpost.ledger.Ledger;
import io.threadpost.retry.DurationFormat;

/**
 * How many mails one sender may write in a time: what is beyond it comes from a program, or goes round in a circle.
 * Counted by when the mailbox got them, so that the same mail is judged the same whenever that is done.
 *
 * @param most 0 for any number
 */
record SenderRate(int most, Duration time) {
    Optional<MailFinding> of(InboundMail mail, Ledger ledger) {
        String sender = mail.from().get(0).canonical();
        if (most == 0 || sender.isEmpty()) {
            return Optional.empty();
        }
        long received = mail.record().received().toEpochMilli();
        long before = ledger.read(tx -> tx.one(
                        "SELECT COUNT(*) FROM mail WHERE sender = ? AND received > ? AND received <= ? AND id < ? AND mailbox = ?",
                        row -> row.getLong(1),
                        sender,
                        received - time.toMillis(),
                        received,
                        mail.record().number(),
                        mail.record().mailbox()))
                .orElse(0L);
        return before < most
                ? Optional.empty()
                : Optional.of(MailFinding.automatic(
                        "rate",
                        sender + " wrote " + before + " mails in " + DurationFormat.text(time) + " before it; " + most
                                + " may pass"));
    }
}
