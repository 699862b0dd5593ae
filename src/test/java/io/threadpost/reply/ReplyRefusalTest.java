package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.DeadItems;
import io.threadpost.testing.ScriptedMailServer;

/** What a mail server that refuses or defers a reply does to it, to its thread, and to the replies behind it. */
@Proves(Promise.EVERY_REPLY_IS_ONE_MAIL)
class ReplyRefusalTest extends ReplyBehaviour {
    private static final String TOLD = "SELECT thread, text FROM message_add ORDER BY id";

    private final ScriptedMailServer server = new ScriptedMailServer();

    @AfterEach
    void close() {
        server.close();
    }

    private ReplyNode start(SandboxPlatform platform) throws Exception {
        return node(platform, "threadpost.smtp.port", String.valueOf(server.port()))
                .start();
    }

    @Test
    void aRefusedReplyIsReportedInItsThreadAndHoldsNoOtherOneUp() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        server.answer("RCPT TO:<gone@", "550 5.1.1 no such user, see https://help.example/5");
        ReplyNode node = start(platform);
        String thread = conversation(platform, node, "gone@guest.example", "Arrival");
        String other = conversation(platform, node, "guest@guest.example", "Other");
        platform.conversations().staffAnswers(thread, "First");
        platform.conversations().staffAnswers(thread, "Second");
        platform.conversations().staffAnswers(other, "Third");
        awaitStates("refused|2", "sent|1");

        String told = thread + "|The reply could not be delivered to gone@guest.example:"
                + " 550 5.1.1 no such user, see [link]";
        assertThat(rows(TOLD)).containsExactly(told, told);
        assertThat(rows("SELECT DISTINCT why FROM reply WHERE state = 'refused'"))
                .containsExactly("550 5.1.1 no such user, see https://help.example/5");
        await().until(() ->
                rows("SELECT id FROM spool_parcel WHERE state = 'dead'").size() == 2);

        server.answer("RCPT TO:<gone@", "");
        DeadItems dead = node.get(DeadItems.class);
        assertThat(dead.replay(new DeadItems.Selection("replies", null, null))).isEqualTo(2);
        awaitStates("sent|3");
        assertThat(rows(TOLD)).hasSize(2);
    }

    /** A program of the hotel that answers each report would never end. */
    @Test
    void repliesThatCannotBeDeliveredStopAfterThree() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        server.answer("RCPT TO:", "550 5.1.1 no such user");
        ReplyNode node = start(platform);
        String thread = conversation(platform, node, "gone@guest.example", "Arrival");
        for (int i = 1; i <= 4; i++) {
            platform.conversations().staffAnswers(thread, "Sorry to hear that, " + i);
            int settled = i;
            await().until(() ->
                    rows("SELECT message FROM reply WHERE state <> 'waiting'").size() == settled);
        }

        assertThat(rows(STATES)).containsExactly("refused|3", "withheld|1");
        assertThat(rows("SELECT stopped FROM conversation"))
                .containsExactly("the last 3 replies could not be delivered");
    }

    @Test
    void aDeferredReplyGoesBeforeTheNextOne() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        server.answer("RCPT TO:", "450 4.7.1 greylisted");
        ReplyNode node = start(platform);
        String thread = conversation(platform, node, "guest@guest.example", "Arrival");
        platform.conversations().staffAnswers(thread, "First");
        await().until(() -> !rows("SELECT id FROM spool_parcel WHERE error LIKE '%greylisted%'")
                .isEmpty());
        server.answer("RCPT TO:", "");
        platform.conversations().staffAnswers(thread, "Second");
        await().until(() -> rows("SELECT why FROM reply ORDER BY created, place")
                .equals(List.of("null", "an earlier reply of its thread comes first")));
        assertThat(server.taken()).isEmpty();

        ledger.change("UPDATE spool_parcel SET due = 0 WHERE error LIKE '%greylisted%'");
        awaitStates("sent|2");
        assertThat(server.taken())
                .extracting(mail -> mail.text().contains("First"))
                .containsExactly(true, false);
    }
}
