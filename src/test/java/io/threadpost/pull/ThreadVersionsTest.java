package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.pull.VersionBlock.Version;

/** Dedupe keys against the simplest model of them: a set. */
@OnBothDatabases
@Proves(Promise.EVERY_VERSION_IS_DELIVERED)
class ThreadVersionsTest {
    private static final List<String> CONNECTIONS = List.of("main", "other");

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture ledger;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(dialect, folder);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void pagesOfAnyKindBringEachVersionOnce() {
        for (int seed = 0; seed < 12; seed++) {
            new Trial(seed).run(50);
            ledger.change("DELETE FROM thread_version_block");
            ledger.change("DELETE FROM thread_version");
        }
    }

    @Test
    void nodesThatCommitTheSamePagesAtOnceBringEachVersionOnce() throws Exception {
        List<List<Version>> pages = new ArrayList<>();
        Random random = new Random(7);
        for (int page = 0; page < 30; page++) {
            List<Version> versions = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                versions.add(new Version(random.nextInt(1000), new UUID(0, random.nextInt(200)).toString()));
            }
            pages.add(versions);
        }
        List<Future<List<Version>>> nodes = new ArrayList<>();
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            for (int node = 0; node < 3; node++) {
                ThreadVersions versions = new ThreadVersions(ledger.ledger(), 1 << 20, folder);
                nodes.add(executor.submit(() -> {
                    List<Version> fresh = new ArrayList<>();
                    for (List<Version> page : pages) {
                        versions.known("main", page);
                        BitSet indices = ledger.ledger().write(tx -> versions.commit(tx, "main", page));
                        indices.stream().mapToObj(page::get).forEach(fresh::add);
                    }
                    return fresh;
                }));
            }
            List<Version> all = new ArrayList<>();
            for (Future<List<Version>> node : nodes) {
                all.addAll(node.get());
            }
            Set<Version> expected = new HashSet<>();
            pages.forEach(expected::addAll);
            assertThat(all).doesNotHaveDuplicates().hasSameElementsAs(expected);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whatIsForgottenLeavesTheLedgerThoughItsPageSpansMore() {
        ThreadVersions versions = new ThreadVersions(ledger.ledger(), 1 << 20, folder);
        List<Version> page = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            page.add(new Version(i, new UUID(1, i).toString()));
        }
        Collections.shuffle(page, new Random(1));
        for (int from = 0; from < page.size(); from += 10) {
            List<Version> part = page.subList(from, from + 10);
            ledger.ledger().write(tx -> versions.commit(tx, "main", part));
        }
        versions.forget("main", 9, 990);
        assertThat(ledger.rows("SELECT SUM(size) FROM thread_version_block")).containsExactly("20");
        assertThat(versions.count("main", 5, 992)).isEqualTo(5 + 3);
        assertThat(versions.known("main", page)).hasSize(20);
        versions.forget("main", -1, 1000);
        assertThat(ledger.rows("SELECT * FROM thread_version_block")).isEmpty();
    }

    @Test
    void nothingIsForgottenWhereAWindowIsOpenAgain() {
        ThreadVersions versions = new ThreadVersions(ledger.ledger(), 1 << 20, folder);
        List<Version> page = List.of(new Version(500, new UUID(1, 1).toString()));
        ledger.ledger().write(tx -> versions.commit(tx, "main", page));
        ledger.change("INSERT INTO pull_window (connection, kind, start_ns, end_ns, state, created)"
                + " VALUES ('main', 'backfill', 400, 600, 'open', 0)");

        versions.forget("main", 0, 1000);
        assertThat(versions.known("main", page)).hasSize(1);

        ledger.change("UPDATE pull_window SET state = 'closed'");
        versions.forget("main", 0, 1000);
        assertThat(versions.known("main", page)).isEmpty();
    }

    /** Random pages, overlaps, rollbacks, restarts, purges, three nodes, and a ledger from before there were blocks. */
    private final class Trial {
        private static final int TIMES = 400;

        private final int seed;
        private final Random random;
        private final List<ThreadVersions> nodes = new ArrayList<>();
        private final List<Set<Version>> committed = List.of(new LinkedHashSet<>(), new LinkedHashSet<>());
        private final List<Set<Version>> forgotten = List.of(new HashSet<>(), new HashSet<>());

        Trial(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void run(int steps) {
            for (int node = 0; node < 3; node++) {
                nodes.add(node());
            }
            before();
            for (int step = 0; step < steps; step++) {
                int connection = random.nextInt(CONNECTIONS.size());
                switch (random.nextInt(12)) {
                    case 0 -> nodes.set(random.nextInt(nodes.size()), node());
                    case 1 -> forget(connection);
                    case 2 -> rollBack(connection);
                    case 3 -> count(connection);
                    default -> commit(connection);
                }
            }
        }

        /** Some have memory for all versions, some for few, some for none; one has no file for the others. */
        private ThreadVersions node() {
            Path file = folder.resolve("ledger.db");
            return new ThreadVersions(
                    ledger.ledger(),
                    List.of(0, 10_000, 1_000_000).get(random.nextInt(3)),
                    random.nextInt(4) == 0 ? file : folder);
        }

        private void before() {
            for (Version version : seed % 3 == 0 ? List.<Version>of() : page(0)) {
                ledger.change(
                        "INSERT INTO thread_version (connection, updated_ns, id) VALUES (?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        "main",
                        version.updated(),
                        version.id());
                committed.get(0).add(version);
            }
        }

        private void commit(int connection) {
            ThreadVersions node = nodes.get(random.nextInt(nodes.size()));
            List<Version> page = page(connection);
            if (random.nextInt(4) > 0) {
                known(node, connection, page);
            }
            BitSet fresh = ledger.ledger().write(tx -> node.commit(tx, CONNECTIONS.get(connection), page));
            Set<Version> seen = new HashSet<>();
            for (int i = 0; i < page.size(); i++) {
                Version version = page.get(i);
                boolean again = !seen.add(version) || committed.get(connection).contains(version);
                if (again || !forgotten.get(connection).contains(version)) {
                    assertThat(fresh.get(i)).as("seed %d: %s", seed, version).isEqualTo(!again);
                }
            }
            committed.get(connection).addAll(page);
            forgotten.get(connection).removeAll(page);
        }

        private void known(ThreadVersions node, int connection, List<Version> page) {
            Set<Version> expected = new HashSet<>(page);
            expected.retainAll(committed.get(connection));
            Set<Version> known = new HashSet<>(node.known(CONNECTIONS.get(connection), page));
            known.removeAll(forgotten.get(connection));
            assertThat(known).as("seed %d", seed).isEqualTo(expected);
        }

        private void rollBack(int connection) {
            ThreadVersions node = nodes.get(random.nextInt(nodes.size()));
            List<Version> page = page(connection);
            node.known(CONNECTIONS.get(connection), page);
            try {
                ledger.ledger().write(tx -> {
                    node.commit(tx, CONNECTIONS.get(connection), page);
                    node.commit(tx, CONNECTIONS.get(connection), page(connection));
                    throw new IllegalStateException("rolled back");
                });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("rolled back");
            }
        }

        private void forget(int connection) {
            long from = random.nextInt(TIMES);
            long to = from + random.nextInt(TIMES);
            ThreadVersions node = nodes.get(random.nextInt(nodes.size()));
            node.forget(CONNECTIONS.get(connection), from, to);
            node.compact();
            committed.get(connection).removeIf(version -> {
                boolean gone = version.updated() > from && version.updated() < to;
                return gone && forgotten.get(connection).add(version);
            });
        }

        private void count(int connection) {
            long from = random.nextInt(TIMES);
            long to = from + random.nextInt(TIMES);
            long expected = committed.get(connection).stream()
                    .filter(version -> version.updated() >= from && version.updated() <= to)
                    .count();
            long known = nodes.get(random.nextInt(nodes.size())).count(CONNECTIONS.get(connection), from, to);
            assertThat(known).as("seed %d", seed).isEqualTo(expected);
        }

        /** New versions and old ones, in the order of their times or in none; ids of all kinds. */
        private List<Version> page(int connection) {
            List<Version> page = new ArrayList<>();
            List<Version> old = new ArrayList<>(committed.get(connection));
            int size = 1 + random.nextInt(40);
            int from = random.nextInt(TIMES);
            int width = random.nextBoolean() ? TIMES : 10;
            for (int i = 0; i < size; i++) {
                if (!old.isEmpty() && random.nextInt(3) == 0) {
                    page.add(old.get(random.nextInt(old.size())));
                } else {
                    page.add(new Version(from + random.nextInt(width), id()));
                }
            }
            return page;
        }

        private String id() {
            String uuid = new UUID(random.nextInt(3), random.nextInt(20)).toString();
            return switch (random.nextInt(8)) {
                case 0 -> uuid.toUpperCase(Locale.ROOT).replace('0', 'A');
                case 1 -> "thread " + random.nextInt(20);
                case 2 -> "f\u00fcr \ud83d\ude00 " + random.nextInt(20);
                case 3 -> uuid.replace('-', '0');
                default -> uuid;
            };
        }
    }
}
