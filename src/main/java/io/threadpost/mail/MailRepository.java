package io.threadpost.mail;

import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.MailRecord.State;
import io.threadpost.mail.judge.Verdict;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/**
 * The records of all mails: stages them, and records what was read in each, its verdict and its outcome. Each change
 * can be repeated.
 */
@Singleton
public class MailRepository {
    private static final JsonMapper JSON = new JsonMapper();
    static final String COLUMNS =
            "SELECT id, mailbox, connection, item_key, state, reason, why, thread, sender_text, subject,"
                    + " received, changed, bytes, releases, purged FROM mail";

    private final Ledger ledger;
    private final Spools spools;
    private final RawMailStore raw;
    private final ErasedMails erased;

    MailRepository(Ledger ledger, Spools spools, RawMailStore raw, ErasedMails erased) {
        this.ledger = ledger;
        this.spools = spools;
        this.raw = raw;
        this.erased = erased;
    }

    /**
     * The result of staging.
     *
     * @param number the mail's number
     * @param fresh whether the mail is new; otherwise nothing was changed
     */
    public record Staged(long number, boolean fresh) {}

    /**
     * Stages a mail, its bytes and its item in {@code spool:mail} in the caller's transaction; call {@link #wake} after
     * the commit.
     *
     * @throws java.io.UncheckedIOException when its file cannot be read
     */
    public Staged stage(Transaction tx, FetchedMail fetchedMail) throws SQLException {
        Optional<Long> before = erased.find(tx, fetchedMail.mailbox(), fetchedMail.identity());
        if (before.isPresent()) {
            return new Staged(before.get(), false);
        }
        Optional<Long> inserted = tx.one(
                "INSERT INTO mail (mailbox, identity, item_key, connection, received, written, staged, bytes, state,"
                        + " why, changed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 'waits to be read', ?)"
                        + " ON CONFLICT (mailbox, identity) DO NOTHING RETURNING id",
                row -> row.getLong(1),
                fetchedMail.mailbox(),
                fetchedMail.identity(),
                fetchedMail.key(),
                fetchedMail.connection(),
                fetchedMail.received().toEpochMilli(),
                fetchedMail.references().written() == null
                        ? null
                        : fetchedMail.references().written().toEpochMilli(),
                tx.now(),
                fetchedMail.bytes(),
                tx.now());
        if (inserted.isEmpty()) {
            return new Staged(known(tx, fetchedMail), false);
        }
        long number = inserted.get();
        RawMailStore.put(tx, number, fetchedMail.raw());
        MailLinks.put(tx, number, fetchedMail.references());
        put(tx, number, fetchedMail.key(), fetchedMail.connection());
        return new Staged(number, true);
    }

    /**
     * What a person wrote for the thread of a mail.
     *
     * @param sender null: as the route has it
     * @param subject null: as the route has it
     */
    public record ReleaseTexts(String sender, String subject) {
        /** Both as the route has them. */
        public static final ReleaseTexts NONE = new ReleaseTexts(null, null);
    }

    /** Wakes the consumer of {@code spool:mail}. */
    public void wake() {
        spools.wake(List.of(MailConstants.SPOOL));
    }

    public Optional<MailRecord> find(long number) {
        return ledger.read(tx -> find(tx, number));
    }

    Optional<MailRecord> find(Transaction tx, long number) throws SQLException {
        return tx.one(COLUMNS + " WHERE id = ?", MailRepository::mail, number);
    }

    /** What a person wrote when releasing a mail. */
    ReleaseTexts releaseTexts(long number) {
        return ledger.read(tx -> tx.one(
                        "SELECT release_sender, release_subject FROM mail WHERE id = ?",
                        row -> new ReleaseTexts(row.getString(1), row.getString(2)),
                        number)
                .orElse(ReleaseTexts.NONE));
    }

    /**
     * @return the bytes as they were fetched, read part by part; none when there is no such mail, or when it was purged
     */
    public InputStream raw(long number) {
        return raw.open(number);
    }

    /**
     * Records that the mail became a thread or continues one, whatever its state was; that is final.
     *
     * @param why one line for people
     */
    void added(Transaction tx, long number, String thread, String why) throws SQLException {
        tx.update(
                "UPDATE mail SET state = 'thread', thread = ?, reason = NULL, why = ?, changed = ?"
                        + " WHERE id = ? AND state <> 'thread'",
                thread,
                why,
                tx.now(),
                number);
        hastenWaiting(tx, number);
    }

    /** Records that the mail became a thread, in its own transaction. */
    public void added(long number, String thread) {
        ledger.execute(tx -> {
            added(tx, number, thread, "became thread " + thread);
        });
        wake();
    }

    /**
     * Parks the mail for a person.
     *
     * @param mailRecord as it was read: if the mail was released since, it is not parked
     * @param reason a short word
     * @param why one line for people
     */
    public void park(MailRecord mailRecord, String reason, String why) {
        ledger.execute(tx -> {
            tx.update(
                    "UPDATE mail SET state = 'parked', reason = ?, why = ?, changed = ?"
                            + " WHERE id = ? AND releases = ? AND state IN ('waiting', 'failed')",
                    reason,
                    FailureReason.clean(why),
                    tx.now(),
                    mailRecord.number(),
                    mailRecord.releases());
            hastenWaiting(tx, mailRecord.number());
        });
        wake();
    }

    /**
     * Records which mail of the same conversation has to be settled before a mail.
     *
     * @return false when that one is settled by now
     */
    boolean waitsFor(long number, long other) {
        return ledger.write(tx -> tx.update(
                        "UPDATE mail SET waits_for = ? WHERE id = ? AND EXISTS"
                                + " (SELECT 1 FROM mail other WHERE other.id = ? AND other.state = 'waiting')",
                        other,
                        number,
                        other)
                == 1);
    }

    private void hastenWaiting(Transaction tx, long number) throws SQLException {
        List<String> keys = tx.texts("SELECT item_key FROM mail WHERE waits_for = ?", number);
        if (!keys.isEmpty()) {
            spools.hasten(tx, MailConstants.SPOOL, keys);
            tx.update("UPDATE mail SET waits_for = NULL WHERE waits_for = ?", number);
        }
    }

    /**
     * Records what the words of a mail are recognised by.
     *
     * @param letters of its own words
     * @param typed those of them that are not in the mail before
     * @param byPerson whether it is written as by a person's mail program
     */
    void words(long number, String fingerprint, long letters, long typed, boolean byPerson) {
        ledger.write(tx -> tx.update(
                "UPDATE mail SET fingerprint = ?, letters = ?, typed = ?, by_person = ? WHERE id = ?",
                fingerprint,
                letters,
                typed,
                byPerson,
                number));
    }

    /** @return the text of the latest other mail that its sender has written in the thread; empty without one */
    String textBefore(long number, String thread) {
        return ledger.read(tx -> tx.one(
                        "SELECT r.reading FROM mail own JOIN mail m ON m.thread = ? AND m.sender = own.sender"
                                + " JOIN mail_reading r ON r.mail = m.id WHERE own.id = ? AND m.id <> own.id"
                                + " ORDER BY m.received DESC, m.id DESC LIMIT 1",
                        row -> row.getString(1),
                        thread,
                        number))
                .map(reading -> {
                    try {
                        return JSON.readTree(reading).path("text").asText("");
                    } catch (JsonProcessingException e) {
                        return "";
                    }
                })
                .orElse("");
    }

    /** Stores what was read, in place of an earlier reading. A failed mail waits again. */
    void read(InboundMail mail) {
        String reading = json(mail.asMap());
        long number = mail.record().number();
        ledger.write(tx -> {
            tx.update(
                    "UPDATE mail SET state = CASE WHEN state = 'failed'"
                            + " THEN 'waiting' ELSE state END, sender = ?, sender_text = ?,"
                            + " subject = ?, why = CASE WHEN passed"
                            + " THEN why ELSE 'was read, and waits to be judged' END WHERE id = ?",
                    mail.content().from().get(0).canonical(),
                    mail.content().fromText(),
                    mail.content().subject(),
                    number);
            return tx.update(
                    "INSERT INTO mail_reading (mail, reading) VALUES (?, ?)"
                            + " ON CONFLICT (mail) DO UPDATE SET reading = excluded.reading",
                    number,
                    reading);
        });
    }

    /** @return whether the mail was judged before, and passed */
    boolean passed(long number) {
        return ledger.read(tx -> tx.one("SELECT passed FROM mail WHERE id = ?", row -> row.getBoolean(1), number))
                .orElse(false);
    }

    /** Stores the verdict. A mail that passed is not judged again: its thread may exist already. */
    void judged(long number, Verdict verdict) {
        String json = json(verdict.asMap());
        ledger.write(tx -> {
            if (verdict.person()) {
                tx.update(
                        "UPDATE mail SET passed = TRUE, why = 'waits to become a thread' WHERE id = ?"
                                + " AND state = 'waiting'",
                        number);
            }
            return tx.update("UPDATE mail_reading SET verdict = ? WHERE mail = ?", json, number);
        });
    }

    /**
     * Counts by when the mailbox received the mails, so that a mail is judged the same whenever that is done.
     *
     * @return how many mails the sender has sent to the same mailbox in that time before this one
     */
    long mailsBefore(MailRecord mailRecord, String sender, Duration time) {
        long received = mailRecord.received().toEpochMilli();
        return ledger.read(tx -> tx.one(
                        "SELECT COUNT(*) FROM mail WHERE sender = ? AND received > ? AND received <= ?"
                                + " AND id < ? AND mailbox = ?",
                        row -> row.getLong(1),
                        sender,
                        received - time.toMillis(),
                        received,
                        mailRecord.number(),
                        mailRecord.mailbox()))
                .orElse(0L);
    }

    private static String json(Map<String, Object> map) {
        try {
            return JSON.writeValueAsString(map);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Delivers the item of a mail to the spool. */
    void put(Transaction tx, long number, String key, String connection) throws SQLException {
        spools.accept(tx, MailConstants.SPOOL, List.of(new SpoolItem(key, connection, Map.of(), number)));
    }

    private static long known(Transaction tx, FetchedMail fetchedMail) throws SQLException {
        return tx.one(
                        "SELECT id FROM mail WHERE mailbox = ? AND identity = ?",
                        row -> row.getLong(1),
                        fetchedMail.mailbox(),
                        fetchedMail.identity())
                .orElseThrow();
    }

    static MailRecord mail(ResultSet row) throws SQLException {
        row.getLong(15);
        boolean purged = !row.wasNull();
        return new MailRecord(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                State.of(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                Instant.ofEpochMilli(row.getLong(11)),
                Instant.ofEpochMilli(row.getLong(12)),
                row.getLong(13),
                row.getInt(14),
                purged);
    }
}
