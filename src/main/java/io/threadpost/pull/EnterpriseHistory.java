package io.threadpost.pull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/**
 * Since when each enterprise of {@code enterprise-ids} is pulled. Time that was covered before an enterprise was added
 * is a gap of this enterprise alone: no audit misses its threads there, and a backfill of it pulls them.
 */
@Singleton
final class EnterpriseHistory {
    private static final Logger LOG = Logger.getLogger(EnterpriseHistory.class);

    private final Ledger ledger;
    private final Map<String, Set<String>> configured = new HashMap<>();
    private final Set<String> compared = ConcurrentHashMap.newKeySet();

    EnterpriseHistory(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        for (ConnectionSettings connection : settings.connections()) {
            Set<String> ids = new LinkedHashSet<>();
            connection.enterpriseIds().forEach(id -> ids.add(id.toLowerCase(Locale.ROOT)));
            configured.put(connection.name(), ids);
        }
    }

    /**
     * Time within which the same enterprises were pulled.
     *
     * @param enterprises empty: all of the connection
     */
    record Part(Interval interval, List<String> enterprises) {}

    /**
     * Compares the settings with what was pulled before, once in a process. Open windows begin again at their heads, so
     * that they ask for added enterprises, too; the closed ones are a gap of these.
     *
     * @param planned the end of all windows; 0 before the first
     * @param next where the next live window begins
     * @throws IllegalStateException when a process that compared later has other enterprises
     */
    void compare(Transaction tx, String connection, long planned, long next) throws SQLException {
        if (compared.contains(connection)) {
            require(tx, connection);
            return;
        }
        Set<String> now = configured.get(connection);
        Map<String, Long> before = new HashMap<>();
        tx.list(
                "SELECT enterprise, left_ns FROM pulled_enterprise WHERE connection = ?",
                row -> before.put(row.getString(1), row.getLong(2)),
                connection);
        if (now.isEmpty()) {
            if (tx.update("DELETE FROM pulled_enterprise WHERE connection = ?", connection) > 0) {
                Window.restart(tx, connection);
            }
            return;
        }
        boolean changed = false;
        List<String> added = new ArrayList<>();
        for (String enterprise : now) {
            Long left = before.get(enterprise);
            if (left != null && left == 0) {
                continue;
            }
            tx.update(
                    "INSERT INTO pulled_enterprise (connection, enterprise, left_ns) VALUES (?, ?, 0)"
                            + " ON CONFLICT (connection, enterprise) DO UPDATE SET left_ns = 0",
                    connection,
                    enterprise);
            changed = true;
            // Without any, all that the token allows was pulled.
            if (!before.isEmpty() && planned > 0) {
                added.add(enterprise);
                IntervalSet covered = CoveredTime.of(tx, connection)
                        .minus(CoveredTime.windows(tx, connection, "open"))
                        .minus(CoveredTime.windows(tx, connection, "paused"))
                        .within(IntervalSet.of(left == null ? 0 : left, next));
                store(
                        tx,
                        connection,
                        enterprise,
                        gaps(tx, connection, enterprise).plus(covered));
            }
        }
        for (String enterprise : before.keySet()) {
            if (!now.contains(enterprise)) {
                changed |= tx.update(
                                "UPDATE pulled_enterprise SET left_ns = ? WHERE connection = ? AND enterprise = ?"
                                        + " AND left_ns = 0",
                                // 0 would be that it is pulled still.
                                Math.max(1, planned),
                                connection,
                                enterprise)
                        > 0;
            }
        }
        if (changed) {
            Window.restart(tx, connection);
        }
        if (!added.isEmpty()) {
            LOG.infof(
                    "%s: %d enterprises were added to enterprise-ids, and are pulled from now on; backfill each of them"
                            + " for its earlier threads: --enterprise %s",
                    connection, added.size(), String.join(", ", added.subList(0, Math.min(added.size(), 5))));
        }
    }

    /**
     * Checks that this process pulls the same enterprises as the one that was started last: a window that one walks
     * would count as covered for the other.
     *
     * @throws IllegalStateException when it does not
     */
    private void require(Transaction tx, String connection) throws SQLException {
        if (!isCurrent(tx, connection)) {
            throw new IllegalStateException("a process that was started later pulls connection " + connection
                    + " for other enterprises, so this one pulls nothing; give all processes on this ledger the same"
                    + " threadpost.connections." + connection + ".enterprise-ids, and restart them");
        }
    }

    /** @return false also until a process that was started with other enterprises has compared them */
    boolean isCurrent(Transaction tx, String connection) throws SQLException {
        return Set.copyOf(tx.texts(
                        "SELECT enterprise FROM pulled_enterprise WHERE connection = ? AND left_ns = 0", connection))
                .equals(configured.getOrDefault(connection, Set.of()));
    }

    /** The comparison is committed. */
    void compared(String connection) {
        compared.add(connection);
    }

    /** @return the parts of covered time with the enterprises that were pulled in each; without those of none */
    List<Part> pulled(String connection, Interval interval) {
        Map<String, IntervalSet> gaps = new HashMap<>();
        TreeSet<Long> bounds = new TreeSet<>(List.of(interval.start(), interval.end()));
        ledger.read(tx -> {
            require(tx, connection);
            for (Gap gap : list(tx, connection)) {
                if (configured.get(connection).contains(gap.enterprise())
                        && gap.interval().start() < interval.end()
                        && gap.interval().end() > interval.start()) {
                    gaps.merge(gap.enterprise(), IntervalSet.of(List.of(gap.interval())), IntervalSet::plus);
                    bounds.add(Math.max(interval.start(), gap.interval().start()));
                    bounds.add(Math.min(interval.end(), gap.interval().end()));
                }
            }
            return null;
        });
        List<Part> parts = new ArrayList<>();
        for (long start = interval.start(); start < interval.end(); start = bounds.higher(start)) {
            long from = start;
            List<String> pulled = configured.get(connection).stream()
                    .filter(enterprise -> !gaps.containsKey(enterprise)
                            || !gaps.get(enterprise).contains(from))
                    .toList();
            if (gaps.isEmpty() || !pulled.isEmpty()) {
                boolean all = pulled.size() == configured.get(connection).size();
                parts.add(new Part(new Interval(start, bounds.higher(start)), all ? List.of() : pulled));
            }
        }
        return parts;
    }

    /**
     * @return the covered time in which none of these was pulled
     * @throws IllegalArgumentException when that is not the same time for all of them
     */
    static IntervalSet gaps(Transaction tx, String connection, List<String> enterprises, Interval within)
            throws SQLException {
        IntervalSet same = null;
        for (String enterprise : enterprises) {
            IntervalSet gaps = gaps(tx, connection, enterprise).within(IntervalSet.of(List.of(within)));
            if (same != null && !same.equals(gaps)) {
                throw new IllegalArgumentException("the enterprises were added at different times");
            }
            same = gaps;
        }
        return same;
    }

    /** Their time is pulled. */
    static void filled(Transaction tx, Window window) throws SQLException {
        IntervalSet pulled = IntervalSet.of(window.start(), window.end());
        for (String enterprise : window.enterprises()) {
            IntervalSet gaps = gaps(tx, window.connection(), enterprise);
            if (!gaps.within(pulled).isEmpty()) {
                store(tx, window.connection(), enterprise, gaps.minus(pulled));
            }
        }
    }

    /** @return the ends of gaps: the dedupe keys there are needed as long as these are */
    static List<Long> edges(Transaction tx, String connection) throws SQLException {
        return list(tx, connection).stream()
                .flatMap(gap -> List.of(gap.interval().start(), gap.interval().end()).stream())
                .distinct()
                .toList();
    }

    private record Gap(String enterprise, Interval interval) {}

    private static List<Gap> list(Transaction tx, String connection) throws SQLException {
        return tx.list(
                "SELECT enterprise, start_ns, end_ns FROM enterprise_gap WHERE connection = ?",
                row -> new Gap(row.getString(1), new Interval(row.getLong(2), row.getLong(3))),
                connection);
    }

    private static IntervalSet gaps(Transaction tx, String connection, String enterprise) throws SQLException {
        return IntervalSet.of(tx.list(
                "SELECT start_ns, end_ns FROM enterprise_gap WHERE connection = ? AND enterprise = ?",
                CoveredTime::interval,
                connection,
                enterprise.toLowerCase(Locale.ROOT)));
    }

    private static void store(Transaction tx, String connection, String enterprise, IntervalSet gaps)
            throws SQLException {
        String id = enterprise.toLowerCase(Locale.ROOT);
        tx.update("DELETE FROM enterprise_gap WHERE connection = ? AND enterprise = ?", connection, id);
        tx.batch(
                "INSERT INTO enterprise_gap (connection, enterprise, start_ns, end_ns) VALUES (?, ?, ?, ?)",
                gaps.intervals().stream()
                        .map(gap -> new Object[] {connection, id, gap.start(), gap.end()})
                        .toList());
    }
}
