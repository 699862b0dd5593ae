package io.threadpost.routefiles;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;

/** What the tests of live route files share: a folder for them, and a ledger that outlives the process. */
abstract class LiveFolder {
    @TempDir
    Path temporary;

    Path folder;
    LedgerFixture ledger;

    @BeforeEach
    void open() throws Exception {
        folder = Files.createDirectory(temporary.resolve("routes"));
        ledger = LedgerFixture.create(Dialect.SQLITE, temporary);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    LiveRoutes start() throws Exception {
        return new LiveRoutes(folder, ledger.ledger());
    }

    void put(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text);
    }
}
