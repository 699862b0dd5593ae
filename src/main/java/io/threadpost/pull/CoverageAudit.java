package io.threadpost.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.pull.AuditRepair.Repair;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.pull.ListedVersions.Listing;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Reads covered time again and compares what the platform lists with what was committed. A thread that was updated
 * since is listed under its new time, so an audit finds what is missing, not what is gone. What is missing is pulled
 * alone, by a backfill.
 */
@Singleton
public final class CoverageAudit {
    private static final Logger LOG = Logger.getLogger(CoverageAudit.class);
    /** An audit takes this part of the time around a random window. */
    private static final long WIDTH_NANOS = TimeUnit.HOURS.toNanos(1);

    /** After a clock was set back, the time that passed twice is audited for at most this long. */
    private static final long REPEATED_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int MOST_PAGES = 50;

    private final Ledger ledger;
    private final PageDigests digests;
    private final ListedVersions listed;
    private final EnterpriseHistory enterprises;
    private final AuditRepair repair;
    private final Backfills backfills;
    private final Coverage coverage;
    private final AuditHistory history;
    private final long lookback;

    CoverageAudit(
            Ledger ledger,
            PageDigests digests,
            ListedVersions listed,
            EnterpriseHistory enterprises,
            AuditRepair repair,
            Backfills backfills,
            Coverage coverage,
            AuditHistory history,
            Settings settings) {
        this.ledger = ledger;
        this.digests = digests;
        this.listed = listed;
        this.enterprises = enterprises;
        this.repair = repair;
        this.backfills = backfills;
        this.coverage = coverage;
        this.history = history;
        this.lookback = Math.max(
                MARGIN_NANOS, settings.get(SettingsCatalogue.PULL_LOOKBACK).toNanos());
    }

    /**
     * Audits an hour around a random drained window.
     *
     * @return empty when no window of the connection is recorded
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    public Optional<AuditResult> auditAny(String connection) {
        return auditAny(connection, ThreadLocalRandom.current());
    }

    Optional<AuditResult> auditAny(String connection, Random random) {
        Optional<Interval> any = ledger.read(tx -> {
            int windows = tx.one(
                            "SELECT COUNT(*) FROM drained_window WHERE connection = ?",
                            row -> row.getInt(1),
                            connection)
                    .orElse(0);
            return windows == 0
                    ? Optional.empty()
                    : tx.one(
                            "SELECT start_ns, end_ns FROM drained_window WHERE connection = ? ORDER BY id LIMIT 1"
                                    + " OFFSET " + random.nextInt(windows),
                            CoveredTime::interval,
                            connection);
        });
        return any.map(window -> {
            long middle = window.start() + (long) (random.nextDouble() * (window.end() - window.start()));
            return audit(connection, new Interval(middle - WIDTH_NANOS / 2, middle + WIDTH_NANOS / 2));
        });
    }

    /**
     * Audits an interval: of each month that is recorded, the newest part that fifty pages hold.
     *
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    public AuditResult audit(String connection, Instant from, Instant to) {
        return audit(connection, new Interval(UtcNanos.nanos(from), UtcNanos.nanos(to)));
    }

    /**
     * Audits the time that passes again on the platform since its clock was set back; called once a minute.
     *
     * @return empty when there is none
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    public Optional<AuditResult> auditRepeated(String connection) {
        Optional<Interval> repeated = ledger.read(tx -> tx.one(
                "SELECT repeated_from_ns, repeated_to_ns FROM pull_connection WHERE connection = ?"
                        + " AND repeated_from_ns IS NOT NULL",
                CoveredTime::interval,
                connection));
        return repeated.map(time -> {
            long until = coverage.pulledUntil(connection).map(UtcNanos::nanos).orElse(0L) - lookback;
            AuditResult result = audit(connection, time);
            // What is not recorded, or too much, cannot be compared later either.
            boolean unrecorded = result.compared().isZero();
            boolean last = until > time.end() + REPEATED_NANOS || until > time.end() && (result.whole() || unrecorded);
            if (last && !result.whole()) {
                LOG.warnf(
                        "%s: the platform's clock was set back, and %s to %s could not be audited completely, so"
                                + " threads may be missing: %s",
                        connection,
                        result.from(),
                        result.to(),
                        unrecorded ? "it is no longer recorded" : "audit it in shorter intervals");
            }
            if (last) {
                ledger.write(tx -> tx.update(
                        "UPDATE pull_connection SET repeated_from_ns = NULL WHERE connection = ?"
                                + " AND repeated_from_ns = ? AND repeated_to_ns = ?",
                        connection,
                        time.start(),
                        time.end()));
            }
            return result;
        });
    }

    /**
     * Begins backfills of the gaps that nothing is going to fill. Where an operator cancelled what an audit had found,
     * that is audited again: only an audit can pull it alone.
     *
     * @return the last one; empty when there is nothing to fill
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    public Optional<Backfill> fill(String connection) {
        List<Backfill> begun = new ArrayList<>();
        for (Interval cancelled : repair.cancelled(connection)) {
            begun.add(audit(connection, cancelled).backfill());
        }
        begun.add(coverage.fill(connection).orElse(null));
        return begun.stream().filter(Objects::nonNull).reduce((before, last) -> last);
    }

    private AuditResult audit(String connection, Interval asked) {
        // What appears late near the present is found by the pull itself.
        long until = coverage.pulledUntil(connection).map(UtcNanos::nanos).orElse(0L) - lookback;
        IntervalSet recorded = digests.recorded(connection, asked).within(IntervalSet.of(0, Math.max(0, until)));
        List<Interval> compared = new ArrayList<>();
        List<Repair> repairs = new ArrayList<>();
        long found = 0;
        long lost = 0;
        for (Interval part : recorded.intervals()) {
            for (Interval month : BackfillWindows.months(part.start(), part.end())) {
                for (EnterpriseHistory.Part pulled : enterprises.pulled(connection, month)) {
                    Listing listing = listed.newest(connection, pulled.interval(), pulled.enterprises(), MOST_PAGES);
                    if (listing.interval() != null) {
                        compared.add(listing.interval());
                    }
                    Set<Version> known = listed.known(connection, listing.versions());
                    List<Version> unknown = listing.versions().stream()
                            .filter(version -> !known.contains(version))
                            .toList();
                    if (!unknown.isEmpty()) {
                        repairs.add(repair.plan(connection, pulled.enterprises(), unknown, 2 * MOST_PAGES));
                    }
                    found += listing.versions().size();
                    lost += unknown.size();
                }
            }
        }
        Backfill begun = repairs.isEmpty()
                ? null
                : backfills.one(repair.begin(connection, repairs)).orElseThrow();
        repair.forgetCancelled(connection, compared);
        long width = IntervalSet.of(compared).width();
        AuditResult result = new AuditResult(
                connection,
                UtcNanos.instant(asked.start()),
                UtcNanos.instant(asked.end()),
                Instant.now(),
                Duration.ofNanos(width),
                width == asked.end() - asked.start(),
                found,
                lost,
                begun);
        history.add(result);
        return result;
    }

    public AuditHistory.Status status(String connection) {
        return history.status(connection);
    }

    /** Forgets what is older than {@code threadpost.coverage.audit-keep}. */
    public void purge() {
        digests.purge();
    }
}
