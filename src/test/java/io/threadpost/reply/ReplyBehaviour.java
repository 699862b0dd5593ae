package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.conversation.Conversation;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.MailServer;

/** What the tests of replies share: a platform, a ledger, a mail server, and processes on them. */
abstract class ReplyBehaviour {
    static final String STATES = "SELECT state, COUNT(*) FROM reply GROUP BY state ORDER BY state";

    @TempDir
    Path folder;

    LedgerFixture ledger;
    Path templates;
    final MailServer mails = MailServer.started();
    private final List<AutoCloseable> opened = new ArrayList<>();

    Dialect dialect() {
        return Dialect.SQLITE;
    }

    @BeforeEach
    void openLedger() throws Exception {
        templates = Files.createDirectory(folder.resolve("templates"));
        ledger = LedgerFixture.create(dialect(), folder);
    }

    @AfterEach
    void closeEverything() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        ledger.close();
        mails.close();
    }

    SandboxPlatform platform(SandboxOptions options) {
        SandboxPlatform platform = SandboxPlatform.start(options.noLimit());
        opened.add(platform);
        return platform;
    }

    /** @param overrides key and value in turn */
    ReplyNode node(SandboxPlatform platform, String... overrides) throws Exception {
        return node(platform, ledger.ledger(), overrides);
    }

    ReplyNode node(SandboxPlatform platform, Ledger on, String... overrides) throws Exception {
        return node(platform.address(), on, overrides);
    }

    ReplyNode node(URI platform, Ledger on, String... overrides) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("threadpost.smtp.port", String.valueOf(mails.port()));
        settings.put("threadpost.digest.templates", templates.toString());
        for (int i = 0; i < overrides.length; i += 2) {
            settings.put(overrides[i], overrides[i + 1]);
        }
        ReplyNode node = new ReplyNode(on, platform, settings);
        opened.add(node);
        return node;
    }

    /** Ends the process that was opened last. */
    void closeLast() throws Exception {
        opened.remove(opened.size() - 1).close();
    }

    /** A mail of this guest has become a thread. */
    String conversation(SandboxPlatform platform, ReplyNode node, String guest, String subject) {
        String thread = platform.addThread(platform.now(), guest, subject);
        mail(thread, guest, subject, Instant.now());
        ledger.ledger()
                .write(tx -> node.conversations.begin(
                        tx,
                        new Conversation.Beginning(
                                thread, "main", "main", 1, guest, "Žofie", subject, platform.now(), null, false)));
        return thread;
    }

    /**
     * A mail of this guest is in the thread.
     *
     * @return its Message-ID
     */
    String mail(String thread, String guest, String subject, Instant received) {
        return mail(thread, guest, subject, received, "the same words");
    }

    String mail(String thread, String guest, String subject, Instant received, String fingerprint) {
        return ledger.ledger().write(tx -> {
            long number = tx.insert(
                    "INSERT INTO mail (mailbox, identity, item_key, connection, received, staged, bytes, state,"
                            + " changed, thread, sender, subject, fingerprint)"
                            + " VALUES ('main', ?, ?, 'main', ?, ?, 1, 'thread', ?, ?, ?, ?, ?)"
                            + " RETURNING id",
                    thread + received,
                    thread + received,
                    received.toEpochMilli(),
                    received.toEpochMilli(),
                    received.toEpochMilli(),
                    thread,
                    guest,
                    subject,
                    fingerprint);
            String id = "<mail-" + number + "@guest.example>";
            tx.update(
                    "INSERT INTO mail_reference (mail, message_id, kind, position) VALUES (?, ?, 'own', 0)",
                    number,
                    id);
            return id;
        });
    }

    void awaitMails(int count) {
        await().until(() -> mails.arrived().size() >= count);
    }

    void awaitStates(String... states) {
        await().until(() -> rows(STATES).equals(List.of(states)));
    }

    List<String> rows(String sql, Object... parameters) {
        return ledger.rows(sql, parameters);
    }

    static Set<String> ids(List<MimeMessage> mails) throws MessagingException {
        Set<String> ids = new TreeSet<>();
        for (MimeMessage mail : mails) {
            ids.add(mail.getMessageID());
        }
        return ids;
    }

    static String part(MimeMessage mail, int part) throws Exception {
        return ((MimeMultipart) mail.getContent())
                .getBodyPart(part)
                .getContent()
                .toString()
                .replace("\r\n", "\n");
    }
}
