package io.threadpost.pull;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

/** Logs each minute how far the running backfills are, and once when one no longer runs. */
@Singleton
public final class BackfillLog {
    private static final Logger LOG = Logger.getLogger(BackfillLog.class);

    private final Backfills backfills;
    private Set<Long> running = new HashSet<>();

    BackfillLog(Backfills backfills) {
        this.backfills = backfills;
    }

    /** Called once a minute, by one thread at a time. */
    public void log() {
        Set<Long> before = running;
        running = backfills.sample().stream()
                .peek(backfill -> LOG.info(backfill.line()))
                .map(Backfill::id)
                .collect(Collectors.toSet());
        before.removeAll(running);
        before.forEach(id -> backfills.one(id).ifPresent(backfill -> LOG.info(backfill.line())));
    }
}
