package io.threadpost.digest;

import static io.threadpost.testing.Patience.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.testing.MailServer;

/** What the tests of digests share: a ledger, a mail server, a folder for templates, and processes on them. */
abstract class DigestBehaviour {
    static final String DEAD = "SELECT spool, attempts, error FROM spool_parcel WHERE state = 'dead' ORDER BY id";

    @TempDir
    Path folder;

    Path templates;
    LedgerFixture database;
    Duration timeout = Duration.ofSeconds(20);
    final MailServer mails = MailServer.started();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void openLedger() throws Exception {
        templates = Files.createDirectory(folder.resolve("templates"));
        database = LedgerFixture.create(Dialect.SQLITE, folder);
    }

    @AfterEach
    void closeEverything() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        database.close();
        mails.close();
    }

    /** @param overrides key and value in turn */
    DigestNode node(String... overrides) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("threadpost.smtp.port", String.valueOf(mails.port()));
        settings.put("threadpost.digest.templates", templates.toString());
        for (int i = 0; i < overrides.length; i += 2) {
            settings.put(overrides[i], overrides[i + 1]);
        }
        DigestNode node = new DigestNode(database.ledger(), settings, timeout);
        opened.add(node);
        return node;
    }

    void awaitMails(int count) {
        await().until(() -> mails.arrived().size() == count);
    }

    /** Waits until nothing lies in the spools any more but dead items. */
    void awaitDrained() {
        await().until(() -> database.rows("SELECT id FROM spool_parcel WHERE state = 'waiting'")
                .isEmpty());
    }

    List<String> rows(String sql) {
        return database.rows(sql);
    }
}
