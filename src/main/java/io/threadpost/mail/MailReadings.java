package io.threadpost.mail;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.ledger.Ledger;

/** What was read in mails, and how they were judged: kept for who looks at them, and for what comes later. */
@Singleton
final class MailReadings {
    private static final JsonMapper JSON = new JsonMapper();

    private final Ledger ledger;

    MailReadings(Ledger ledger) {
        this.ledger = ledger;
    }

    /** What was read in a mail, and its verdict; each as JSON. @param verdict null until it was judged */
    record Kept(String reading, String verdict) {}

    /** Keeps what was read, in place of what was read before. One that had failed is on its way again. */
    void keep(InboundMail mail) {
        String reading = json(mail.asMap());
        ledger.write(tx -> {
            tx.update(
                    "UPDATE mail SET state = CASE WHEN state = 'failed' THEN 'waiting' ELSE state END, sender = ?, sender_text = ?,"
                            + " subject = ?, why = CASE WHEN passed THEN why ELSE 'was read, and waits to be judged' END WHERE id = ?",
                    mail.from().get(0).canonical(),
                    mail.fromText(),
                    mail.subject(),
                    mail.record().number());
            return tx.update(
                    "INSERT INTO mail_reading (mail, reading) VALUES (?, ?)"
                            + " ON CONFLICT (mail) DO UPDATE SET reading = excluded.reading",
                    mail.record().number(),
                    reading);
        });
    }

    /** @return how it was judged when nothing was found against it; empty when it was not judged so yet */
    boolean passed(long number) {
        return ledger.read(tx -> tx.one("SELECT passed FROM mail WHERE id = ?", row -> row.getBoolean(1), number))
                .orElse(false);
    }

    /** Keeps how a mail was judged. One that has passed is not judged again: its thread may be there already. */
    void judged(long number, Verdict verdict) {
        String json = json(verdict.asMap());
        ledger.write(tx -> {
            if (verdict.person()) {
                tx.update(
                        "UPDATE mail SET passed = TRUE, why = 'waits to become a thread' WHERE id = ? AND state = 'waiting'",
                        number);
            }
            return tx.update("UPDATE mail_reading SET verdict = ? WHERE mail = ?", json, number);
        });
    }

    Optional<Kept> find(long number) {
        return ledger.read(tx -> tx.one(
                "SELECT reading, verdict FROM mail_reading WHERE mail = ?",
                row -> new Kept(row.getString(1), row.getString(2)),
                number));
    }

    private static String json(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
