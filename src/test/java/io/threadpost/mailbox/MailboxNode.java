package io.threadpost.mailbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.ledger.Ledger;
import io.threadpost.mail.MailParts;
import io.threadpost.mail.MailRepository;
import io.threadpost.network.HttpAccess;
import io.threadpost.retry.Backoff;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.SpoolParts;
import io.threadpost.spool.Spools;

/** One process that watches mailboxes: the shipped route on a plain Camel context, over a real ledger. */
final class MailboxNode implements AutoCloseable {
    static final Backoff SOON = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

    final CamelContext camel = new DefaultCamelContext();
    final MailRepository mailRepository;
    final MailboxLedger ledger;
    final Settings settings;
    final RunTimeSecrets secrets = new RunTimeSecrets();
    /** How long it waits after a failure; may be changed before it starts. */
    MailboxWatcher.Pace pace = new MailboxWatcher.Pace(SOON, SOON, 1000);

    /**
     * @param home its working directory
     * @param more settings, the mailbox's port among them
     */
    MailboxNode(Ledger database, Path home, Map<String, String> more) throws Exception {
        Map<String, String> given = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access",
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example"));
        given.putAll(more);
        if (!given.containsKey("threadpost.mail.oauth.token-url")) {
            given.putIfAbsent("threadpost.mail.password", "secret-of-the-mailbox");
        }
        given.values().removeIf(String::isEmpty);
        settings = TestSettings.of(given);
        given.put("threadpost.mail.on", "true");
        given.forEach(camel.getPropertiesComponent()::addOverrideProperty);
        camel.getShutdownStrategy().setTimeout(20);
        Spools spools = SpoolParts.add(camel, database, settings);
        mailRepository = MailParts.mails(database, spools);
        MessageLocations locations =
                new MessageLocations(database, new Backoff(Duration.ofMillis(20), Duration.ofMillis(100)));
        ledger = new MailboxLedger(
                new MailboxStates(database), new UidValidityPeriods(database), locations, new ProjectedState(database));
        MailboxWatchers watchers =
                new MailboxWatchers(
                        settings,
                        ledger,
                        new ImapLogins(settings.ledger(), home, secrets, new HttpAccess(settings.network())),
                        new Heartbeats()) {
                    @Override
                    MailboxWatcher.Pace pace() {
                        return pace;
                    }

                    @Override
                    Duration poll(MailboxSettings mailbox) {
                        return Duration.ofMillis(50);
                    }
                };
        camel.addComponent("mailbox", new MailboxComponent(watchers));
        camel.getRegistry().bind("stageMail", new StageMailProcessor(database, mailRepository, locations));
        camel.start();
    }

    /** Runs the shipped route. */
    MailboxNode start() throws Exception {
        return route(ResourceHelper.resolveResource(
                camel, "file:" + Path.of("routes/receive-mail.camel.yaml").toAbsolutePath()));
    }

    MailboxNode route(Resource yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(yaml);
        return this;
    }

    MailboxStates.MailboxState state() {
        return ledger.states().find("main").orElseThrow();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
