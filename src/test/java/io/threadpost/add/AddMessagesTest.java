package io.threadpost.add;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.MessageOptions;
import io.threadpost.sandbox.SandboxMessage;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** Each staged text becomes one message of its thread, in order, whatever the platform answers. */
@OnBothDatabases
@Proves(Promise.EVERY_MAIL_IS_ONE_MESSAGE)
class AddMessagesTest extends AddBehaviour {
    @Parameter
    Dialect dialect;

    @Override
    Dialect dialect() {
        return dialect;
    }

    private static String thread(SandboxPlatform platform) {
        return platform.addThread(platform.now(), "Zoë", "Parking");
    }

    private static List<String> texts(SandboxPlatform platform, String thread) {
        return platform.conversations().messages(thread).stream()
                .map(SandboxMessage::text)
                .toList();
    }

    private void allSettled() {
        await().until(() -> ledger.rows("SELECT id FROM spool_parcel WHERE state = 'waiting'")
                .isEmpty());
        assertThat(ledger.rows("SELECT item_key FROM message_add WHERE state <> 'added'"))
                .isEmpty();
    }

    private static Faults messages(FaultKind kind, Chance chance) {
        return Faults.none().only("messages/add").with(kind, chance);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultKind.class,
            names = {"LOST_ADD", "FALSE_ERROR", "FAILED_ADD", "TRUNCATED_BODY", "RESET", "TOO_MANY_REQUESTS"})
    void eachTextIsOneMessageInItsOrder(FaultKind fault) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .faults(messages(fault, Chance.every(4))
                        .errorStatus(408, 500)
                        .addVisibleAfter(Duration.ofMillis(500))));
        AddNode node = node(platform);
        List<String> threads = List.of(thread(platform), thread(platform));
        List<String> expected = new ArrayList<>();
        for (int mail = 0; mail < 3; mail++) {
            List<String> texts = List.of("(1/2) Mail " + mail, "(2/2) Yes");
            for (String thread : threads) {
                node.messageStaging.stage(mail, "main", thread + mail, thread, texts);
            }
            expected.addAll(texts);
        }

        node.startMessages(4);

        allSettled();
        assertThat(threads)
                .allSatisfy(thread -> assertThat(texts(platform, thread)).isEqualTo(expected));
        assertThat(ledger.rows("SELECT text FROM message_add WHERE text IS NOT NULL"))
                .isEmpty();
        assertThat(platform.refusals()).isEmpty();
    }

    @Test
    void aMessageThatThePlatformCutsIsRecognised() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .messages(new MessageOptions().cut(40, "…"))
                .faults(messages(FaultKind.LOST_ADD, Chance.every(2))));
        AddNode node = node(platform);
        String thread = thread(platform);
        List<String> texts = IntStream.range(0, 4)
                .mapToObj(
                        number -> "Question " + number + ": is there a car park\r\n for a long  van behind the house?")
                .toList();

        node.messageStaging.stage(1, "main", "mail", thread, texts);
        node.startMessages(1);

        allSettled();
        assertThat(texts(platform, thread))
                .hasSize(4)
                .allMatch(text -> text.endsWith("…"))
                .extracting(text -> text.substring(0, 10))
                .containsExactly("Question 0", "Question 1", "Question 2", "Question 3");
    }

    @Test
    void stagedTwiceIsStagedOnce() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        String thread = thread(platform);

        assertThat(node.messageStaging.stage(1, "main", "mail", thread, List.of("Hello")))
                .isTrue();
        assertThat(node.messageStaging.stage(1, "main", "mail", thread, List.of("Hello", "again")))
                .isFalse();
        node.startMessages(1);

        allSettled();
        assertThat(texts(platform, thread)).containsExactly("Hello");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProcessThatWasKilledAfterItsIntentAddsOneMessage(boolean sent) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        String thread = thread(platform);
        node.messageStaging.stage(1, "main", "mail", thread, List.of("Yes"));
        node.messageStaging.stage(2, "main", "next", thread, List.of("Yes"));
        MessageAddLedger killed =
                new MessageAddLedger(ledger.ledger(), null, new AttemptClock(ledger.ledger(), node.settings));
        assertThat(killed.recordIntent(
                        killed.messages("main", "mail").get(0), platform.now().toEpochMilli()))
                .isTrue();
        if (sent) {
            platform.conversations().clientAdds(thread, "Yes");
        }

        node.startMessages(2);

        allSettled();
        assertThat(texts(platform, thread)).containsExactly("Yes", "Yes");
        assertThat(ledger.rows("SELECT attempts FROM message_add ORDER BY id")).containsExactly(sent ? "1" : "2", "1");
    }

    @Test
    void anOlderMessageAlikeAndOneOfTheHotelAreNotAdopted() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        String thread = thread(platform);
        platform.conversations().clientAdds(thread, "Yes");
        platform.conversations().staffAnswers(thread, "Yes");
        node.messageStaging.stage(1, "main", "mail", thread, List.of("Yes"));
        MessageAddLedger killed =
                new MessageAddLedger(ledger.ledger(), null, new AttemptClock(ledger.ledger(), node.settings));
        killed.recordIntent(
                killed.messages("main", "mail").get(0),
                platform.now().plus(Duration.ofMinutes(6)).toEpochMilli());

        node.startMessages(1);

        allSettled();
        assertThat(texts(platform, thread)).containsExactly("Yes", "Yes", "Yes");
    }

    @ParameterizedTest
    @CsvSource({"400, refused-400", "403, refused-403", "413, refused-413"})
    void aRefusedMessageIsDeadAloneAndCanBeReplayed(int status, String code) throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().messages(new MessageOptions().refuse(Map.of("forbidden", status))));
        AddNode node = node(platform);
        String thread = thread(platform);
        node.messageStaging.stage(1, "main", "first", thread, List.of("Hello"));
        node.messageStaging.stage(2, "main", "second", thread, List.of("(1/2) forbidden", "(2/2) more"));
        node.messageStaging.stage(3, "main", "third", thread, List.of("Bye"));

        node.startMessages(1);

        await().until(() -> texts(platform, thread).equals(List.of("Hello", "Bye")));
        await().until(() -> ledger.rows("SELECT item_key FROM spool_parcel WHERE state = 'dead'")
                .equals(List.of("second")));
        assertThat(ledger.rows("SELECT error FROM spool_parcel WHERE state = 'dead'")
                        .get(0))
                .contains("No message about forbidden");
        assertThat(ledger.rows("SELECT state, code FROM message_add WHERE item_key = 'second' ORDER BY part"))
                .containsExactly("refused|" + code, "refused|" + code);
        ledger.change("UPDATE message_add SET text = 'allowed' WHERE item_key = 'second' AND part = 0");
        ledger.change("UPDATE spool_parcel SET state = 'waiting', attempts = 0, due = 0 WHERE state = 'dead'");
        allSettled();
        assertThat(texts(platform, thread)).containsExactly("Hello", "Bye", "allowed", "(2/2) more");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aTokenThatMayNotAddMessagesLeavesThreadsWorking(int status) throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().messages(new MessageOptions().refuse(Map.of("e", status))));
        AddNode node = node(platform);
        String thread = thread(platform);
        node.messageStaging.stage(1, "main", "one", thread, List.of("Hello"));
        node.startMessages(1);
        await().until(() -> node.status.connections().get(0).messagesPause() != null);

        node.start(1).put("mail", "Zoë", "Late arrival");

        await().until(() -> node.ended.size() == 1);
        AddStatus.Connection connection = node.status.connections().get(0);
        assertThat(connection.pause()).isNull();
        assertThat(connection.messagesPause().refused()).isTrue();
        assertThat(ledger.rows("SELECT state, attempts FROM message_add")).containsExactly("staged|0");
        assertThat(ledger.rows("SELECT id FROM spool_parcel WHERE state = 'dead'"))
                .isEmpty();
    }

    @Test
    void aThreadThatIsGoneRefusesItsMessages() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        String thread = thread(platform);
        platform.conversations().delete(thread);
        node.messageStaging.stage(1, "main", "mail", thread, List.of("Hello"));

        node.startMessages(1);

        await().until(() -> ledger.rows("SELECT code FROM message_add WHERE state = 'refused'")
                .equals(List.of("refused-400")));
    }

    @Test
    void anItemThatIsDeadHoldsUpNoOtherMessage() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        String thread = thread(platform);
        node.messageStaging.stage(1, "main", "first", thread, List.of("Hello"));
        node.messageStaging.stage(2, "main", "second", thread, List.of("Bye"));
        ledger.change("UPDATE spool_parcel SET state = 'dead', alone = TRUE, connection = 'main', item_key = 'first',"
                + " error = 'it failed' WHERE id = (SELECT MIN(id) FROM spool_parcel)");
        MessageMaintenance maintenance = node.get(MessageMaintenance.class);
        MessageStatus status = node.get(MessageStatus.class);

        maintenance.run();
        node.startMessages(1);

        await().until(() -> texts(platform, thread).equals(List.of("Bye")));
        MessageStatus.Text first = status.texts(List.of(1L, 2L, 3L)).get(1L);
        assertThat(first.state()).isEqualTo(MessageStatus.State.REFUSED);
        assertThat(first.why()).contains("it failed");

        ledger.change("UPDATE spool_parcel SET state = 'discarded' WHERE state = 'dead'");
        ledger.change("UPDATE message_add SET touched = 0");
        maintenance.run();

        assertThat(status.texts(List.of(1L)).get(1L).state()).isEqualTo(MessageStatus.State.DISCARDED);
    }
}
