package io.threadpost.ledger;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests share that need a ledger, and no matter on which database: a new one on SQLite for each. */
public abstract class WithLedger {
    /** The ledger lies in it. */
    @TempDir
    protected Path folder;

    protected LedgerFixture ledger;

    @BeforeEach
    void openLedger() {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
    }

    @AfterEach
    void closeLedger() {
        ledger.close();
    }
}
