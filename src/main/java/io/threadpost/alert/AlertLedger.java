package io.threadpost.alert;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.threadpost.alert.AlertMessage.Change;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.retry.Backoff;

/** What is down, and the messages about it that wait, in the ledger: shared by all nodes, and kept over restarts. */
final class AlertLedger {
    static final Duration LEASE = Duration.ofMinutes(1);
    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(7);
    /** Older ones of a channel that is down for long are of no use by then. */
    private static final int LARGEST_SUMMARY = 200;

    private final Ledger ledger;
    private final Duration after;
    private final int maxPerHour;

    /**
     * The alerts of a ledger.
     *
     * @param after how long something is down before people hear of it
     * @param maxPerHour messages by one channel
     */
    AlertLedger(Ledger ledger, Duration after, int maxPerHour) {
        this.ledger = ledger;
        this.after = after;
        this.maxPerHour = maxPerHour;
    }

    /** Something that is down now. */
    record Finding(String check, String subject, String reason) {}

    /**
     * What is or was down for a moment.
     *
     * @param raised whether people have heard of it
     */
    record Alert(String check, String subject, String reason, Instant since, boolean raised) {}

    /**
     * Messages of a channel that are to be sent as one.
     *
     * @param ids of their rows
     */
    record Delivery(List<Long> ids, AlertMessage message) {
        /** @return the same for the same message, whichever node sends it again */
        String key() {
            return ids.get(0) + "-" + ids.get(ids.size() - 1);
        }
    }

    /**
     * Records what is down, and stages messages about what has changed.
     *
     * @param clear how long no node may have seen something down until it works again
     * @param channels each gets the message
     * @return the changes that people hear of
     */
    List<Change> observe(List<Finding> down, Duration clear, Collection<String> channels) {
        // Nodes change the rows in the same order, so that none waits for the other in a circle.
        List<Finding> sorted = down.stream()
                .sorted(Comparator.comparing(Finding::check).thenComparing(Finding::subject))
                .toList();
        return ledger.write(tx -> {
            for (Finding finding : sorted) {
                see(tx, finding);
            }
            List<Change> changes = new ArrayList<>(raise(tx));
            changes.addAll(clear(tx, tx.now() - clear.toMillis()));
            if (!changes.isEmpty()) {
                stage(tx, new AlertMessage(changes, false), channels);
            }
            tx.update("DELETE FROM alert_message WHERE created < ?", tx.now() - KEPT.toMillis());
            return changes;
        });
    }

    private static void see(Transaction tx, Finding finding) throws SQLException {
        tx.update(
                "INSERT INTO alert (check_name, subject, state, reason, since, seen) VALUES (?, ?, 'pending', ?, ?, ?)"
                        + " ON CONFLICT (check_name, subject) DO UPDATE SET reason = excluded.reason,"
                        + " seen = excluded.seen",
                finding.check(),
                finding.subject(),
                tx.redacted(finding.reason()),
                tx.now(),
                tx.now());
    }

    private record Row(long id, Change change) {}

    private List<Change> raise(Transaction tx) throws SQLException {
        List<Row> due = rows(
                tx,
                true,
                " WHERE state = 'pending' AND since <= ? AND seen = ?",
                tx.now() - after.toMillis(),
                tx.now());
        List<Change> changes = new ArrayList<>();
        for (Row row : due) {
            // Another node may just have done it.
            if (tx.update("UPDATE alert SET state = 'raised' WHERE id = ? AND state = 'pending'", row.id()) == 1) {
                changes.add(row.change());
            }
        }
        return changes;
    }

    private static List<Change> clear(Transaction tx, long before) throws SQLException {
        tx.update("DELETE FROM alert WHERE state = 'pending' AND seen < ?", before);
        List<Change> changes = new ArrayList<>();
        for (Row row : rows(tx, false, " WHERE state = 'raised' AND seen < ?", before)) {
            if (tx.update("DELETE FROM alert WHERE id = ? AND seen < ?", row.id(), before) == 1) {
                changes.add(row.change());
            }
        }
        return changes;
    }

    private static List<Row> rows(Transaction tx, boolean down, String where, Object... parameters)
            throws SQLException {
        Instant now = Instant.ofEpochMilli(tx.now());
        return tx.list(
                "SELECT id, check_name, subject, reason, since FROM alert" + where + " ORDER BY check_name, subject",
                row -> new Row(
                        row.getLong(1),
                        new Change(
                                down,
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                Instant.ofEpochMilli(row.getLong(5)),
                                now)),
                parameters);
    }

    private static void stage(Transaction tx, AlertMessage message, Collection<String> channels) throws SQLException {
        for (String channel : channels) {
            tx.update(
                    "INSERT INTO alert_message (channel, created, content, due) VALUES (?, ?, ?, ?)",
                    channel,
                    tx.now(),
                    message.json().toString(),
                    tx.now());
        }
    }

    /**
     * Claims what a channel is to send next: one message, or all that wait, as a summary, when no more may be sent in
     * this hour or the channel was down.
     *
     * @return empty when nothing is due, or another node sends
     */
    Optional<Delivery> claim(String channel, String owner) {
        return ledger.write(tx -> {
            if (tx.dialect().shared()) {
                // Nodes claim one at a time: two would both send the last one of the hour.
                tx.one("SELECT pg_advisory_xact_lock(hashtext(?))", row -> true, "alert " + channel);
            }
            record Waiting(long id, String content, int attempts, long due, long lease) {}
            List<Waiting> waiting = tx.list(
                    "SELECT id, content, attempts, due, CASE WHEN owner IS NULL THEN 0 ELSE lease_until END"
                            + " FROM alert_message WHERE channel = ? AND sent IS NULL ORDER BY id DESC LIMIT "
                            + LARGEST_SUMMARY,
                    row -> new Waiting(row.getLong(1), row.getString(2), row.getInt(3), row.getLong(4), row.getLong(5)),
                    channel);
            long now = tx.now();
            if (waiting.isEmpty()
                    || waiting.stream().anyMatch(message -> message.lease() > now || message.due() > now)) {
                return Optional.empty();
            }
            int left = maxPerHour
                    - tx.one(
                                    "SELECT COUNT(DISTINCT sent) FROM alert_message WHERE channel = ? AND sent > ?",
                                    row -> row.getInt(1),
                                    channel,
                                    now - HOUR.toMillis())
                            .orElse(0);
            if (left <= 0) {
                return Optional.empty();
            }
            List<Waiting> oldestFirst = new ArrayList<>(waiting);
            oldestFirst.sort(Comparator.comparingLong(Waiting::id));
            // Else they would be sent after those of now.
            tx.update(
                    "DELETE FROM alert_message WHERE channel = ? AND sent IS NULL AND id < ?",
                    channel,
                    oldestFirst.get(0).id());
            boolean all = left == 1 || waiting.stream().anyMatch(message -> message.attempts() > 0);
            List<Waiting> taken = all ? oldestFirst : oldestFirst.subList(0, 1);
            for (Waiting message : taken) {
                tx.update(
                        "UPDATE alert_message SET owner = ?, lease_until = ? WHERE id = ?",
                        owner,
                        now + LEASE.toMillis(),
                        message.id());
            }
            return Optional.of(new Delivery(
                    taken.stream().map(Waiting::id).toList(),
                    AlertMessage.summary(taken.stream()
                            .map(message -> AlertMessage.of(message.content()))
                            .toList())));
        });
    }

    /** @throws LeaseLostException when another node sends it by now */
    void renew(Delivery delivery, String owner) {
        int renewed = ledger.write(tx -> each(
                tx,
                delivery,
                "UPDATE alert_message SET lease_until = ? WHERE id = ? AND owner = ?",
                tx.now() + LEASE.toMillis(),
                owner));
        if (renewed == 0) {
            throw new LeaseLostException("an alert");
        }
    }

    /** The channel has it. */
    void sent(Delivery delivery, String owner) {
        ledger.write(tx -> {
            long now = tx.now();
            // A time of its own: two deliveries within a millisecond would count as one against the hour's limit.
            long sent = tx.one(
                            "SELECT MAX(sent) FROM alert_message WHERE channel ="
                                    + " (SELECT channel FROM alert_message WHERE id = ?) AND sent BETWEEN ? AND ?",
                            row -> Math.max(now, row.getLong(1) + 1),
                            delivery.ids().get(0),
                            now,
                            now + Duration.ofSeconds(1).toMillis())
                    .orElse(now);
            return each(
                    tx,
                    delivery,
                    "UPDATE alert_message SET sent = ?, error = NULL, owner = NULL WHERE id = ? AND owner = ?",
                    sent,
                    owner);
        });
    }

    /** The channel has refused it, or cannot be reached: it is tried again. */
    void failed(Delivery delivery, String owner, String reason) {
        ledger.write(tx -> {
            int attempts = tx.one(
                            "SELECT MAX(attempts) FROM alert_message WHERE id BETWEEN ? AND ?",
                            row -> row.getInt(1),
                            delivery.ids().get(0),
                            delivery.ids().get(delivery.ids().size() - 1))
                    .orElse(0);
            int changed = 0;
            for (long id : delivery.ids()) {
                changed += tx.update(
                        "UPDATE alert_message SET attempts = ?, due = ?, error = ?, owner = NULL"
                                + " WHERE id = ? AND owner = ?",
                        attempts + 1,
                        tx.now() + RETRY.millis(attempts + 1),
                        tx.redacted(reason),
                        id,
                        owner);
            }
            return changed;
        });
    }

    private static int each(Transaction tx, Delivery delivery, String sql, long time, String owner)
            throws SQLException {
        int changed = 0;
        for (long id : delivery.ids()) {
            changed += tx.update(sql, time, id, owner);
        }
        return changed;
    }

    /** @return what is down or was a moment ago, the oldest first */
    List<Alert> alerts() {
        return ledger.read(tx -> tx.list(
                "SELECT check_name, subject, reason, since, state FROM alert ORDER BY since, id",
                row -> new Alert(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getString(5).equals("raised"))));
    }

    /**
     * How a channel does.
     *
     * @param waiting messages that are to be sent
     * @param failures of the one that is tried now, in a row
     * @param reason of the last failure; null when there is none
     */
    record ChannelState(int waiting, int failures, String reason) {}

    ChannelState state(String channel) {
        return ledger.read(tx -> new ChannelState(
                tx.one(
                                "SELECT COUNT(*) FROM alert_message WHERE channel = ? AND sent IS NULL",
                                row -> row.getInt(1),
                                channel)
                        .orElse(0),
                tx.one(
                                "SELECT COALESCE(MAX(attempts), 0) FROM alert_message"
                                        + " WHERE channel = ? AND sent IS NULL",
                                row -> row.getInt(1),
                                channel)
                        .orElse(0),
                tx.one(
                                "SELECT error FROM alert_message WHERE channel = ? AND sent IS NULL"
                                        + " AND error IS NOT NULL ORDER BY id LIMIT 1",
                                row -> row.getString(1),
                                channel)
                        .orElse(null)));
    }
}
