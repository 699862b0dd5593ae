package io.threadpost.mailbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxMail;

/** What a guest writes in the sandbox is staged and moved. */
class SandboxMailboxTest extends WithLedger {
    @Test
    void mailThatAGuestWritesIsStagedAndMoved() throws Exception {
        try (SandboxMail server = SandboxMail.started()) {
            server.mailbox("front-desk@hotel.example", "right");
            try (MailboxNode node = new MailboxNode(
                            ledger.ledger(),
                            folder,
                            Map.of(
                                    "threadpost.mail.port", String.valueOf(server.imapPort()),
                                    "threadpost.mail.username", "front-desk@hotel.example",
                                    "threadpost.mail.password", "right",
                                    "threadpost.mail.start", "everything"))
                    .start()) {
                server.write("Anna <anna@guest.example>", "front-desk@hotel.example", "Late arrival", "At 23:10.");
                await().until(() -> ledger.rows("SELECT id FROM mail").size() == 1);
                ledger.change("UPDATE mail SET state = 'thread'");

                await().until(() -> !ledger.rows(
                                "SELECT 1 FROM mailbox_mail WHERE shown = 'thread' AND moved_to = 'Done'")
                        .isEmpty());
                try (var raw = node.mailRepository.raw(1)) {
                    assertThat(raw.readAllBytes())
                            .asString()
                            .contains("Subject: Late arrival\r\n")
                            .endsWith("At 23:10.\r\n");
                }
            }
        }
    }
}
