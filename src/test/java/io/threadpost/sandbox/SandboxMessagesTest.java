package io.threadpost.sandbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages on the sandbox platform, by its API and by its own doors. */
class SandboxMessagesTest {
    private static final String WHO = SandboxClient.CREDENTIALS;
    private static final String STRANGER = UUID.randomUUID().toString();

    private SandboxPlatform platform;
    private SandboxClient client;
    private String thread;

    private void start(MessageOptions messages) {
        start(new SandboxOptions().messages(messages));
    }

    private void start(SandboxOptions options) {
        platform = SandboxPlatform.start(options.noLimit());
        client = new SandboxClient(platform);
        thread = platform.addThread(Instant.parse("2026-01-01T00:00:00Z"), "Zoë <zoe@guest.example>", "A <b>room</b>");
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    private static String message(String threadId, String text) {
        return "{'MessageThreadId':'" + threadId + "','Text':'" + text + "'}";
    }

    private HttpResponse<String> add(String... messages) throws IOException {
        return client.call("messages/add", "{" + WHO + ",'Messages':[" + String.join(",", messages) + "]}");
    }

    private HttpResponse<String> getAll(String filter) throws IOException {
        return client.call("messages/getAll", "{" + WHO + "," + filter + "}");
    }

    private static String of(String... threads) {
        return "'MessageThreadIds':['" + String.join("','", threads) + "']";
    }

    private List<String> texts() {
        return platform.conversations().messages(thread).stream()
                .map(SandboxMessage::text)
                .toList();
    }

    @Test
    void whatIsAddedIsReadBack() throws Exception {
        start(new MessageOptions());
        JsonNode added = client.json(client.call(
                "messages/add",
                "{" + WHO + ",'Messages':[{'MessageThreadId':'" + thread
                        + "','Text':'Gr\u00fc\u00dfe\\n','Identifier':'i 1'}," + message(thread, "two") + "]}"));
        platform.conversations().staffAnswers(thread, "Welcome");

        assertThat(added.at("/Messages/0/Identifier").textValue()).isEqualTo("i 1");
        assertThat(added.at("/Messages/1/Identifier").isNull()).isTrue();
        JsonNode first = added.at("/Messages/0/Message");
        assertThat(first.toString())
                .isEqualTo("{\"Id\":" + first.get("Id") + ",\"MessageThreadId\":\"" + thread
                        + "\",\"Text\":\"Gr\u00fc\u00dfe\\n\","
                        + "\"Sender\":{\"Discriminator\":\"Application\",\"Value\":null},\"CreatedUtc\":"
                        + first.get("CreatedUtc") + "}");
        JsonNode page = client.json(getAll(of(thread) + ",'Limitation':{'Count':10}"));
        assertThat(page.get("Messages")).hasSize(3).contains(first, added.at("/Messages/1/Message"));
        assertThat(page.findValuesAsText("Discriminator"))
                .containsExactlyInAnyOrder("Enterprise", "Application", "Application");
    }

    static Stream<String> badQueries(String thread) {
        String count = ",'Limitation':{'Count':10}";
        String many = String.join("','", Collections.nCopies(1001, thread));
        return Stream.of(
                of(thread),
                "'Limitation':{'Count':10}",
                "'MessageThreadIds':[]" + count,
                "'MessageThreadIds':null" + count,
                "'MessageThreadIds':['x']" + count,
                of(many) + count,
                of(STRANGER) + count,
                of(thread, STRANGER) + count,
                of(thread) + ",'EnterpriseIds':[]" + count,
                of(thread) + ",'EnterpriseIds':['" + STRANGER + "']" + count,
                of(thread) + ",'UpdatedUtc':null" + count,
                of(thread) + ",'MessageIds':['" + STRANGER + "']" + count,
                of(thread) + ",'Limitation':{'Count':0}",
                of(thread) + ",'Limitation':{'Count':1001}",
                of(thread) + ",'Limitation':{'Count':1,'Cursor':'" + STRANGER + "'}",
                of(thread) + "," + SandboxClient.created("2026-01-31T00:00:00Z", "2026-02-28T00:00:01Z") + count,
                of(thread) + "," + SandboxClient.created("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z") + count);
    }

    static Stream<String> badAdditions(String thread) {
        return Stream.of(
                "'Messages':[]",
                "'Messages':null",
                "'Messages':{}",
                "'Messages':[null]",
                "'Messages':['x']",
                "'Messages':[" + message(thread, "") + "]",
                "'Messages':[" + message(STRANGER, "x") + "]",
                "'Messages':[" + message(thread, "x") + "," + message(STRANGER, "x") + "]",
                "'Messages':[{'MessageThreadId':'" + thread + "'}]",
                "'Messages':[{'Text':'x'}]",
                "'Messages':[{'MessageThreadId':'" + thread + "','Text':'x','Identifier':1}]",
                "'Messages':[{'MessageThreadId':'" + thread + "','Text':'x','Sender':'Enterprise'}]",
                "'Messages':[" + String.join(",", Collections.nCopies(1001, message(thread, "x"))) + "]",
                "'EnterpriseIds':['" + SandboxOptions.ENTERPRISE + "'],'Messages':[" + message(thread, "x") + "]",
                "'MessageThreadId':'" + thread + "','Text':'x'");
    }

    @Test
    void whatTheContractDoesNotAllowIsRefusedAndHasNoEffect() throws Exception {
        start(new MessageOptions());
        for (String bad : badQueries(thread).toList()) {
            assertThat(getAll(bad).statusCode()).as(bad).isEqualTo(400);
        }
        for (String bad : badAdditions(thread).toList()) {
            assertThat(client.call("messages/add", "{" + WHO + "," + bad + "}").statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
        assertThat(client.call(
                                "messages/add",
                                "{" + WHO.replace("access", "other") + ",'Messages':[" + message(thread, "x") + "]}")
                        .statusCode())
                .isEqualTo(401);
        assertThat(texts()).isEmpty();
        assertThat(platform.refusals()).hasSize(17 + 15 + 1);
        assertThat(getAll(of(thread) + "," + SandboxClient.created("2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z")
                                + ",'Limitation':{'Count':1000,'Cursor':null}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aThreadOfAnotherTokensEnterpriseIsNotKnown() throws Exception {
        UUID other = UUID.randomUUID();
        start(new SandboxOptions()
                .accessTokens(Map.of(
                        SandboxOptions.ACCESS_TOKEN, Set.of(SandboxOptions.ENTERPRISE), "other-token", Set.of(other))));
        String foreign = platform.addThread(Instant.parse("2026-01-01T00:00:00Z"), "A", "B", other);

        assertThat(add(message(foreign, "x")).statusCode()).isEqualTo(400);
        assertThat(getAll(of(foreign) + ",'Limitation':{'Count':1}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void unknownThreadsMayBeLeftOut() throws Exception {
        start(new MessageOptions().leavesOutUnknownThreads(true).senderAsText(true));
        add(message(thread, "one"));

        JsonNode page = client.json(getAll(of(STRANGER, thread) + ",'Limitation':{'Count':10}"));

        assertThat(page.at("/Messages/0/Sender").textValue()).isEqualTo("Application");
        assertThat(page.get("Messages")).hasSize(1);
    }

    @Test
    void pagesComeNewestFirstUntilTheCursorIsNull() throws Exception {
        start(new SandboxOptions().precision(TimePrecision.TICKS));
        String other = platform.addThread(Instant.parse("2026-01-01T00:00:00Z"), "A", "B");
        for (int i = 0; i < 11; i++) {
            add(message(i % 2 == 0 ? thread : other, "no " + i), message(i % 2 == 0 ? other : thread, "yes " + i));
        }
        List<String> times = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            String at = cursor == null ? "" : ",'Cursor':'" + cursor + "'";
            JsonNode page = client.json(getAll(of(thread, other) + ",'Limitation':{'Count':5" + at + "}"));
            times.addAll(page.findValuesAsText("CreatedUtc"));
            ids.addAll(page.findValuesAsText("Id"));
            cursor = page.path("Cursor").textValue();
        } while (cursor != null);

        assertThat(ids).hasSize(22).doesNotHaveDuplicates();
        assertThat(times).isSortedAccordingTo(Comparator.reverseOrder());
        String last = times.get(0);
        assertThat(client.json(getAll(of(thread, other) + "," + SandboxClient.created(last, last)
                                + ",'Limitation':{'Count':5}"))
                        .get("Messages"))
                .hasSize(2);
    }

    @Test
    void aMessageMovesItsThreadOrDoesNot() throws Exception {
        start(new MessageOptions());
        String before = platform.threadJson(thread);
        add(message(thread, "one"));
        assertThat(platform.threadJson(thread)).isNotEqualTo(before);
        platform.close();
        start(new MessageOptions().movesThread(false));
        before = platform.threadJson(thread);
        add(message(thread, "one"));
        platform.conversations().staffAnswers(thread, "two");
        assertThat(platform.threadJson(thread)).isEqualTo(before);
    }

    @Test
    void anAddCanBeLostBeforeOrAfterItsEffect() throws Exception {
        start(new MessageOptions());
        for (FaultKind kind : List.of(FaultKind.RESET, FaultKind.LOST_ADD, FaultKind.TRUNCATED_BODY)) {
            platform.setFaults(Faults.none().with(kind, Chance.ALWAYS).only("messages/add"));
            assertThatThrownBy(() -> add(message(thread, kind.name()))).isInstanceOf(IOException.class);
        }
        for (FaultKind kind : List.of(
                FaultKind.FAILED_ADD,
                FaultKind.FALSE_ERROR,
                FaultKind.SERVER_ERROR,
                FaultKind.TOO_MANY_REQUESTS,
                FaultKind.WRONG_CONTENT_TYPE)) {
            platform.setFaults(Faults.none().errorStatus(408).with(kind, Chance.ALWAYS));
            add(message(thread, kind.name()));
        }
        assertThat(texts()).containsExactly("LOST_ADD", "TRUNCATED_BODY", "FALSE_ERROR", "WRONG_CONTENT_TYPE");
        platform.setFaults(Faults.none()
                .addVisibleAfter(Duration.ofMillis(1))
                .with(FaultKind.LOST_ADD, Chance.ALWAYS)
                .only("messages/add"));
        assertThatThrownBy(() -> add(message(thread, "later"))).isInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(texts()).hasSize(5).endsWith("later"));
        assertThat(platform.requests())
                .extracting(SandboxRequest::action, SandboxRequest::fault)
                .contains(tuple("messages/add", "FALSE_ERROR"), tuple("messages/add", "LOST_ADD"));
    }

    @Test
    void readingFailsAsThreadsDo() throws Exception {
        start(new MessageOptions());
        add(message(thread, "one"), message(thread, "two"));
        String cursor = client.cursor(getAll(of(thread) + ",'Limitation':{'Count':1}"));
        String next = of(thread) + ",'Limitation':{'Count':1,'Cursor':'" + cursor + "'}";

        platform.setFaults(Faults.none().with(FaultKind.INVALID_CURSOR, Chance.ALWAYS));
        assertThat(getAll(next).body()).contains("Invalid cursor");
        platform.setFaults(Faults.none().with(FaultKind.REPEATED_CURSOR, Chance.ALWAYS));
        assertThat(client.cursor(getAll(next))).isEqualTo(cursor);
        platform.setFaults(Faults.none().tooHeavyAbove(1));
        assertThat(getAll(of(thread) + ",'Limitation':{'Count':2}").statusCode())
                .isEqualTo(408);
        assertThat(getAll(next).statusCode()).isEqualTo(200);
        platform.setFaults(Faults.none().tooHeavyAbove(Duration.ofDays(1)));
        Instant now = platform.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(getAll(of(thread) + "," + SandboxClient.created(now.minusSeconds(86_401), now)
                                + ",'Limitation':{'Count':1}")
                        .statusCode())
                .isEqualTo(408);
        platform.setFaults(Faults.none().with(FaultKind.NO_CONTENT, Chance.ALWAYS));
        String empty = SandboxClient.created("2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z");
        assertThat(getAll(of(thread) + "," + empty + ",'Limitation':{'Count':1}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(platform.refusals()).isEmpty();
    }

    @Test
    void aTokenMayLackThePermissionForMessagesAlone() throws Exception {
        start(new MessageOptions());
        for (int status : new int[] {401, 403}) {
            platform.denyMessages(status);
            assertThat(add(message(thread, "one")).statusCode()).isEqualTo(status);
            assertThat(getAll(of(thread) + ",'Limitation':{'Count':1}").statusCode())
                    .isEqualTo(status);
            assertThat(client.ids(client.getAll("'MessageThreadIds':['" + thread + "']", 1, null)))
                    .containsExactly(thread);
        }
        platform.denyMessages(0);
        assertThat(add(message(thread, "one")).statusCode()).isEqualTo(200);
        assertThat(texts()).containsExactly("one");
        assertThat(platform.refusals()).isEmpty();
    }

    @Test
    void textsAreCutAndRefusedAsConfigured() throws Exception {
        start(new MessageOptions()
                .cut(10, "...")
                .refuse(Map.of("forbidden", 403))
                .resolvedStatus(403));
        add(message(thread, "0123456789"), message(thread, "0123456 890"));
        assertThat(texts()).containsExactly("0123456789", "0123456...");
        assertThat(add(message(thread, "fine"), message(thread, "forbidden")).statusCode())
                .isEqualTo(403);
        platform.conversations().resolve(thread);
        assertThat(platform.threadJson(thread)).contains("\"IsResolved\":true");
        assertThat(add(message(thread, "fine")).statusCode()).isEqualTo(403);
        platform.conversations().reopen(thread);
        assertThat(platform.threadJson(thread)).contains("\"IsResolved\":false");
        assertThat(add(message(thread, "fine")).statusCode()).isEqualTo(200);
        platform.conversations().delete(thread);
        assertThat(add(message(thread, "fine")).statusCode()).isEqualTo(400);
        assertThat(client.ids(client.getAll("'MessageThreadIds':['" + thread + "']", 1, null)))
                .isEmpty();
    }

    @Test
    void staffAnswerGuestsOnceForSeveralMessagesAndThreeTimesAtMost() throws Exception {
        start(new MessageOptions().staffAnswersAfter(Duration.ofMillis(1)));
        platform.conversations().staffAnswers(thread, "Not to be answered");
        for (int i = 1; i <= 3; i++) {
            int answers = i + 1;
            add(message(thread, "one"), message(thread, "two"));
            await().until(() -> fromStaff() == answers);
        }
        add(message(thread, "one"));

        SandboxMessage answer = platform.conversations().messages(thread).get(3);
        assertThat(answer.sender()).isEqualTo(SandboxMessage.ENTERPRISE);
        assertThat(answer.text()).startsWith("Dear Zoë,\n\n");
        assertThat(texts()).hasSize(1 + 3 * 3 + 1);
    }

    private long fromStaff() {
        return platform.conversations().messages(thread).stream()
                .filter(message -> message.sender().equals(SandboxMessage.ENTERPRISE))
                .count();
    }

    @Test
    void theWebhookIsCalledUntilItAccepts() throws Exception {
        List<String> calls = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/hook", exchange -> {
            try (exchange) {
                calls.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                exchange.sendResponseHeaders(calls.size() <= 2 ? 500 : 204, -1);
            }
        });
        receiver.start();
        try {
            start(new MessageOptions().webhookTiming(Duration.ZERO, Duration.ofMillis(1)));
            platform.conversations()
                    .setWebhook(URI.create(
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"));
            String id = platform.conversations().staffAnswers(thread, "Welcome");
            await().until(() -> platform.conversations().webhookDelivered() == 1);

            assertThat(calls).hasSize(3);
            assertThat(calls.get(2))
                    .startsWith("{\"EnterpriseId\":\"" + SandboxOptions.ENTERPRISE + "\",\"IntegrationId\":\"")
                    .endsWith("\"Events\":[{\"Discriminator\":\"MessageAdded\",\"Value\":{\"Id\":\"" + id + "\"}}]}");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void aWebhookThatNobodyAcceptsIsGivenUp() throws Exception {
        start(new MessageOptions()
                .webhook(URI.create("http://127.0.0.1:1/"))
                .webhookTiming(Duration.ZERO, Duration.ofMillis(1)));
        IntStream.range(0, 3).forEach(i -> platform.conversations().staffAnswers(thread, "Welcome"));

        await().until(() -> platform.conversations().webhookDiscarded() == 3);
        assertThat(platform.conversations().webhookDelivered()).isZero();
    }

    @Test
    void otherProcessesReadAndContinueConversations() throws Exception {
        start(new MessageOptions());
        add(message(thread, "<i>one</i>"));
        String path = "/sandbox/threads/" + thread;
        assertThat(post("POST", path + "/messages", "Grüße & mehr")).isEqualTo(204);

        JsonNode messages = client.json(client.send(client.request(path + "/messages")));
        assertThat(messages.findValuesAsText("Text")).containsExactly("<i>one</i>", "Grüße & mehr");
        assertThat(messages.findValuesAsText("Sender")).containsExactly("Application", "Enterprise");
        assertThat(client.send(client.request(path)).body())
                .contains("A &lt;b&gt;room&lt;/b&gt;", "<p class=\"guest\">", "&lt;i&gt;one", "<p class=\"hotel\">");
        assertThat(client.send(client.request("/sandbox/conversations")).body())
                .contains(path, "2 messages, the last one of the hotel");
        assertThat(post("POST", path + "/resolve", "")).isEqualTo(204);
        assertThat(platform.threadJson(thread)).contains("\"IsResolved\":true");
        assertThat(post("POST", path + "/reopen", "")).isEqualTo(204);
        assertThat(post("POST", "/sandbox/webhook", "http://127.0.0.1:1/")).isEqualTo(204);
        assertThat(post("DELETE", path, "")).isEqualTo(204);
        assertThat(post("GET", path, "")).isEqualTo(404);
        assertThat(client.send(client.request("/sandbox/conversations")).body()).doesNotContain(path);
    }

    private int post(String method, String path, String text) throws IOException {
        return client.send(client.request(path).method(method, HttpRequest.BodyPublishers.ofString(text)))
                .statusCode();
    }
}
