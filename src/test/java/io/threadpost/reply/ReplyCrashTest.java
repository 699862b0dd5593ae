package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.mail.internet.MimeMessage;

import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** What a process leaves that dies at each moment of a reply, and a platform that fails. */
@Proves(Promise.EVERY_REPLY_IS_ONE_MAIL)
class ReplyCrashTest extends ReplyBehaviour {
    /** Each is the step in whose place, or after whose work, the process dies. */
    @ParameterizedTest
    @ValueSource(strings = {"before sendMail", "after sendMail", "after settleReply"})
    void aReplyOfAProcessThatDiesIsSentByTheNextOne(String moment) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode dying = node(platform);
        String step = moment.replaceFirst(".* ", "");
        Processor real = dying.camel.getRegistry().lookupByNameAndType(step, Processor.class);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        dying.camel.getRegistry().unbind(step);
        dying.camel.getRegistry().bind(step, (Processor) exchange -> {
            if (moment.startsWith("after")) {
                real.process(exchange);
            }
            reached.countDown();
            over.await();
        });
        dying.start();
        String thread = conversation(platform, dying, "guest@guest.example", "Arrival");
        platform.conversations().staffAnswers(thread, "At three.");
        assertThat(reached.await(90, TimeUnit.SECONDS)).isTrue();

        // The process that dies goes on, on a ledger of its own: what it does from here on nobody sees.
        try (LedgerFixture after = ledger.afterCrash(folder)) {
            node(platform, after.ledger()).start();
            await().until(() -> after.rows(STATES).equals(List.of("sent|1"))
                    && after.rows("SELECT id FROM spool_parcel WHERE state <> 'finished'")
                            .isEmpty());
            assertThat(mails.arrived()).hasSize(moment.equals("after sendMail") ? 2 : 1);
            assertThat(ids(mails.arrived())).as("one Message-ID").hasSize(1);
            closeLast();
        } finally {
            over.countDown();
        }
    }

    /** Too much for one answer, and a cursor that is lost. */
    @Test
    void lessIsAskedForWhereAPageIsTooHeavy() throws Exception {
        eachReplyIsOneMail(Faults.none()
                .only("messages/getAll")
                .with(FaultKind.INVALID_CURSOR, Chance.every(11))
                .tooHeavyAbove(2));
    }

    /** Lost answers, 429, 5xx. */
    @Test
    void whateverThePlatformAnswersEachReplyIsOneMail() throws Exception {
        eachReplyIsOneMail(Faults.none()
                .only("messages/getAll")
                .with(FaultKind.TRUNCATED_BODY, Chance.every(3))
                .with(FaultKind.TOO_MANY_REQUESTS, Chance.every(4))
                .with(FaultKind.SERVER_ERROR, Chance.every(5))
                .with(FaultKind.NO_CONTENT, Chance.of(0.5)));
    }

    private void eachReplyIsOneMail(Faults faults) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions().faults(faults));
        ReplyNode node = node(platform).start();
        Map<String, String> guests = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            String guest = "guest" + i + "@guest.example";
            String thread = conversation(platform, node, guest, "Arrival " + i);
            guests.put(thread, guest);
            platform.conversations().staffAnswers(thread, "First of " + guest);
            platform.conversations().staffAnswers(thread, "Second of " + guest);
            platform.conversations().clientAdds(thread, "Not for the guest");
        }
        awaitStates("sent|8");
        assertThat(mails.arrived()).hasSize(8);
        for (MimeMessage mail : mails.arrived()) {
            assertThat(part(mail, 0))
                    .contains(" of " + mail.getAllRecipients()[0].toString().replaceAll(".*<|>", ""));
        }
    }
}
