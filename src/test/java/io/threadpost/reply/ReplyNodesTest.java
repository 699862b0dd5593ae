package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** Several processes on one ledger. */
@Proves(Promise.EVERY_REPLY_IS_ONE_MAIL)
class ReplyNodesTest extends ReplyBehaviour {
    @Override
    Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Test
    void severalProcessesSendEachReplyOnce() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        List<ReplyNode> nodes = List.of(node(platform), node(platform), node(platform));
        List<String> threads = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            threads.add(conversation(platform, nodes.get(0), "guest" + i + "@guest.example", "Arrival " + i));
        }
        for (ReplyNode node : nodes) {
            node.start();
        }
        for (int round = 0; round < 3; round++) {
            for (String thread : threads) {
                platform.conversations().staffAnswers(thread, "Answer " + round);
            }
        }
        awaitStates("sent|30");
        await().until(() ->
                rows("SELECT id FROM spool_parcel WHERE state <> 'finished'").isEmpty());
        assertThat(mails.arrived()).hasSize(30);
        assertThat(ids(mails.arrived())).hasSize(30);
    }
}
