package io.threadpost.routefiles;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.WithLedger;

/** What the tests of live route files share: a folder for them, and a ledger that outlives the process. */
abstract class LiveFolder extends WithLedger {
    @TempDir
    Path temporary;

    Path routes;

    @BeforeEach
    void makeFolder() throws Exception {
        routes = Files.createDirectory(temporary.resolve("routes"));
    }

    LiveRoutes start() throws Exception {
        return new LiveRoutes(routes, ledger.ledger());
    }

    void put(String name, String text) throws Exception {
        Files.writeString(routes.resolve(name), text);
    }
}
