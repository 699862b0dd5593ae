package io.threadpost.benchmark;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;

import io.threadpost.journey.Arrivals;
import io.threadpost.journey.JourneyRecorder;
import io.threadpost.journey.JourneySearch;
import io.threadpost.journey.Journeys;
import io.threadpost.journey.StoredParcel;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.testing.TestNode;

/**
 * Records the journeys of many versions, and prints what a search by id, by subject, and for something that is not
 * there takes.
 */
public final class JourneySearchBenchmark {
    private JourneySearchBenchmark() {}

    /** @param arguments versions (default 1000000), versions of a page (default 1000), sqlite or postgresql */
    public static void main(String[] arguments) throws Exception {
        int versions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int page = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1000;
        Dialect dialect =
                arguments.length > 2 ? Dialect.valueOf(arguments[2].toUpperCase(Locale.ROOT)) : Dialect.SQLITE;
        Path folder = Files.createTempDirectory(Path.of("target"), "journeys");
        LedgerFixture fixture = LedgerFixture.create(dialect, folder);
        try (TestNode node = new TestNode(fixture.ledger(), Map.of())) {
            List<String> some = fill(fixture.ledger(), node.get(JourneyRecorder.class), versions, page);
            Journeys journeys = node.get(Journeys.class);
            for (int round = 0; round < 3; round++) {
                for (String id : some) {
                    time("by id", () -> journeys.of(id).versions().size());
                }
                time("an unknown id", () -> journeys.of(UUID.randomUUID().toString())
                        .versions()
                        .size());
                time("by subject, 1 of all", () -> journeys.find(search("Subject " + versions / 2 + " "))
                        .hits()
                        .size());
                time("by the subject of a new mail", () -> journeys.find(search("mail " + (versions - 9) + " "))
                        .hits()
                        .size());
                time(
                        "by subject, unknown",
                        () -> journeys.find(search("nobody wrote this")).hits().size());
            }
        } finally {
            fixture.close();
        }
        if (dialect == Dialect.SQLITE) {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    System.out.printf(Locale.ROOT, "%s: %,d bytes%n", file.getFileName(), Files.size(file));
                }
            }
        }
    }

    private static JourneySearch search(String subject) {
        return new JourneySearch(null, subject, null, Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"), 10);
    }

    private static List<String> fill(Ledger ledger, JourneyRecorder recorder, int versions, int page) {
        Random random = new Random(1);
        List<String> some = new ArrayList<>();
        long nanos = 0;
        long begun = System.nanoTime();
        // Small pages share a commit, since it is the search that is measured.
        int commit = Math.max(page, 1000);
        for (int from = 0; from < versions; from += commit) {
            int begin = from;
            nanos += ledger.write(tx -> {
                long before = System.nanoTime();
                for (int first = begin; first < begin + commit; first += page) {
                    Arrivals arrivals = new Arrivals("main", 1, first / page + 1);
                    for (int i = first; i < first + page; i++) {
                        String id = new UUID(random.nextLong(), random.nextLong()).toString();
                        if (i % (versions / 3) == versions / 7) {
                            some.add(id);
                        }
                        String subject = "Subject " + i + " of a breakfast in room " + i % 500;
                        arrivals.sent(arrivals.add(id, 1_000_000_000L * i, null, subject, "Guest " + i), "files", 1);
                    }
                    arrivals.stored("files", List.of(new StoredParcel(first + 1L, page)));
                    recorder.record(tx, arrivals);
                }
                return System.nanoTime() - before;
            });
        }
        ledger.write(tx -> tx.update(
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO mail"
                        + " (mailbox, identity, item_key, connection, received, staged, bytes, state, changed, sender,"
                        + " sender_text, subject) SELECT 'in', 'mail ' || i, 'key ' || i, 'main', i, i, 4000, 'thread',"
                        + " i, 'guest' || i || '@mail.example', 'Guest <guest' || i || '@mail.example>',"
                        + " 'Mail ' || i || ' about a breakfast' FROM n",
                versions));
        System.out.printf(
                Locale.ROOT,
                "%,d versions in %,d pages: recorded in %.2f us each, %.2f us with the commit%n",
                versions,
                versions / page,
                nanos / 1e3 / versions,
                (System.nanoTime() - begun) / 1e3 / versions);
        return some;
    }

    private static void time(String what, Callable<Integer> search) throws Exception {
        long before = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        int found = search.call();
        System.out.printf(
                Locale.ROOT,
                "%s: %d found in %.0f ms, of which %.0f ms of this process's processor time%n",
                what,
                found,
                (System.nanoTime() - before) / 1e6,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6);
    }
}
