package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.settings.SpoolSettings;

/** Shared by the tests of the spool: a ledger for each dialect, and processes on it. */
abstract class SpoolBehaviour {
    static final Duration SOON = Duration.ofSeconds(20);

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    LedgerFixture database;
    private final List<LedgerFixture> databases = new ArrayList<>();
    private final List<SpoolNode> nodes = new ArrayList<>();

    @BeforeEach
    void openLedger() {
        database = LedgerFixture.create(dialect, folder);
        databases.add(database);
    }

    @AfterEach
    void closeEverything() throws Exception {
        for (SpoolNode node : nodes) {
            node.close();
        }
        databases.forEach(LedgerFixture::close);
    }

    SpoolNode node() throws Exception {
        return node(SpoolNode.QUICK);
    }

    SpoolNode node(SpoolSettings settings) throws Exception {
        SpoolNode node = new SpoolNode(database.ledger(), settings);
        nodes.add(node);
        return node;
    }

    /** The process is killed now, and another one starts. From here on the ledger is what the killed one left. */
    SpoolNode crash() throws Exception {
        database = database.afterCrash(folder);
        databases.add(database);
        return node();
    }

    /** A route that hands each exchange of a spool to a processor. */
    static RouteBuilder drain(String uri, Processor work) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri).routeId("drain").process(work);
            }
        };
    }

    List<String> rows(String sql, Object... parameters) {
        return database.rows(sql, parameters);
    }

    void awaitRows(String sql, String... expected) {
        await().untilAsserted(() -> assertThat(rows(sql)).containsExactly(expected));
    }

    /** Waits until everything in the spool has left it: nothing waits, nothing is held. */
    void awaitDrained(String spool) {
        await().untilAsserted(() -> assertThat(
                        rows("SELECT id FROM spool_parcel WHERE spool = ? AND state = 'waiting'", spool))
                .isEmpty());
    }
}
