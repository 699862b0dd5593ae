package io.threadpost.ops;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.command.Commands;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;
import io.threadpost.testing.Endpoint;
import io.threadpost.testing.InjectSandbox;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/** The operator actions, asked for over HTTP as with curl. */
@Tag("alone")
@QuarkusTest
@WithTestResource(SandboxResource.class)
class OperatorActionsTest {
    private static final String NOBODY = "nobody-reads-this";
    private static final String JSON = "Content-Type: application/json";

    @TestHTTPResource
    URI main;

    @TestHTTPResource(management = true)
    URI management;

    @InjectSandbox
    SandboxPlatform platform;

    @Inject
    ExamplesResource examples;

    @Inject
    Spools spools;

    @Inject
    Ledger ledger;

    private Endpoint observed;

    @BeforeEach
    void address() {
        observed = new Endpoint(management.resolve("/observe"));
    }

    @AfterEach
    void nothingIsLeft() {
        ledger.write(tx -> tx.update("DELETE FROM spool_hold"));
        ledger.write(tx -> tx.update("DELETE FROM spool_pause"));
        ledger.write(tx -> tx.update("DELETE FROM spool_content"));
        ledger.write(tx -> tx.update("DELETE FROM spool_parcel"));
    }

    private void bury(String spool, Object body, String... keys) {
        ledger.execute(tx -> {
            for (String key : keys) {
                spools.deliverDead(
                        tx,
                        spool,
                        new SpoolItem(key, "main", Map.of("Note", "token " + SandboxOptions.ACCESS_TOKEN), body),
                        "refused with " + SandboxOptions.ACCESS_TOKEN);
            }
        });
    }

    private RawRequest.Answer get(String path) {
        return RawRequest.to(main).get("/api/spools" + path);
    }

    private RawRequest.Answer post(String path, String body) {
        return RawRequest.to(main).header(JSON).post("/api/spools" + path, body);
    }

    private long dead(String spool) {
        return observed.get("/health")
                .check("threadpost-dead-items")
                .at("/data/" + spool)
                .asLong();
    }

    @Test
    void deadItemsAreListedLookedAtReplayedAndDiscarded() {
        bury(NOBODY, "{\"Subject\":\"guest's words " + SandboxOptions.ACCESS_TOKEN + "\"}", "a", "b", "c");
        RawRequest.Answer list = get("/" + NOBODY + "/dead?limit=2");
        JsonNode first = list.json().at("/items/0");
        long id = first.path("id").asLong();

        assertThat(first.path("spool").asText()).isEqualTo(NOBODY);
        assertThat(first.path("key").asText()).isEqualTo("a");
        assertThat(first.path("connection").asText()).isEqualTo("main");
        assertThat(first.path("reason").asText()).isEqualTo("refused with ***");
        assertThat(first.path("first").asText()).matches("20\\d\\d-.*Z");
        assertThat(list.json().at("/items").size()).isEqualTo(2);
        JsonNode rest = get("/" + NOBODY + "/dead?limit=2&after="
                        + list.json().path("next").asLong())
                .json();
        assertThat(rest.at("/items/0/key").asText()).isEqualTo("c");
        assertThat(rest.path("next").isNull()).isTrue();

        JsonNode looked = get("/" + NOBODY + "/dead/" + id).json();
        assertThat(looked.at("/headers/Note").asText()).isEqualTo("token ***");
        assertThat(looked.path("body").asText()).isEqualTo("{\"Subject\":\"guest's words ***\"}");
        assertThat(looked.path("base64").asBoolean()).isFalse();

        assertThat(dead(NOBODY)).isEqualTo(3);
        assertThat(post("/" + NOBODY + "/dead/replay", "{\"id\":" + id + "}").body())
                .isEqualTo("{\"replayed\":1}");
        assertThat(post("/" + NOBODY + "/dead/replay", "{\"id\":" + id + "}").body())
                .isEqualTo("{\"replayed\":0}");
        assertThat(dead(NOBODY)).isEqualTo(2);
        assertThat(post("/_all/dead/discard", "{\"key\":\"b\"}").body()).isEqualTo("{\"discarded\":1}");
        assertThat(post("/" + NOBODY + "/dead/replay", "{\"all\":true}").body()).isEqualTo("{\"replayed\":1}");
        assertThat(dead(NOBODY)).isZero();
        await().untilAsserted(() -> assertThat(
                        observed.get("/metrics").sample("threadpost_spool_dead_items{spool=\"" + NOBODY + "\"}"))
                .isZero());
        assertThat(get("/" + NOBODY).json().path("waiting").asLong()).isEqualTo(2);
    }

    @Test
    void bytesThatAreNoTextAreShownInBase64WithoutSecrets() {
        byte[] bytes = ("\0\u00ff" + SandboxOptions.ACCESS_TOKEN + "\u00fe").getBytes(StandardCharsets.ISO_8859_1);
        bury(NOBODY, bytes, "a");

        JsonNode looked = get("/_all/dead/"
                        + get("/_all/dead").json().at("/items/0/id").asLong())
                .json();

        assertThat(looked.path("base64").asBoolean()).isTrue();
        assertThat(Base64.getDecoder().decode(looked.path("body").asText()))
                .isEqualTo("\0\u00ff***\u00fe".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void longBodyIsCut() {
        bury(NOBODY, "x".repeat(300_000), "a");

        JsonNode looked = get("/_all/dead/"
                        + get("/_all/dead").json().at("/items/0/id").asLong())
                .json();

        assertThat(looked.path("cut").asBoolean()).isTrue();
        assertThat(looked.path("body").asText()).hasSize(256 * 1024);
        assertThat(looked.at("/item/bytes").asLong()).isGreaterThan(300_000);
    }

    @Test
    void heldSpoolIsSaidUntilItIsReleased() {
        spools.deliver(NOBODY, List.of(new SpoolItem("1", "main", Map.of(), "a")));

        JsonNode held = post("/" + NOBODY + "/hold", "{\"reason\":\"the server moves\"}")
                .json();

        assertThat(held.at("/held/reason").asText()).isEqualTo("the server moves");
        assertThat(post("/" + NOBODY + "/hold", "{}").json().at("/held/reason").asText())
                .isEqualTo("the server moves");
        assertThat(observed.get("/health")
                        .check("threadpost-spools")
                        .at("/data/" + NOBODY)
                        .asText())
                .contains("held by a person since 20", ": the server moves");
        await().untilAsserted(() -> assertThat(
                        observed.get("/metrics").sample("threadpost_spool_held{spool=\"" + NOBODY + "\"}"))
                .isEqualTo(1));
        assertThat(post("/" + NOBODY + "/release", "{}").json().path("held").isNull())
                .isTrue();
        assertThat(post("/" + NOBODY + "/release", "{}").status()).isEqualTo(200);
    }

    @Test
    void actionsAreInTheAuditLogWithoutContent() {
        bury(NOBODY, "{\"Subject\":\"words of a guest\"}", "<a1@shop.example> jana@guest.example");
        RawRequest.to(main)
                .header(JSON)
                .header("X-Threadpost-User: alice")
                .post("/api/spools/" + NOBODY + "/hold", "{\"reason\":\"Jana asked for it\"}");
        post("/" + NOBODY + "/dead/discard", "{\"key\":\"<a1@shop.example> jana@guest.example\"}");
        post("/" + NOBODY + "/dead/replay", "{\"id\":7000}");

        JsonNode log = RawRequest.to(main).get("/api/audit?limit=3").json();

        assertThat(log.findValuesAsText("action"))
                .containsExactly("spools/dead/replay", "spools/dead/discard", "spools/hold");
        assertThat(log.findValuesAsText("result")).containsExactly("refused: 404", "discarded 1", "done");
        assertThat(log.findValuesAsText("who")).containsExactly("loopback", "loopback", "loopback, command of alice");
        assertThat(log.findValuesAsText("origin")).containsOnly("127.0.0.1");
        assertThat(log.at("/entries/2/target").asText()).isEqualTo("spool " + NOBODY + ", reason");
        assertThat(log.at("/entries/1/target").asText()).matches("spool " + NOBODY + ", key <person:\\w+> person:\\w+");
        RawRequest.Answer export = RawRequest.to(main).get("/api/audit/export");
        assertThat(export.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(export.body().lines().limit(3)).containsExactlyElementsOf(() -> log.path("entries")
                .valueStream()
                .map(JsonNode::toString)
                .iterator());
        assertThat(export.body()).doesNotContain("guest", "Jana");
    }

    private RawRequest.Answer person(String action, String body) {
        return RawRequest.to(main).header(JSON).post("/api/person/" + action, body);
    }

    @Test
    void personIsShownExportedAndErased() {
        String address = "{\"address\":\"Jana@Guest.example\"}";
        spools.deliver(NOBODY, List.of(new SpoolItem("a", "main", Map.of("By", "jana@guest.example"), "x")));
        spools.deliver(NOBODY, List.of(new SpoolItem("jana@guest.example", "main", Map.of(), "y")));

        JsonNode held = person("show", address).json();

        assertThat(held.path("address").asText()).isEqualTo("jana@guest.example");
        assertThat(held.path("items").findValuesAsText("own")).containsExactly("false", "true");
        RawRequest.Answer export = person("export", address);
        assertThat(export.header("Content-Type")).isEqualTo("application/zip");
        assertThat(export.body()).startsWith("PK").contains("ledger.json");
        JsonNode erased = person("erase", address).json();
        assertThat(erased.path("complete").asBoolean()).as(erased.toString()).isTrue();
        assertThat(erased.path("items").asInt()).isEqualTo(1);
        assertThat(erased.path("masked").asInt()).isEqualTo(1);
        assertThat(erased.path("unreachable").toString()).contains("the platform has the threads");
        assertThat(person("show", address).json().path("items")).isEmpty();
        JsonNode log = RawRequest.to(main).get("/api/audit?limit=4").json();
        assertThat(log.findValuesAsText("action"))
                .containsExactly("person/show", "person/erase", "person/export", "person/show");
        assertThat(log.findValuesAsText("target")).allMatch(target -> target.matches("person:[0-9a-f]{32}"));
        assertThat(log.at("/entries/1/result").asText()).startsWith("complete true, mails 0, ");
        assertThat(person("erase", "{\"address\":\"Jana\"}")
                        .json()
                        .path("problem")
                        .asText())
                .isEqualTo("`address` is not a mail address");
        assertThat(person("erase", "{}").status()).isEqualTo(400);
    }

    @Test
    void itemsMoveToASpoolThatIsRead() {
        spools.deliver(NOBODY, List.of(new SpoolItem("1", "main", Map.of(), "{\"Id\":\"1\"}")));
        post("/files/hold", "{}");

        JsonNode moved = post("/" + NOBODY + "/move", "{\"to\":\"files\"}").json();

        assertThat(moved.path("moved").asLong()).as(moved.toString()).isEqualTo(1);
        assertThat(moved.at("/to/waiting").asLong()).isEqualTo(1);
        assertThat(get("/" + NOBODY).status()).isEqualTo(404);
    }

    @Test
    void spoolsAreListed() {
        bury(NOBODY, "x", "a");

        JsonNode all = get("").json().path("spools");

        assertThat(all.findValuesAsText("name")).contains("files", NOBODY, "unrouted");
        assertThat(get("/files").json().path("consumers").asInt()).isEqualTo(1);
        assertThat(post("/files/try", "{}").json().path("paused").isNull()).isTrue();
    }

    @Test
    void targetThatIsOffIsGivenUpAndWhatLiesInItsSpoolsIsSaid() {
        ledger.write(tx -> tx.update("INSERT INTO target (name, since) VALUES ('queue', 1)"));
        spools.deliver("queue-groups", List.of(new SpoolItem("a", "main", Map.of(), "{}")));
        bury("queue", "x", "b");

        assertThat(forget("queue").body())
                .isEqualTo("{\"target\":\"queue\",\"forgotten\":true,\"left\":["
                        + "{\"spool\":\"queue\",\"waiting\":0,\"dead\":1},"
                        + "{\"spool\":\"queue-groups\",\"waiting\":1,\"dead\":0}]}");
        assertThat(post("/queue/discard", "{\"all\":true}").body()).isEqualTo("{\"discarded\":1,\"left\":0}");
        assertThat(post("/queue-groups/discard", "{\"all\":true}").body()).isEqualTo("{\"discarded\":1,\"left\":0}");
        assertThat(forget("queue").body()).isEqualTo("{\"target\":\"queue\",\"forgotten\":false,\"left\":[]}");
        assertThat(forget("queu").status()).isEqualTo(404);
        assertThat(forget("queu").json().path("advice").asText()).isEqualTo("did you mean `queue`?");
    }

    private RawRequest.Answer forget(String target) {
        return RawRequest.to(main).header(JSON).post("/api/targets/" + target + "/forget", "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "POST | /files/discard       | {} | 400 | this removes everything from spool `files` | send "
                        + "{\"all\":true} if you mean that",
                "GET  | /fils                | | 404 | no route reads spool `fils`, and it is empty | did "
                        + "you mean `files`?",
                "GET  | /files/dead/7000     | | 404 | there is no item 7000 here | GET /api/spools/_all/dead "
                        + "lists those there are",
                "GET  | /files/dead/x        | | 400 | `id` is not a number in range | write a whole number from 1 on",
                "GET  | /files/dead?limit=0  | | 400 | `limit` is not a number in range | write a whole number from "
                        + "1 to 1000",
                "GET  | /files/bread         | | 404 | there is nothing here | look with GET, act with POST; "
                        + "addresses begin with /api/spools, /api/mails, /api/mailboxes, /api/replies or /api/targets",
                "DELETE | /files             | | 405 | this address has no such method | look with GET, act with POST",
                "POST | /files/dead/replay   | {} | 400 | it is not clear which items are meant | send one of "
                        + "{\"id\":NUMBER}, {\"key\":\"KEY\"} and {\"all\":true}",
                "POST | /files/dead/replay   | {\"all\":false} | 400 | it is not clear which items are meant | "
                        + "send one of {\"id\":NUMBER}, {\"key\":\"KEY\"} and {\"all\":true}",
                "POST | /files/dead/replay   | {\"id\":1,\"all\":true} | 400 | it is not clear which items are "
                        + "meant | send one of {\"id\":NUMBER}, {\"key\":\"KEY\"} and {\"all\":true}",
                "POST | /files/dead/discard  | {\"al\":true} | 400 | there is no `al` in this action | did you "
                        + "mean `all`?",
                "POST | /files/dead/discard  | {\"id\":\"1\"} | 400 | `id` is malformed | write a whole " + "number",
                "POST | /files/dead/discard  | {\"id\":7000} | 404 | there is no item 7000 here | GET "
                        + "/api/spools/_all/dead lists those there are",
                "POST | /files/release       | [] | 400 | the body is not a JSON object | send {}",
                "POST | /files/move          | {} | 400 | the destination is missing | send {\"to\":\"NAME\"}, with "
                        + "the name of a spool",
                "POST | /files/move          | {\"to\":\"files\"} | 400 | from and to are the same spool | name "
                        + "another one in `to`",
            })
    void whatIsWrongIsSaidInOneLine(
            String method, String path, String body, int status, String problem, String advice) {
        RawRequest.Answer answer =
                RawRequest.to(main).header(JSON).send(method, "/api/spools" + path, body == null ? "" : body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("\n");
        assertThat(answer.json().path("problem").asText()).isEqualTo(problem);
        assertThat(answer.json().path("advice").asText()).isEqualTo(advice);
    }

    @Test
    void bodyThatIsNoJsonIsRefused() {
        RawRequest.Answer answer = post("/files/dead/replay", "{'all':true}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("problem").asText())
                .startsWith("the body is not JSON: ")
                .doesNotContain("\n", "REDACTED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: 127.0.0.1.evil.example", "Host: localhost.evil.example:8080"})
    void nameThatIsNotThisMachinesOwnIsRefused(String host) {
        RawRequest.Answer answer = RawRequest.to(main).header(host).get("/api/spools");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().path("problem").asText()).isEqualTo("this name is not this machine's own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost", "Host: 127.0.0.1:1", "Host: [::1]:8080", "Sec-Fetch-Site: none"})
    void ownNamesOfThisMachineAreNot(String header) {
        assertThat(RawRequest.to(main).header(header).get("/api/spools").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site"
            })
    void pageOfAnotherSiteIsRefused(String header) {
        bury("files", "x", "a");

        RawRequest.Answer answer = RawRequest.to(main)
                .header(JSON)
                .header(header)
                .post("/api/spools/files/dead/discard", "{\"all\":true}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(dead("files")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Type: text/plain", "Content-Type: application/x-www-form-urlencoded", "X-Nothing: 1"})
    void formThatABrowserSendsWithoutAskingIsRefused(String header) {
        bury("files", "x", "a");

        RawRequest.Answer answer =
                RawRequest.to(main).header(header).post("/api/spools/files/dead/discard", "{\"all\":true}");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(dead("files")).isEqualTo(1);
    }

    @Test
    void anExampleIsMadeOfAThreadThatPassedWithoutItsWords() {
        spools.deliver(
                "files",
                List.of(new SpoolItem(
                        "7d1f9c1e-4d1a-4f4e-8f2a-0a4c9a1b2c3d@2026-11-22T10:00:00Z",
                        "main",
                        Map.of(),
                        new RawJson(("{\"Id\":\"7d1f9c1e-4d1a-4f4e-8f2a-0a4c9a1b2c3d\",\"OriginalSender\":\"Zuzana"
                                        + " <zuzana@mail.example>\",\"Subject\":\"Honeymoon\",\"CreatedUtc\":"
                                        + "\"2026-11-22T09:00:00Z\",\"UpdatedUtc\":\"2026-11-22T10:00:00Z\"}")
                                .getBytes(StandardCharsets.UTF_8)))));

        JsonNode made = RawRequest.to(main)
                .header(JSON)
                .post("/api/examples", "{\"id\":\"7d1f9c1e-4d1a-4f4e-8f2a-0a4c9a1b2c3d\"}")
                .json();
        assertThat(made.path("same").asBoolean()).isTrue();
        assertThat(made.path("yaml").asText())
                .contains("expect:", "2026-11-22T10:00:00Z")
                .doesNotContainIgnoringCase("Zuzana", "Honeymoon", "7d1f9c1e");
        assertThat(RawRequest.to(main)
                        .header(JSON)
                        .post("/api/examples", "{\"mail\":4711}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void examplesAreMadeOneAtATime() {
        examples.making.lock();
        try {
            RawRequest.Answer busy = RawRequest.to(main).header(JSON).post("/api/examples", "{\"mail\":4711}");

            assertThat(busy.status()).isEqualTo(409);
            assertThat(busy.json().path("problem").asText()).isEqualTo("an example is being made already");
        } finally {
            examples.making.unlock();
        }
        assertThat(RawRequest.to(main)
                        .header(JSON)
                        .post("/api/examples", "{\"mail\":4711}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aThreadThatOnlyThePlatformHasIsPreviewed(@TempDir Path home) throws Exception {
        String id =
                platform.addThread(Instant.parse("2020-02-03T04:05:06Z"), "Anna <anna@a.example>", "A group booking");
        RawRequest.Answer thread = RawRequest.to(main).get("/api/threads/" + id);
        assertThat(thread.body()).isEqualTo(platform.threadJson(id));
        assertThat(thread.header("Threadpost-Connection")).isEqualTo("main");

        Files.createDirectory(home.resolve("routes"));
        Files.copy(Path.of("routes/route-thread.camel.yaml"), home.resolve("routes/route-thread.camel.yaml"));
        Files.writeString(home.resolve("application.properties"), "threadpost.queue.url=amqp://broker.example\n");
        assertThat(preview(home, id)).contains("asks the platform", "sends to spool:queue, key " + id + "@2020-02-03");

        String unknown = "00000000-0000-4000-8000-000000000000";
        assertThat(preview(home, unknown)).contains("neither the ledger nor the platform has this thread");
        assertThat(preview(home, "no id")).contains("neither the ledger nor the platform has this thread");
    }

    private String preview(Path home, String id) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        new Commands(home, "prod", print, print).run("preview", "--id", id, "--url", main.toString());
        return out.toString(StandardCharsets.UTF_8);
    }
}
