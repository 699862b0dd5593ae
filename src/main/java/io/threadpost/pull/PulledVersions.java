package io.threadpost.pull;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.inject.Singleton;

import io.threadpost.connector.MessageThread;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.pull.VersionBlock.Version;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Tells versions that were pulled before a moment from those that windows brought since, or still have to bring: of
 * time that was covered all, of other time those of the pages that were committed by then, and those that have a dedupe
 * key and no page.
 */
@Singleton
public final class PulledVersions {
    private static final Interval EVER = new Interval(0, UtcNanos.nanos(Instant.parse("2200-01-01T00:00:00Z")));

    private final Ledger ledger;
    private final PageDigests digests;
    private final ThreadVersions versions;
    private final long lookback;

    PulledVersions(Ledger ledger, PageDigests digests, ThreadVersions versions, Settings settings) {
        this.ledger = ledger;
        this.digests = digests;
        this.versions = versions;
        this.lookback = settings.get(SettingsCatalogue.PULL_LOOKBACK).toNanos();
    }

    /**
     * A moment.
     *
     * @param gaps time that was not covered: the nanoseconds of each start and end, separated by blanks
     * @param page the last page that was recorded
     */
    public record Mark(String gaps, long page) {
        private List<Interval> intervals() {
            long[] nanos = gaps.isEmpty()
                    ? new long[0]
                    : Arrays.stream(gaps.split(" ")).mapToLong(Long::parseLong).toArray();
            return IntStream.range(0, nanos.length / 2)
                    .mapToObj(i -> new Interval(nanos[2 * i], nanos[2 * i + 1]))
                    .toList();
        }
    }

    /**
     * Marks this moment. The pages that are being routed are fetched and routed again, so that routes that were edited
     * before route everything that is pulled after it.
     */
    public Mark mark(Transaction tx, String connection) throws SQLException {
        Windows.revoke(tx, connection);
        return now(tx, connection);
    }

    private Mark now(Transaction tx, String connection) throws SQLException {
        String gaps = CoveredTime.not(tx, connection, EVER).intervals().stream()
                // What appears late is pulled by windows that look back.
                .map(gap -> Math.max(0, gap.start() - lookback) + " " + gap.end())
                .collect(Collectors.joining(" "));
        // After the gaps: a window that is drained in between is a gap, and its pages are known.
        return new Mark(gaps, PageDigests.newest(tx, connection));
    }

    /**
     * @param mark null: now
     * @return those of the threads that were pulled by then, as they are; without those that cannot be identified
     */
    public List<MessageThread> pulledBy(Mark mark, String connection, List<MessageThread> threads) {
        Mark by = mark == null ? ledger.read(tx -> now(tx, connection)) : mark;
        List<Interval> gaps = by.intervals();
        Set<Version> inGaps = new HashSet<>();
        for (MessageThread thread : threads) {
            version(thread)
                    .filter(version -> gaps.stream()
                            .anyMatch(gap -> gap.start() <= version.updated() && version.updated() < gap.end()))
                    .ifPresent(inGaps::add);
        }
        inGaps.removeAll(digests.known(connection, inGaps, by.page()));
        // Time that is not covered keeps its dedupe keys for longer than its pages, which may not be recorded at all.
        Set<Version> withoutPage = new HashSet<>(inGaps);
        withoutPage.removeAll(digests.known(connection, inGaps));
        inGaps.removeAll(versions.known(connection, List.copyOf(withoutPage)));
        return threads.stream()
                .filter(thread -> version(thread)
                        .filter(version -> !inGaps.contains(version))
                        .isPresent())
                .toList();
    }

    private static Optional<Version> version(MessageThread thread) {
        OptionalLong updated = UtcNanos.nanos(thread.updatedUtc());
        return thread.id() == null || updated.isEmpty()
                ? Optional.empty()
                : Optional.of(new Version(updated.getAsLong(), thread.id()));
    }
}
