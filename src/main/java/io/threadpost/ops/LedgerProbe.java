package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.FailureReason;

/** Writes to the ledger periodically, to know whether it accepts writes. One write at a time, by one thread. */
@Singleton
final class LedgerProbe {
    private final Provider<Ledger> ledger;
    private volatile String failure;
    private volatile Instant failingSince;
    private volatile boolean written;
    /** When the current write began; 0 when there is none. */
    private volatile long writingSince;

    /** @param ledger opened, and migrated, at its first use: liveness must not wait for that */
    LedgerProbe(Provider<Ledger> ledger) {
        this.ledger = ledger;
    }

    /** Writes one row, for as long as it takes. */
    void write() {
        Ledger open = ledger.get();
        writingSince = Math.max(1, System.nanoTime());
        try {
            open.write(tx -> tx.update(
                    "INSERT INTO ledger_probe (id, written) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET written ="
                            + " excluded.written",
                    tx.now()));
            failure = null;
            failingSince = null;
            written = true;
        } catch (LedgerException e) {
            if (failingSince == null) {
                failingSince = Instant.now();
            }
            failure = FailureReason.of(e);
        } finally {
            writingSince = 0;
        }
    }

    /** @return why the last write failed, in one line; null when it did not */
    String failure() {
        return failure;
    }

    /** @return when the first of the failed writes was; null when the last one did not fail */
    Instant failingSince() {
        return failingSince;
    }

    /** @return whether a write has ever succeeded */
    boolean written() {
        return written;
    }

    /** @return how long the current write has taken so far; zero when there is none */
    Duration writing() {
        long since = writingSince;
        return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }
}
