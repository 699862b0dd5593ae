package io.threadpost.pull;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.BackfillWindows.Origin;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.retry.DurationFormat;

/**
 * Which time is covered: a window that was drained covers its interval. A connection's time begins with its first
 * window or backfill, and ends where live pulls have planned to.
 */
@Singleton
public final class Coverage {
    private final Ledger ledger;
    private final Backfills backfills;

    Coverage(Ledger ledger, Backfills backfills) {
        this.ledger = ledger;
        this.backfills = backfills;
    }

    /** Why time is not covered. */
    public enum Reason {
        /** A window waits for a walker, or is being pulled. */
        OPEN,
        /** Its backfill is paused. */
        PAUSED,
        /** Its backfill was cancelled. */
        CANCELLED,
        /** No window was ever planned for it. */
        UNPLANNED,
        /** The live pull has not reached it yet. */
        AHEAD;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Time that is not covered. */
    public record Gap(Instant from, Instant to, Reason reason) {}

    /**
     * What is known about an interval.
     *
     * @param gaps in it, the oldest first; empty: it is covered
     */
    public record Answer(Instant from, Instant to, List<Gap> gaps) {
        public boolean complete() {
            return gaps.isEmpty();
        }

        /** @return the answer in one line */
        public String line() {
            if (complete()) {
                return "complete: every thread that the platform listed from " + from + " to " + to
                        + " when it was pulled is delivered or in a spool";
            }
            Duration width = gaps.stream()
                    .map(gap -> Duration.between(gap.from(), gap.to()))
                    .reduce(Duration.ZERO, Duration::plus);
            Gap first = gaps.get(0);
            return "incomplete: " + gaps.size() + (gaps.size() == 1 ? " gap" : " gaps") + " of "
                    + DurationFormat.text(width) + " in all; the first is "
                    + first.reason().word()
                    + ", from " + first.from() + " to " + first.to();
        }
    }

    /**
     * Looks at a connection's whole time.
     *
     * @return empty when it was never pulled
     */
    public Optional<Answer> all(String connection) {
        return ledger.read(tx -> {
            Optional<Interval> whole = whole(tx, connection);
            return whole.isEmpty() ? Optional.empty() : Optional.of(answer(tx, connection, whole.get()));
        });
    }

    public Answer of(String connection, Instant from, Instant to) {
        return ledger.read(tx -> answer(tx, connection, new Interval(UtcNanos.nanos(from), UtcNanos.nanos(to))));
    }

    /** @return what live pulls have drained; empty when nothing was pulled */
    public Optional<Instant> pulledUntil(String connection) {
        return ledger.read(tx -> tx.one(
                        "SELECT COALESCE((SELECT MIN(start_ns) FROM pull_window WHERE connection = ? AND kind = 'live'"
                                + " AND state = 'open'), (SELECT MAX(end_ns) FROM pull_window"
                                + " WHERE connection = ?), 0)",
                        row -> row.getLong(1),
                        connection,
                        connection)
                .filter(end -> end > 0)
                .map(UtcNanos::instant));
    }

    /**
     * Begins a backfill of the gaps that nothing is going to fill: cancelled and unplanned ones, but for those of
     * audits.
     *
     * @return empty when there are none
     */
    Optional<Backfill> fill(String connection) {
        List<Interval> gaps = all(connection).map(Answer::gaps).orElse(List.of()).stream()
                .filter(gap -> gap.reason() == Reason.CANCELLED || gap.reason() == Reason.UNPLANNED)
                .map(gap -> new Interval(UtcNanos.nanos(gap.from()), UtcNanos.nanos(gap.to())))
                .toList();
        List<Interval> left = IntervalSet.of(gaps)
                .minus(ledger.read(tx -> CoveredTime.windows(tx, connection, "closed")))
                .intervals();
        return left.isEmpty()
                ? Optional.empty()
                : backfills.request(
                        connection,
                        UtcNanos.instant(left.get(0).start()),
                        UtcNanos.instant(left.get(left.size() - 1).end()),
                        List.of(),
                        Origin.GAPS);
    }

    private static Optional<Interval> whole(Transaction tx, String connection) throws SQLException {
        return tx.one(
                        "SELECT MIN(start_ns), MAX(end_ns) FROM pull_window WHERE connection = ?",
                        row -> new Interval(row.getLong(1), row.getLong(2)),
                        connection)
                .filter(whole -> whole.start() < whole.end());
    }

    private static Answer answer(Transaction tx, String connection, Interval asked) throws SQLException {
        long planned = whole(tx, connection).map(Interval::end).orElse(Long.MIN_VALUE);
        IntervalSet left = CoveredTime.not(tx, connection, asked);
        List<Gap> gaps = new ArrayList<>();
        if (asked.end() > planned) {
            IntervalSet ahead = IntervalSet.of(Math.max(asked.start(), planned), asked.end());
            left = take(gaps, left, ahead, Reason.AHEAD);
        }
        for (Reason reason : List.of(Reason.OPEN, Reason.PAUSED, Reason.CANCELLED)) {
            left = take(gaps, left, CoveredTime.windows(tx, connection, reason.word()), reason);
        }
        take(gaps, left, left, Reason.UNPLANNED);
        gaps.sort(Comparator.comparing(Gap::from));
        return new Answer(UtcNanos.instant(asked.start()), UtcNanos.instant(asked.end()), List.copyOf(gaps));
    }

    private static IntervalSet take(List<Gap> gaps, IntervalSet left, IntervalSet part, Reason reason) {
        left.within(part)
                .intervals()
                .forEach(gap -> gaps.add(new Gap(UtcNanos.instant(gap.start()), UtcNanos.instant(gap.end()), reason)));
        return left.minus(part);
    }
}
