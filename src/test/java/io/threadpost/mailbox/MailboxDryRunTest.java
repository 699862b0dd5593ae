package io.threadpost.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.threadpost.network.HttpAccess;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.testing.ModelImapServer;

/** What a first look would take is said beforehand, and nothing is changed by it. */
class MailboxDryRunTest {
    private final ModelImapServer server = new ModelImapServer();

    @AfterEach
    void stopServer() {
        server.close();
    }

    private MailboxDryRun.Result trial(String start) {
        Settings settings = TestSettings.of(new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access",
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(server.port()),
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example",
                "threadpost.mail.password", "secret-of-the-mailbox",
                "threadpost.mail.start", start)));
        return new MailboxDryRun(
                        settings.mailboxes().get(0), settings.ledger(), Path.of(""), new HttpAccess(settings.network()))
                .run();
    }

    @Test
    void saysHowManyItWouldTakeAndWhichFoldersItWouldMake() {
        server.put("INBOX", MailboxBehaviour.mail("old"), Instant.now().minus(Duration.ofDays(30)));
        server.put("INBOX", MailboxBehaviour.mail("since"), Instant.now().minus(Duration.ofDays(2)));
        server.put("Done", MailboxBehaviour.mail("done"), Instant.now());

        String says = "mailbox main: hotel@hotel.example@127.0.0.1/INBOX has 2 mails; a first poll would fetch %d of"
                + " them, and what comes from now on; the folders Parked, Failed would be created";
        assertThat(trial("now")).isEqualTo(new MailboxDryRun.Result(true, says.formatted(0)));
        assertThat(trial("P7D")).isEqualTo(new MailboxDryRun.Result(true, says.formatted(1)));
        assertThat(trial("everything")).isEqualTo(new MailboxDryRun.Result(true, says.formatted(2)));
        assertThat(server.folders()).isEqualTo(Set.of("INBOX", "Done"));
        assertThat(server.commands()).noneMatch(command -> command.startsWith("SELECT"));
    }

    @Test
    void saysWhatDoesNotWork() {
        server.password("another");

        assertThat(trial("now"))
                .isEqualTo(new MailboxDryRun.Result(
                        false,
                        "mailbox main: 127.0.0.1:" + server.port()
                                + ": refuses the login of hotel@hotel.example: NO [AUTHENTICATIONFAILED] wrong;"
                                + " check the user and the password, or the application's rights"));
    }
}
