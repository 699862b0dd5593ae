package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxMessage;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** The calls for messages against a platform that is as strict as the real one. */
class MessagesWithSandboxTest extends WithLedger {
    private SandboxPlatform platform;
    private ConnectorNode node;
    private String thread;

    @BeforeEach
    void start() throws Exception {
        platform = SandboxPlatform.start(new SandboxOptions().extraFields(true));
        thread = platform.addThread(Instant.parse("2026-01-01T00:00:00Z"), "Anna", "A room");
        node = new ConnectorNode(ledger.ledger(), platform.address(), Map.of());
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
    }

    private AddedMessages add(NewMessage... messages) {
        return node.client().addMessages("main", List.of(messages), null);
    }

    private List<String> texts() {
        return platform.conversations().messages(thread).stream()
                .map(SandboxMessage::text)
                .toList();
    }

    @Test
    void aConversationIsReadPageByPage() {
        AddedMessages added = add(IntStream.range(0, 12)
                .mapToObj(i -> new NewMessage(thread, "text " + i, "id " + i))
                .toArray(NewMessage[]::new));
        String reply = platform.conversations().staffAnswers(thread, "Grüße");

        List<PlatformMessage> read = new ArrayList<>();
        MessageQuery query = MessageQuery.of(List.of(thread))
                .count(5)
                .created(
                        platform.now().minus(Duration.ofDays(1)), platform.now().plus(Duration.ofDays(1)));
        MessagePage page;
        do {
            page = node.client().getMessages("main", Priority.LIVE, query);
            read.addAll(page.messages());
            query = query.after(page.cursor());
        } while (page.cursor() != null);

        assertThat(texts()).hasSize(13).startsWith("text 0", "text 1", "text 2");
        assertThat(read).hasSize(13);
        assertThat(read)
                .filteredOn(message -> !message.isFromEnterprise())
                .extracting(PlatformMessage::id)
                .containsExactlyInAnyOrderElementsOf(added.byIdentifier().values().stream()
                        .map(PlatformMessage::id)
                        .toList());
        assertThat(read)
                .filteredOn(PlatformMessage::isFromEnterprise)
                .singleElement()
                .satisfies(message -> {
                    assertThat(message.id()).isEqualTo(reply);
                    assertThat(message.threadId()).isEqualTo(thread);
                    assertThat(message.text()).isEqualTo("Grüße");
                    assertThat(message.json().toString()).contains("\"Rating\":1.10");
                });
        assertThat(platform.refusals()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "LOST_ADD", "TRUNCATED_BODY", "FALSE_ERROR"})
    void aLostAnswerIsAnUnknownOutcomeAndNothingIsSentTwice(FaultKind fault) {
        platform.setFaults(Faults.none().with(fault, Chance.ALWAYS));

        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> add(new NewMessage(thread, "text", "i")));

        assertThat(failure.failure().mayHaveTakenEffect()).isTrue();
        assertThat(failure).hasMessageContaining("read their threads before adding them again");
        assertThat(platform.requests()).hasSize(1);
        assertThat(texts()).hasSize(fault == FaultKind.RESET ? 0 : 1);
    }

    @Test
    void aThreadThatDoesNotExistIsInvalidAndNothingIsAdded() {
        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> add(
                        new NewMessage(thread, "text", "a"),
                        new NewMessage(UUID.randomUUID().toString(), "text", "b")));

        assertThat(failure.failure()).isEqualTo(ConnectorFailure.INVALID);
        assertThat(texts()).isEmpty();
    }

    @Test
    void callsForMessagesCountAgainstTheBudgetOfTheToken() {
        add(new NewMessage(thread, "text", "a"));
        node.client().getMessages("main", Priority.LIVE, MessageQuery.of(List.of(thread)));

        assertThat(ledger.rows("SELECT id FROM request_slot")).hasSize(2);
    }
}
