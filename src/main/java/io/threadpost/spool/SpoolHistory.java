package io.threadpost.spool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** How the spools changed over the last day: one sample for each spool and five minutes, whichever node takes it. */
@Singleton
public final class SpoolHistory {
    /** The time between two samples. */
    public static final long STEP_MILLIS = Duration.ofMinutes(5).toMillis();

    private static final long KEEP_MILLIS = Duration.ofDays(1).toMillis() + STEP_MILLIS;

    private final Ledger ledger;
    private final SpoolStatus status;

    SpoolHistory(Ledger ledger, SpoolStatus status) {
        this.ledger = ledger;
        this.status = status;
    }

    /**
     * A sample.
     *
     * @param at when it was taken, rounded down to the step, milliseconds since the epoch
     * @param waiting items waiting or in flight
     * @param delivered items that left the spool since the sample before
     */
    public record Sample(long at, long waiting, long dead, long delivered) {}

    /** Takes a sample, unless this step already has one; deletes samples that are older than a day. */
    public void sample() {
        sample(ledger.read(Transaction::now));
    }

    void sample(long now) {
        long step = now / STEP_MILLIS * STEP_MILLIS;
        Long last = ledger.read(tx -> tx.one("SELECT MAX(at) FROM spool_sample", row -> row.getLong(1)))
                .orElse(0L);
        if (last >= step) {
            return;
        }
        List<SpoolStatus.Spool> spools = status.spools();
        ledger.execute(tx -> {
            // After a stop, what was delivered before it belongs to no step.
            long from = Math.max(last, step - STEP_MILLIS);
            Map<String, Long> delivered = new HashMap<>();
            tx.list(
                    "SELECT spool, SUM(size) FROM spool_parcel WHERE state = 'finished' AND finished >= ?"
                            + " AND finished < ? GROUP BY spool",
                    row -> delivered.put(row.getString(1), row.getLong(2)),
                    from,
                    step);
            tx.update("DELETE FROM spool_sample WHERE at < ?", step - KEEP_MILLIS);
            for (SpoolStatus.Spool spool : spools) {
                tx.update(
                        "INSERT INTO spool_sample (spool, at, waiting, dead, delivered) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        spool.name(),
                        step,
                        spool.items(),
                        spool.dead(),
                        delivered.getOrDefault(spool.name(), 0L));
            }
        });
    }

    /** @return the samples of the last day by spool, the oldest first */
    public Map<String, List<Sample>> lastDay() {
        Map<String, List<Sample>> samples = new TreeMap<>();
        ledger.read(tx -> tx.list(
                "SELECT spool, at, waiting, dead, delivered FROM spool_sample WHERE at >= ? ORDER BY at",
                row -> samples.computeIfAbsent(row.getString(1), spool -> new ArrayList<>())
                        .add(new Sample(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))),
                tx.now() - KEEP_MILLIS));
        return samples;
    }
}
