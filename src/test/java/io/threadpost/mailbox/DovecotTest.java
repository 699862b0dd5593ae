package io.threadpost.mailbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import io.threadpost.ledger.WithLedger;
import io.threadpost.testing.DovecotServer;

/** The same with a real server, where there is one. */
@EnabledIf("io.threadpost.testing.DovecotServer#installed")
class DovecotTest extends WithLedger {
    private DovecotServer server;
    private MailboxNode node;

    @BeforeEach
    void startServer() {
        server = new DovecotServer();
    }

    @AfterEach
    void stopEverything() {
        if (node != null) {
            node.close();
        }
        server.close();
    }

    private void watch(String start) throws Exception {
        node = new MailboxNode(
                        ledger.ledger(),
                        folder,
                        Map.of("threadpost.mail.port", String.valueOf(server.port()), "threadpost.mail.start", start))
                .start();
        await().until(() -> node.ledger
                .states()
                .find("main")
                .filter(main -> main.looked() != null)
                .isPresent());
    }

    private static byte[] mail(String id) {
        return MailboxBehaviour.mail(id).getBytes(StandardCharsets.ISO_8859_1);
    }

    private int staged() {
        return ledger.rows("SELECT id FROM mail").size();
    }

    private void becomeThreads() {
        ledger.change("UPDATE mail SET state = 'thread' WHERE state = 'waiting'");
    }

    @Test
    void newMailsAreStagedAndMovedAndStayUnread() throws Exception {
        IntStream.range(0, 300)
                .forEach(i -> server.deliver(mail("old " + i), Instant.now().minus(Duration.ofDays(1))));
        server.mark("T");
        watch("now");
        IntStream.range(0, 20).forEach(i -> server.deliver(mail("new " + i), Instant.now()));
        await().until(() -> staged() == 20);
        becomeThreads();

        await().until(() -> server.files("Done").size() == 20);
        assertThat(server.files("Done")).allMatch(name -> !name.matches(".*:2,.*[ST].*"));
        assertThat(server.files("")).hasSize(300).allMatch(name -> name.endsWith(":2,T"));
        node.close();
        assertThat(server.files("")).hasSize(300);
        assertThat(server.log()).doesNotContain("Error").doesNotContain("BAD");
    }

    @Test
    void numberedAnewNothingComesTwice() throws Exception {
        IntStream.range(0, 30)
                .forEach(i -> server.deliver(mail("old " + i), Instant.now().minus(Duration.ofDays(400))));
        watch("P30D");
        IntStream.range(0, 150).forEach(i -> server.deliver(mail("new " + i), Instant.now()));
        await().until(() -> staged() == 150);

        server.renumber();
        server.deliver(mail("after"), Instant.now());
        await().until(() -> staged() == 151);
        assertThat(ledger.rows("SELECT DISTINCT validity FROM mailbox_era")).hasSize(2);
        becomeThreads();
        await().until(() -> server.files("Done").size() == 151);
        assertThat(node.state().heldSince()).isNull();
    }

    @Test
    void serverThatIsStoppedAndStartedIsNoLoss() throws Exception {
        watch("everything");
        server.stop();
        await().until(() -> node.state().downSince() != null);
        server.deliver(mail("meanwhile"), Instant.now());
        server.start();

        await().until(() -> staged() == 1);
        await().until(() -> node.state().downSince() == null);
    }

    @Test
    void largeMailIsTheSameByteForByte() throws Exception {
        watch("now");
        String large = MailboxBehaviour.mail("large") + "0123456789abcdef\r\n".repeat(600_000);
        server.deliver(large.getBytes(StandardCharsets.ISO_8859_1), Instant.now());

        await().until(() -> staged() == 1);
        try (var raw = node.mailRepository.raw(1)) {
            assertThat(raw.readAllBytes()).isEqualTo(large.getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
