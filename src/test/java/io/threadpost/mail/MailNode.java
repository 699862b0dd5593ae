package io.threadpost.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import org.apache.camel.Processor;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.ledger.Ledger;
import io.threadpost.spool.Spools;
import io.threadpost.testing.TestNode;

/** The classes of the package {@code mail} on a ledger, as one process has them. */
final class MailNode extends TestNode {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final Spools spools = get(Spools.class);
    final MailRepository mailRepository = get(MailRepository.class);
    final MailActions actions = get(MailActions.class);
    final MailStatus status = get(MailStatus.class);
    final MailMaintenance upkeep = get(MailMaintenance.class);
    final ParkedMailRetention parked = get(ParkedMailRetention.class);
    private final Path folder;

    MailNode(Ledger ledger, Path folder, Map<String, String> more) throws Exception {
        super(ledger, Map.of("threadpost.spool.backoff", "20ms", "threadpost.spool.backoff-max", "100ms"), more);
        this.folder = folder;
        addAll("spool", "mail");
    }

    /** Stages a mail as the mailbox does. */
    MailRepository.Staged stage(byte[] raw) {
        return stage("main", raw, NOON);
    }

    MailRepository.Staged stage(String raw) {
        return stage(raw.getBytes(StandardCharsets.UTF_8));
    }

    MailRepository.Staged stage(String mailbox, byte[] raw, Instant received) {
        Path file = folder.resolve("mail-" + System.nanoTime());
        try {
            Files.write(file, raw);
            return stage(IncomingMail.of(mailbox, "hotel", received, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MailRepository.Staged stage(IncomingMail incomingMail) {
        MailRepository.Staged staged = get(Ledger.class).write(tx -> mailRepository.stage(tx, incomingMail));
        mailRepository.wake();
        return staged;
    }

    /** Runs a route file, with a stand-in for the call to the platform. */
    void run(String name, String yaml, Processor addThread) throws Exception {
        camel.getRegistry().bind("addThread", addThread);
        camel.start();
        load(ResourceHelper.fromString(name + ".camel.yaml", yaml));
    }

    void remove(String route) throws Exception {
        camel.getRouteController().stopRoute(route);
        camel.removeRoute(route);
    }
}
