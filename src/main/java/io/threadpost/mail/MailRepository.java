package io.threadpost.mail;

import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.MailRecord.State;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/** The record of every mail: the way in, and what has become of each. Each change can be repeated. */
@Singleton
public final class MailRepository {
    /** The spool that mails wait in. */
    public static final String SPOOL = "mail";

    static final String COLUMNS =
            "SELECT id, mailbox, connection, item_key, state, reason, why, thread, sender_text, subject,"
                    + " received, changed, bytes, releases, purged FROM mail";

    private final Ledger ledger;
    private final Spools spools;
    private final RawMailStore raw;

    MailRepository(Ledger ledger, Spools spools, RawMailStore raw) {
        this.ledger = ledger;
        this.spools = spools;
        this.raw = raw;
    }

    /**
     * What came of staging.
     *
     * @param number the mail's
     * @param fresh whether it was not there before; otherwise nothing was put down, and it goes on as it stood
     */
    public record Staged(long number, boolean fresh) {}

    /**
     * Puts a mail down with its bytes, and into {@code spool:mail}, in the caller's transaction; {@link #wake} when
     * that is committed.
     *
     * @throws java.io.UncheckedIOException when its file cannot be read
     */
    public Staged stage(Transaction tx, IncomingMail incomingMail) throws SQLException {
        Optional<Long> inserted = tx.one(
                "INSERT INTO mail (mailbox, identity, item_key, connection, received, staged, bytes, state, why, changed)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 'waits to be read', ?) ON CONFLICT (mailbox, identity) DO NOTHING RETURNING id",
                row -> row.getLong(1),
                incomingMail.mailbox(),
                incomingMail.identity(),
                incomingMail.key(),
                incomingMail.connection(),
                incomingMail.received().toEpochMilli(),
                tx.now(),
                incomingMail.bytes(),
                tx.now());
        if (inserted.isEmpty()) {
            return new Staged(known(tx, incomingMail), false);
        }
        long number = inserted.get();
        RawMailStore.put(tx, number, incomingMail.raw());
        put(tx, number, incomingMail.key(), incomingMail.connection());
        return new Staged(number, true);
    }

    /** Tells whoever drains {@code spool:mail} that something was staged. */
    public void wake() {
        spools.wake(List.of(SPOOL));
    }

    public Optional<MailRecord> find(long number) {
        return ledger.read(tx -> find(tx, number));
    }

    Optional<MailRecord> find(Transaction tx, long number) throws SQLException {
        return tx.one(COLUMNS + " WHERE id = ?", MailRepository::mail, number);
    }

    /** @return the bytes as they were fetched, read part by part; none when there is no such mail, or it was purged */
    public InputStream raw(long number) {
        return raw.open(number);
    }

    /** The mail is a thread. That stands, whatever was said of it before. */
    public void added(long number, String thread) {
        ledger.write(tx -> tx.update(
                "UPDATE mail SET state = 'thread', thread = ?, reason = NULL, why = ?, changed = ? WHERE id = ? AND state <> 'thread'",
                thread,
                "became thread " + thread,
                tx.now(),
                number));
    }

    /**
     * The mail waits for a person.
     *
     * @param mail as it was handed out: one that was released meanwhile is not parked by who had it before
     * @param reason a short word
     * @param why one line for people
     */
    public void park(MailRecord mailRecord, String reason, String why) {
        ledger.write(tx -> tx.update(
                "UPDATE mail SET state = 'parked', reason = ?, why = ?, changed = ?"
                        + " WHERE id = ? AND releases = ? AND state IN ('waiting', 'failed')",
                reason,
                FailureReason.clean(why),
                tx.now(),
                mailRecord.number(),
                mailRecord.releases()));
    }

    /** Puts the item of a mail into the spool. */
    void put(Transaction tx, long number, String key, String connection) throws SQLException {
        spools.deliver(tx, SPOOL, List.of(new SpoolItem(key, connection, Map.of(), number)));
    }

    private static long known(Transaction tx, IncomingMail incomingMail) throws SQLException {
        return tx.one(
                        "SELECT id FROM mail WHERE mailbox = ? AND identity = ?",
                        row -> row.getLong(1),
                        incomingMail.mailbox(),
                        incomingMail.identity())
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
