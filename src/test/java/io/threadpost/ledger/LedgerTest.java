package io.threadpost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnBothDatabases
class LedgerTest {
    private static final String PAUSE =
            "INSERT INTO spool_pause (spool, since, until, failures, reason) VALUES (?, 1, 1, 0, 'x')";

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture database;
    private Ledger ledger;

    @BeforeEach
    void open() {
        database = LedgerFixture.create(dialect, folder);
        ledger = database.ledger();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aWriteIsOnDiskWhenItReturns() {
        ledger.write(tx -> tx.update(PAUSE, "files"));

        try (LedgerFixture next = database.afterCrash(folder)) {
            assertThat(next.rows("SELECT spool FROM spool_pause")).containsExactly("files");
        }
    }

    @Test
    void aWriteThatThrowsDidNothingAndThrowsWhatItsWorkThrew() {
        IllegalStateException failure = new IllegalStateException("no");

        assertThatThrownBy(() -> ledger.write(tx -> {
                    tx.update(PAUSE, "files");
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(database.rows("SELECT spool FROM spool_pause")).isEmpty();
        ledger.write(tx -> tx.update(PAUSE, "files"));
        assertThat(database.rows("SELECT spool FROM spool_pause")).containsExactly("files");
    }

    @Test
    void aNulIsNoReasonToRefuseAText() {
        ledger.write(tx -> tx.update(PAUSE, "fi\0les"));

        assertThat(database.rows("SELECT spool FROM spool_pause")).containsExactly("fi\uFFFDles");
    }

    @Test
    void whatTheDatabaseRefusesIsALedgerException() {
        ledger.write(tx -> tx.update(PAUSE, "files"));

        assertThatThrownBy(() -> ledger.write(tx -> tx.update(PAUSE, "files")))
                .isInstanceOf(LedgerException.class)
                .hasCauseInstanceOf(SQLException.class);
        assertThatThrownBy(() -> ledger.read(tx -> tx.list("SELECT nothing FROM nowhere", row -> 1)))
                .isInstanceOf(LedgerException.class);
    }

    @Test
    void writersWaitForEachOther() throws Exception {
        ledger.write(tx -> tx.update(PAUSE, "files"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> writes = IntStream.range(0, 200)
                    .mapToObj(i -> threads.submit(() -> ledger.write(
                            tx -> tx.update("UPDATE spool_pause SET failures = failures + 1 WHERE spool = 'files'"))))
                    .toList();
            for (Future<Integer> write : writes) {
                assertThat(write.get()).isOne();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(database.rows("SELECT failures FROM spool_pause")).containsExactly("200");
    }

    @Test
    void oneTransactionHasOneNow() {
        long before = System.currentTimeMillis();
        List<Long> times = ledger.write(tx -> List.of(tx.now(), tx.now()));

        assertThat(times.get(0)).isEqualTo(times.get(1)).isBetween(before - 1000, before + 60_000);
    }

    @Test
    void numbersAreNeverUsedTwice() {
        String insert = "INSERT INTO spool_batch (spool) VALUES ('files') RETURNING number";
        long first = ledger.write(tx -> tx.insert(insert));
        ledger.write(tx -> tx.update("DELETE FROM spool_batch"));

        try (LedgerFixture next = database.afterCrash(folder)) {
            assertThat(next.ledger().<Long>write(tx -> tx.insert(insert))).isGreaterThan(first);
        }
    }
}
