package io.threadpost.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.audit.AuditLog.Operator;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.testing.TestNode;

/** An action and its entry in the audit log take effect together. */
@OnBothDatabases
class AuditLogTest {
    private static final Operator OPERATOR = new Operator("token", "127.0.0.1");
    private static final String ENTRIES = "SELECT who, origin, action, target, result FROM audit_entry ORDER BY id";

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture database;
    private TestNode node;
    private AuditLog audit;

    @BeforeEach
    void open() {
        database = LedgerFixture.create(dialect, folder);
        node = new TestNode(database.ledger());
        audit = node.get(AuditLog.class);
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    private int act(Runnable work) {
        return audit.record(
                OPERATOR,
                "spools/hold",
                "spool files",
                () -> {
                    work.run();
                    return 3;
                },
                done -> "held " + done,
                failure -> "failed");
    }

    private int hold(String spool) {
        return database.change("INSERT INTO spool_hold (spool, since, reason) VALUES (?, 1, '')", spool);
    }

    @Test
    void entryIsThereAsSoonAsTheFirstChangeIs() {
        act(() -> {
            hold("files");
            assertThat(database.rows(ENTRIES)).containsExactly("token|127.0.0.1|spools/hold|spool files|null");
            hold("digest");
        });

        assertThat(database.rows(ENTRIES)).containsExactly("token|127.0.0.1|spools/hold|spool files|held 3");
    }

    @Test
    void changeThatFailsLeavesNoEntryOfItself() {
        assertThatThrownBy(() -> act(() -> database.ledger().write(tx -> {
                    tx.update("INSERT INTO spool_hold (spool, since, reason) VALUES ('files', 1, '')");
                    throw new IllegalStateException("broken");
                })))
                .hasMessage("broken");

        assertThat(database.rows("SELECT spool FROM spool_hold")).isEmpty();
        assertThat(database.rows(ENTRIES)).containsExactly("token|127.0.0.1|spools/hold|spool files|failed");
    }

    @Test
    void actionThatChangesNothingIsRecordedToo() {
        act(() -> {});

        assertThat(database.rows(ENTRIES)).containsExactly("token|127.0.0.1|spools/hold|spool files|held 3");
    }

    @Test
    void nothingIsRecordedOfWhatComesAfterTheAction() {
        act(() -> hold("files"));
        hold("digest");

        assertThat(database.rows(ENTRIES)).hasSize(1);
    }

    @Test
    void personsAreThereByTheirHash() {
        audit.record(
                OPERATOR,
                "spools/dead/discard",
                "key 3fa8@2026-11-22T10:00:00Z <a1@shop.example> Jana.Nová@Guest.example",
                () -> 1,
                done -> "",
                failure -> "");

        String entry = database.rows(ENTRIES).get(0);
        assertThat(entry).contains("key 3fa8@2026-11-22T10:00:00Z").doesNotContainIgnoringCase("guest", "shop", "jana");
        String person = database.ledger().write(tx -> audit.person(tx, " jana.nová@guest.example"));
        assertThat(person).matches("person:[0-9a-f]{32}");
        assertThat(entry).contains(person);
    }

    @Test
    void oldEntriesAreRemoved() {
        act(() -> hold("files"));
        database.change("UPDATE audit_entry SET at = 0");
        act(() -> {});

        audit.purge();

        assertThat(audit.list(Long.MAX_VALUE, 10)).hasSize(1);
        assertThat(audit.list(1, 10)).isEqualTo(List.of());
    }
}
