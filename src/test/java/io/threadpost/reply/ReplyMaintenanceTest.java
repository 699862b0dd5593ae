package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** How long replies are kept, and what becomes of those whose item is gone. */
@Proves(Promise.EVERY_REPLY_IS_ONE_MAIL)
class ReplyMaintenanceTest extends ReplyBehaviour {
    @Test
    void aReplyThatIsPurgedIsNotSentAgain() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform).start();
        String thread = conversation(platform, node, "guest@guest.example", "Arrival");
        platform.conversations().staffAnswers(thread, "First");
        awaitStates("sent|1");
        Instant sent = platform.now();
        ReplyMaintenance maintenance = node.get(ReplyMaintenance.class);
        assertThat(maintenance.run()).as("it is not old").isZero();

        long ahead = Instant.now().plus(Duration.ofDays(2)).toEpochMilli();
        ledger.change("UPDATE reply SET changed = 0");
        ledger.change("UPDATE conversation SET asked = ?", ahead);
        assertThat(maintenance.run()).isEqualTo(1);
        assertThat(rows("SELECT message FROM reply")).isEmpty();

        // Everything since the beginning is asked for again.
        ledger.change("UPDATE conversation SET asked = 0, moved = 1");
        await().until(() -> platform.now().isAfter(sent.plusSeconds(2)));
        platform.conversations().staffAnswers(thread, "Second");
        awaitStates("sent|1");
        assertThat(mails.arrived())
                .extracting(mail -> part(mail, 0).substring(0, 5))
                .containsExactly("First", "Secon");
    }

    @Test
    void whatIsNotAskedAboutYetIsKept() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform).start();
        String thread = conversation(platform, node, "guest@guest.example", "Arrival");
        platform.conversations().staffAnswers(thread, "First");
        awaitStates("sent|1");

        ledger.change("UPDATE reply SET changed = 0");
        assertThat(node.get(ReplyMaintenance.class).run()).isZero();
        assertThat(rows(STATES)).containsExactly("sent|1");
    }

    @Test
    void aReplyWhoseItemIsGoneIsWithheld() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform);
        String thread = conversation(platform, node, "guest@guest.example", "Arrival");
        ledger.change("INSERT INTO reply (message, connection, thread, created, seen, state, changed)"
                + " VALUES ('m', 'main', '" + thread + "', 1, 1, 'waiting', 1)");

        node.get(ReplyMaintenance.class).run();

        assertThat(rows("SELECT state, why FROM reply"))
                .containsExactly("withheld|its item left spool:replies without an outcome");
    }
}
