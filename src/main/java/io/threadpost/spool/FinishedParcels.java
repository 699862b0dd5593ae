package io.threadpost.spool;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.retry.Reason;
import io.threadpost.settings.Settings;

/** Takes away parcels that have been finished for as long as they are to be kept. */
@Singleton
final class FinishedParcels {
    private static final Logger LOG = Logger.getLogger(FinishedParcels.class);
    /** Rows a transaction: others want to write, too. */
    private static final int ROWS = 500;

    private final Ledger ledger;
    private final long keep;
    private ScheduledExecutorService timer;

    FinishedParcels(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.keep = settings.spool().keep().toMillis();
    }

    synchronized void start() {
        stop();
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "spool-finished-parcels");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(this::run, 1, 60, TimeUnit.SECONDS);
    }

    @PreDestroy
    synchronized void stop() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }

    private void run() {
        try {
            while (remove() == ROWS) {
                Thread.yield();
            }
        } catch (RuntimeException e) {
            LOG.warnf("finished parcels stay for another minute: %s", Reason.of(e));
        }
    }

    private int remove() {
        return ledger.write(tx -> {
            List<Object[]> parcels = tx.list(
                    "SELECT id FROM spool_parcel WHERE state = 'finished' AND finished <= ? ORDER BY finished LIMIT "
                            + ROWS + " " + tx.dialect().claiming(),
                    row -> new Object[] {row.getLong(1)},
                    tx.now() - keep);
            tx.batch("DELETE FROM spool_content WHERE parcel = ?", parcels);
            tx.batch("DELETE FROM spool_parcel WHERE id = ?", parcels);
            return parcels.size();
        });
    }
}
