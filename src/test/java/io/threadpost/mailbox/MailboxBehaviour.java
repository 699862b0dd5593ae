package io.threadpost.mailbox;

import static io.threadpost.testing.Patience.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.testing.ModelImapServer;

/** Shared by the tests of mailboxes: a ledger for each dialect, a server in memory, and a process that watches it. */
abstract class MailboxBehaviour {
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    static final Instant LAST_YEAR = NOW.minus(Duration.ofDays(400));

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    final ModelImapServer server = new ModelImapServer();
    LedgerFixture ledger;
    MailboxNode node;

    @BeforeEach
    void openLedger() {
        ledger = LedgerFixture.create(dialect, folder);
    }

    @AfterEach
    void stopEverything() {
        if (node != null) {
            node.close();
        }
        server.close();
        ledger.close();
    }

    /**
     * Starts to watch, and waits for the first look.
     *
     * @param more settings, key and value by turns
     */
    void watch(String... more) throws Exception {
        begin(more);
        looked();
    }

    void begin(String... more) throws Exception {
        node(more).start();
    }

    void begin(MailboxWatcher.Pace pace, String... more) throws Exception {
        node(more).pace = pace;
        node.start();
    }

    private MailboxNode node(String... more) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("threadpost.mail.port", String.valueOf(server.port())));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        node = new MailboxNode(ledger.ledger(), folder, settings);
        return node;
    }

    /** Waits for a look that begins from now on, and ends. */
    void looked() {
        Instant from = Instant.now();
        await().until(() -> node.ledger
                .states()
                .find("main")
                .map(MailboxStates.MailboxState::looked)
                .filter(looked -> looked.isAfter(from))
                .isPresent());
        int commands = server.commands().size();
        await().until(() -> server.commands().stream()
                        .skip(commands)
                        .filter(command -> command.startsWith("EXAMINE INBOX"))
                        .count()
                >= 2);
    }

    /** Stops the process, as a crash leaves it or not, and starts another one. */
    void again(String... more) throws Exception {
        node.close();
        watch(more);
    }

    static String mail(String id) {
        return mail(id, "Hello");
    }

    static String mail(String id, String body) {
        return "Message-ID: <" + id + "@guest.example>\r\nFrom: guest@guest.example\r\nSubject: " + id + "\r\n\r\n"
                + body + "\r\n";
    }

    long put(String id) {
        return server.put("INBOX", mail(id), Instant.now());
    }

    /** @return the text of all mails that were staged, in order */
    List<String> staged() {
        return ledger.rows("SELECT id FROM mail ORDER BY id").stream()
                .map(number -> text(Long.parseLong(number)))
                .toList();
    }

    private String text(long number) {
        try (var in = node.mailRepository.raw(number)) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    void awaitStaged(int count) {
        await().until(() -> ledger.rows("SELECT id FROM mail").size() >= count);
    }

    /** All that waits becomes threads. */
    void becomeThreads() {
        ledger.rows("SELECT id FROM mail WHERE state = 'waiting'")
                .forEach(number -> node.mailRepository.added(Long.parseLong(number), "thread-" + number));
    }

    List<String> texts(String folder) {
        return server.mails(folder).values().stream()
                .map(ModelImapServer.Kept::text)
                .toList();
    }

    List<String> commands(String beginning) {
        return server.commands().stream()
                .filter(command -> command.startsWith(beginning))
                .toList();
    }
}
