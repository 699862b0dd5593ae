package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** The calls for messages: what goes out, and what each answer becomes. */
class MessagesTest extends WithLedger {
    private static final String THREAD = "8d02142f-31cf-4115-90bf-ae5200c7a1ba";
    private static final String MESSAGE = "{\"Id\":\"m1\",\"MessageThreadId\":\"" + THREAD
            + "\",\"Text\":\"Gr\\u00fc\\u00dfe\\n\",\"Sender\":{\"Discriminator\":\"Enterprise\",\"Value\":null},"
            + "\"CreatedUtc\":\"2026-01-01T00:00:00.5Z\",\"New\":1.10}";
    private static final List<NewMessage> TWO =
            List.of(new NewMessage(THREAD, "one", "a"), new NewMessage(THREAD, "two", "b"));

    private CannedPlatform platform;
    private ConnectorNode node;

    @BeforeEach
    void start() throws Exception {
        platform = new CannedPlatform(request -> Answer.of(200, "{\"Messages\":[],\"Cursor\":null}"));
        node = new ConnectorNode(
                ledger.ledger(),
                platform.address(),
                Map.of("threadpost.connections.main.enterprise-ids", SandboxOptions.ENTERPRISE.toString()));
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
    }

    private MessagePage get(MessageQuery messageQuery) {
        return node.client().getMessages("main", Priority.LIVE, messageQuery);
    }

    private AddedMessages add() {
        return node.client().addMessages("main", TWO, null);
    }

    private ConnectorException addFails() {
        return catchThrowableOfType(ConnectorException.class, this::add);
    }

    @Test
    void aQueryIsWhatThePlatformDocuments() {
        MessageQuery query = MessageQuery.of(List.of(THREAD));
        get(query);
        get(query.created(Instant.parse("2026-01-31T00:00:00.0009Z"), Instant.parse("2026-02-28T00:00:00Z"))
                .after("c1")
                .count(7));

        String credentials = "{\"ClientToken\":\"" + SandboxOptions.CLIENT_TOKEN + "\",\"AccessToken\":\""
                + SandboxOptions.ACCESS_TOKEN + "\",\"Client\":\"Threadpost 1.0.0\",";
        assertThat(platform.requests().get(0).findValue("Limitation")).hasToString("{\"Count\":1000}");
        JsonNode second = platform.requests().get(1);
        assertThat(second.toString()).startsWith(credentials);
        assertThat(second.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "ClientToken", "AccessToken", "Client", "MessageThreadIds", "CreatedUtc", "Limitation");
        assertThat(second.get("MessageThreadIds")).hasToString("[\"" + THREAD + "\"]");
        assertThat(second.get("CreatedUtc").get("StartUtc").textValue()).isEqualTo("2026-01-31T00:00:00Z");
        assertThat(second.get("Limitation").get("Cursor").textValue()).isEqualTo("c1");
    }

    @Test
    void whatThePlatformWouldRefuseIsNoQuery() {
        Instant now = Instant.parse("2026-01-31T00:00:00Z");
        MessageQuery query = MessageQuery.of(List.of(THREAD));
        assertThatThrownBy(() -> MessageQuery.of(List.of())).hasMessageContaining("1 to 1000 threads, not 0");
        assertThatThrownBy(() -> MessageQuery.of(Collections.nCopies(1001, THREAD)))
                .hasMessageContaining("not 1001");
        assertThatThrownBy(() -> query.count(0)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> query.count(1001)).hasMessageContaining("not 1001");
        assertThatThrownBy(() -> query.created(now, now.plusSeconds(28 * 86_400 + 1)))
                .hasMessageContaining("at most one month");
        assertThatThrownBy(() -> query.created(now, now.minusSeconds(1))).hasMessageContaining("at most one month");
    }

    @Test
    void aPageIsItsMessagesAsTheyWereWritten() {
        String other = "{ \"Sender\":\"Application\" , \"Id\":\"m0\",\"Text\":5}";
        platform.script(request ->
                Answer.of(200, "{\"New\":[{}],\"Messages\":[" + MESSAGE + " , " + other + "],\"Cursor\":\"m0\"}"));

        MessagePage page = get(MessageQuery.of(List.of(THREAD)));

        assertThat(page.cursor()).isEqualTo("m0");
        assertThat(page).extracting(Object::toString).containsExactly(MESSAGE, other);
        PlatformMessage first = page.messages().get(0);
        assertThat(first.id()).isEqualTo("m1");
        assertThat(first.threadId()).isEqualTo(THREAD);
        assertThat(first.text()).isEqualTo("Grüße\n");
        assertThat(first.isFromEnterprise()).isTrue();
        assertThat(first.createdUtc()).isEqualTo("2026-01-01T00:00:00.5Z");
        PlatformMessage second = page.messages().get(1);
        assertThat(second.sender()).isEqualTo(PlatformMessage.APPLICATION);
        assertThat(second.text()).isNull();
    }

    @Test
    void anEmptyPageNeedsNoContent() {
        platform.script(request -> Answer.of(204, ""));

        assertThat(get(MessageQuery.of(List.of(THREAD)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html></html>",
                "",
                "[]",
                "{}",
                "{\"Messages\":null}",
                "{\"MessageThreads\":[]}",
                "{\"Messages\":["
            })
    void whatIsNoPageIsNoAnswer(String body) {
        platform.script(request -> Answer.of(200, body));

        assertThatThrownBy(() -> get(MessageQuery.of(List.of(THREAD))))
                .isInstanceOfSatisfying(ConnectorException.class, failure -> assertThat(failure.failure())
                        .isEqualTo(ConnectorFailure.NO_ANSWER))
                .hasMessageStartingWith("messages/getAll: an answer of ");
        assertThat(addFails().failure()).isEqualTo(ConnectorFailure.NO_ANSWER);
        assertThat(platform.requests()).hasSize(2);
    }

    @Test
    void addedMessagesAreFoundByTheirIdentifierInTheOrderOfTheRequest() {
        platform.script(request -> Answer.of(200, answer(entry("b", "m2"), entry("a", "m1"))));

        AddedMessages added = add();

        assertThat(added.byIdentifier()).containsOnlyKeys("a", "b");
        assertThat(added.byIdentifier().get("a").id()).isEqualTo("m1");
        assertThat(added).extracting(message -> message.get("Id")).containsExactly("m1", "m2");
        assertThat(platform.requests()).singleElement().satisfies(request -> {
            assertThat(request.has("EnterpriseIds")).isFalse();
            assertThat(request.get("Messages"))
                    .hasToString("[{\"MessageThreadId\":\"" + THREAD + "\",\"Text\":\"one\",\"Identifier\":\"a\"},"
                            + "{\"MessageThreadId\":\"" + THREAD + "\",\"Text\":\"two\",\"Identifier\":\"b\"}]");
        });
    }

    static List<String> incomplete() {
        return List.of(
                answer(),
                answer(entry("a", "m1")),
                answer(entry("a", "m1"), entry("a", "m2")),
                answer(entry("a", "m1"), entry("c", "m2")),
                answer(entry("a", "m1"), "{\"Identifier\":\"b\",\"Message\":null}"),
                answer(entry("a", "m1"), "{\"Identifier\":\"b\",\"Message\":{\"Text\":\"two\"}}"),
                answer(entry("a", "m1"), "{\"Identifier\":null,\"Message\":{\"Id\":\"m2\"}}"),
                answer(entry("a", "m1"), entry("b", "m2"), entry("c", "m3")),
                answer(entry("a", "m1"), "null"));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void anAnswerThatDoesNotNameEachMessageIsNoAnswer(String body) {
        platform.script(request -> Answer.of(200, body));

        assertThat(addFails().failure()).isEqualTo(ConnectorFailure.NO_ANSWER);
        assertThat(platform.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID, false",
        "401, UNAUTHORIZED, false",
        "403, FORBIDDEN, false",
        "404, NOT_FOUND, false",
        "408, TOO_HEAVY, true",
        "409, CONFLICT, true",
        "413, TOO_LARGE, false",
        "429, RATE_LIMITED, false",
        "500, UNAVAILABLE, true",
        "204, UNEXPECTED, true"
    })
    void aFailedAddSaysWhetherItMayHaveTakenEffectAndIsNotRepeated(
            int status, ConnectorFailure expected, boolean unknown) {
        platform.script(request -> new Answer(
                status, Map.of("Request-Id", "r-1"), status == 204 ? "" : "{\"Message\":\"Not like this.\"}"));

        ConnectorException failure = addFails();

        assertThat(failure.failure()).isEqualTo(expected);
        assertThat(failure.failure().mayHaveTakenEffect()).isEqualTo(unknown);
        assertThat(failure)
                .hasMessage("messages/add answered " + status + " (Request-Id r-1)"
                        + (status == 204 ? "" : ": Not like this.") + "; "
                        + (unknown
                                ? "the platform may have added the messages;"
                                        + " read their threads before adding them again"
                                : expected.advice()));
        assertThat(platform.requests()).hasSize(1);
    }

    @Test
    void aRouteSendsMapsAndGetsTheMessages() {
        platform.script(request -> Answer.of(200, answer(entry("0", "m1"))));

        Exchange exchange = node.call(
                "add-messages", asked -> asked.getMessage().setBody(Map.of("MessageThreadId", THREAD, "Text", "one")));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(List.class))
                .singleElement()
                .hasToString("{\"Id\":\"m1\",\"MessageThreadId\":\"" + THREAD + "\"}");
    }

    /** Of two routes with one id Camel runs only one. */
    @Test
    void noRouteFileHasARouteWithAnIdOfTheConnectors() throws Exception {
        assertThat(new ThreadpostVocabulary().routes()).containsExactlyInAnyOrderElementsOf(node.routeIds());
        Pattern id = Pattern.compile("(?m)^ +id: (\\S+)$");
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                assertThat(id.matcher(Files.readString(file)).results().map(found -> found.group(1)))
                        .as(file.toString())
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(node.routeIds());
            }
        }
    }

    @Test
    void whatIsNoMessageIsOneClearLineWithoutItsTextAndNoRequest() {
        List<Object> bodies =
                List.of("secret", List.of(), Map.of("Text", "secret"), List.of("secret"), Map.of("Messages", "secret"));
        for (Object body : bodies) {
            assertThat(node.call("add-messages", asked -> asked.getMessage().setBody(body))
                            .getException())
                    .hasMessage("messages/add: the body must be a map of MessageThreadId and Text,"
                            + " or a list of 1 to 1000 such maps");
        }
        Map<String, String> twice = Map.of("MessageThreadId", THREAD, "Text", "secret", "Identifier", "i");
        assertThat(node.call("add-messages", asked -> asked.getMessage().setBody(List.of(twice, twice)))
                        .getException())
                .hasMessage("messages/add: two messages have the same Identifier");
        assertThatThrownBy(() -> new NewMessage(UUID.randomUUID().toString(), "", "i"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(platform.requests()).isEmpty();
    }

    private static String answer(String... entries) {
        return "{\"Messages\":[" + String.join(",", entries) + "]}";
    }

    private static String entry(String identifier, String id) {
        return "{\"Message\":{\"Id\":\"" + id + "\",\"MessageThreadId\":\"" + THREAD + "\"},\"Identifier\":\""
                + identifier + "\"}";
    }
}
