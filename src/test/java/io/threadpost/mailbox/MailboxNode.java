package io.threadpost.mailbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.camel.spi.Resource;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.ledger.Ledger;
import io.threadpost.mail.ErasedMails;
import io.threadpost.mail.MailRepository;
import io.threadpost.network.HttpAccess;
import io.threadpost.retry.Backoff;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.testing.TestNode;

/** One process that watches mailboxes: the shipped route on a plain Camel context, over a real ledger. */
final class MailboxNode extends TestNode {
    static final Backoff SOON = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

    final MailRepository mailRepository = get(MailRepository.class);
    final MailboxLedger ledger;
    final RunTimeSecrets secrets = get(RunTimeSecrets.class);
    /** How long it waits after a failure; may be changed before it starts. */
    MailboxWatcher.Pace pace = new MailboxWatcher.Pace(SOON, SOON, 1000);

    /**
     * @param home its working directory
     * @param more settings, the mailbox's port among them
     */
    MailboxNode(Ledger database, Path home, Map<String, String> more) throws Exception {
        super(database, settings(more));
        camel.getPropertiesComponent().addOverrideProperty("threadpost.mail.on", "true");
        camel.getShutdownStrategy().setTimeout(20);
        replace(
                MessageLocations.class,
                new MessageLocations(
                        database, get(ErasedMails.class), new Backoff(Duration.ofMillis(20), Duration.ofMillis(100))));
        ledger = get(MailboxLedger.class);
        MailboxWatchers watchers =
                new MailboxWatchers(
                        settings,
                        ledger,
                        new ImapLogins(settings.ledger(), home, secrets, get(HttpAccess.class)),
                        get(Heartbeats.class)) {
                    @Override
                    MailboxWatcher.Pace pace() {
                        return pace;
                    }

                    @Override
                    Duration poll(MailboxSettings mailbox) {
                        return Duration.ofMillis(50);
                    }
                };
        replace(MailboxWatchers.class, watchers);
        addAll("spool", "mailbox");
        camel.start();
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example"));
        given.putAll(more);
        if (!given.containsKey("threadpost.mail.oauth.token-url")) {
            given.putIfAbsent("threadpost.mail.password", "secret-of-the-mailbox");
        }
        given.values().removeIf(String::isEmpty);
        return given;
    }

    /** Runs the shipped route. */
    MailboxNode start() throws Exception {
        loadShipped("receive-mail.camel.yaml");
        return this;
    }

    MailboxNode route(Resource yaml) throws Exception {
        load(yaml);
        return this;
    }

    MailboxStates.MailboxState state() {
        return ledger.states().find("main").orElseThrow();
    }
}
