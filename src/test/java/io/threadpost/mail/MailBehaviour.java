package io.threadpost.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;

/** Shared by the tests of mails that need a ledger: one for each dialect. */
abstract class MailBehaviour {
    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    LedgerFixture database;
    MailNode node;

    @BeforeEach
    void openLedger() throws Exception {
        database = LedgerFixture.create(dialect, folder);
        node = new MailNode(database.ledger(), folder, Map.of());
    }

    @AfterEach
    void closeEverything() {
        node.close();
        database.close();
    }

    List<String> rows(String sql, Object... parameters) {
        return database.rows(sql, parameters);
    }
}
