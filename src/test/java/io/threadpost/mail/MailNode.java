package io.threadpost.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.Processor;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.add.AddParts;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.SpoolParts;
import io.threadpost.spool.Spools;

/** The classes of the package {@code mail} on a ledger, as one process has them. */
final class MailNode implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final DefaultCamelContext camel = new DefaultCamelContext();
    final Settings settings;
    final Spools spools;
    final MailRepository mailRepository;
    final MailActions actions;
    final MailStatus status;
    final MailMaintenance upkeep;
    final ParkedMailRetention parked;
    private final Ledger ledger;
    private final Path folder;

    MailNode(Ledger ledger, Path folder, Map<String, String> more) {
        Map<String, String> values = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access"));
        values.put("threadpost.spool.backoff", "20ms");
        values.put("threadpost.spool.backoff-max", "100ms");
        values.putAll(more);
        this.ledger = ledger;
        this.folder = folder;
        settings = TestSettings.of(values);
        camel.getShutdownStrategy().setTimeout(10);
        spools = SpoolParts.add(camel, ledger, settings);
        mailRepository = new MailRepository(ledger, spools, new RawMailStore(ledger));
        DeadItems dead = SpoolParts.dead(ledger, spools);
        actions = new MailActions(ledger, mailRepository, AddParts.actions(), dead);
        status = new MailStatus(ledger);
        parked = new ParkedMailRetention(ledger, dead, settings);
        upkeep = new MailMaintenance(ledger, dead, SpoolParts.status(camel, ledger), settings);
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
        MailRepository.Staged staged = ledger.write(tx -> mailRepository.stage(tx, incomingMail));
        mailRepository.wake();
        return staged;
    }

    /** Runs a route file, with a stand-in for the call to the platform. */
    void run(String name, String yaml, Processor addThread) throws Exception {
        camel.getRegistry().bind("addThread", addThread);
        camel.getRegistry().bind("settleMail", new SettleMailProcessor(mailRepository));
        camel.getRegistry()
                .bind(
                        "stageMessages",
                        new StageMessagesProcessor(AddParts.messages(camel, ledger, spools, settings), settings));
        camel.getRegistry().bind("readMail", new ReadMailProcessor(mailRepository));
        if (camel.hasComponent("mail") == null) {
            MailComponent component = new MailComponent(mailRepository);
            camel.addComponent("mail", component);
        }
        camel.start();
        Resource resource = ResourceHelper.fromString(name + ".camel.yaml", yaml);
        PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
    }

    void remove(String route) throws Exception {
        camel.getRouteController().stopRoute(route);
        camel.removeRoute(route);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
