package io.threadpost.page;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.mail.FetchedMail;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailRepository;
import io.threadpost.ops.OpenApi;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/** The operators' page, asked for as a browser does. */
@Tag("alone")
@QuarkusTest
@WithTestResource(
        value = SandboxResource.class,
        initArgs = {@ResourceArg(name = "copy-routes", value = "true")})
class OperatorPageTest {
    private static final String UNREAD = "nobody-reads-this";
    private static final String HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    @TestHTTPResource
    URI main;

    @Inject
    Spools spools;

    @Inject
    Ledger ledger;

    @Inject
    MailRepository mails;

    @Inject
    Conversations conversations;

    @Inject
    OverviewPage overview;

    @Inject
    Settings settings;

    @BeforeEach
    @AfterEach
    void nothingIsLeft() {
        for (String table : List.of(
                "spool_hold",
                "spool_pause",
                "spool_content",
                "spool_parcel",
                "mail_reading",
                "mail_raw",
                "mail",
                "reply",
                "conversation")) {
            ledger.write(tx -> tx.update("DELETE FROM " + table));
        }
        overview.forget();
    }

    private RawRequest.Answer get(String path) {
        return RawRequest.to(main).get(path);
    }

    private Document page(String path) {
        RawRequest.Answer answer = get(path);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return Jsoup.parse(answer.body(), main.toString());
    }

    private Document overview() {
        overview.forget();
        return page("/");
    }

    /** @return the answer to the form of that page, filled in and sent as a browser does */
    private RawRequest.Answer submit(Document page, String filled) {
        StringBuilder body = new StringBuilder(filled);
        page.select("main form input[type=hidden]").forEach(field -> body.append('&')
                .append(field.attr("name"))
                .append('=')
                .append(PageFormat.parameter(field.attr("value"))));
        return RawRequest.to(main)
                .header(FORM)
                .header("Origin: http://" + main.getAuthority())
                .header("Sec-Fetch-Site: same-origin")
                .post(page.select("main form").attr("action"), body.toString());
    }

    private void bury(String spool, String... keys) {
        for (String key : keys) {
            spools.deliverDead(
                    spool,
                    new SpoolItem(
                            key,
                            "main",
                            Map.of("Note", "token " + SandboxOptions.ACCESS_TOKEN),
                            "{\"Subject\":\"" + HOSTILE + " " + SandboxOptions.ACCESS_TOKEN + "\"}"),
                    "refused " + HOSTILE + " with " + SandboxOptions.ACCESS_TOKEN);
        }
    }

    private long dead(String spool) {
        return ledger.read(tx -> tx.one(
                        "SELECT COUNT(*) FROM spool_parcel WHERE spool = ? AND state = 'dead'",
                        row -> row.getLong(1),
                        spool))
                .orElseThrow();
    }

    private void deliver(String spool, int threads) {
        List<SpoolItem> items = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            String json = "{\"Id\":\"id-" + i + "\",\"OriginalSender\":\"Eve " + i + "\",\"Subject\":\"" + HOSTILE + i
                    + "\",\"UpdatedUtc\":\"2026-11-22T10:00:00Z\"}";
            items.add(new SpoolItem(
                    "id-" + i + "@2026-11-22T10:00:00Z",
                    "main",
                    Map.of(),
                    new RawJson(json.getBytes(StandardCharsets.UTF_8))));
        }
        spools.deliver(spool, items);
    }

    /** @return the number of a mail that the shipped route has parked */
    private long parked() throws IOException {
        Path raw = Files.createTempFile("threadpost-test", ".eml");
        try {
            Files.writeString(
                    raw,
                    """
                    From: Eve %1$s <eve@guest.example>
                    Subject: Away %1$s %2$s
                    Auto-Submitted: auto-replied
                    MIME-Version: 1.0
                    Content-Type: multipart/mixed; boundary=b

                    --b
                    Content-Type: text/html

                    <p>I am <b>away</b> <img src="http://evil.example/x.png"> %2$s</p><script>alert(3)</script>
                    --b
                    Content-Type: application/pdf
                    Content-Disposition: attachment; filename="price <b>list</b>.pdf"

                    %%PDF
                    --b--
                    """
                            .formatted(HOSTILE, SandboxOptions.ACCESS_TOKEN));
            FetchedMail mail = FetchedMail.of("front-desk", "main", Instant.now(), raw);
            long number = ledger.write(tx -> mails.stage(tx, mail)).number();
            mails.wake();
            await().until(() -> mails.find(number).orElseThrow().state() == MailRecord.State.PARKED);
            return number;
        } finally {
            Files.delete(raw);
        }
    }

    @Test
    void everyPageHasLandmarksALanguageAndAStrictPolicy() {
        bury(UNREAD, "a");
        for (String path :
                List.of("/", "/mails", "/spools/_all", "/spools/" + UNREAD, "/actions/spool-hold?spool=files")) {
            RawRequest.Answer answer = get(path);
            Document page = Jsoup.parse(answer.body());

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.select("html[lang=en], main, header nav[aria-label], h1"))
                    .as(path)
                    .hasSize(4);
            assertThat(page.select("[style], style, script:not([src]), [onclick], iframe"))
                    .as(path)
                    .isEmpty();
            assertThat(page.select("table").stream()
                            .filter(table -> table.select("caption").isEmpty()))
                    .isEmpty();
            assertThat(page.select("input:not([type=hidden]), select").stream()
                            .filter(field ->
                                    page.select("label[for=" + field.id() + "]").isEmpty()))
                    .isEmpty();
        }
    }

    @Test
    void whatThePageLoadsIsThere() {
        Document page = overview();
        assertThat(page.select("link[rel=stylesheet]").attr("href")).isEqualTo("/page.css");
        for (String path : List.of("/page.css", "/page.js", "/icon.svg")) {
            assertThat(get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(get("/page.js").header("Content-Type")).startsWith("text/javascript");
    }

    @Test
    void everythingWorksAndNothingWasPulled() {
        await().untilAsserted(
                        () -> assertThat(overview().select(".state h1").text()).isEqualTo("Everything works"));
        Document page = overview();

        assertThat(page.select(".state").hasClass("ok")).isTrue();
        assertThat(page.select("#connections + div h3").text()).isEqualTo("main");
        assertThat(page.select("[data-live=spools]").text()).contains("files", "unrouted");
        assertThat(page.select("[data-live=mailboxes]").text()).contains("No mailbox is on");
        assertThat(page.select("[data-live=files] a").eachText()).contains("route-thread.camel.yaml");
        assertThat(page.select("[data-live=threads]").text()).isEqualTo("No thread was pulled lately.");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 1000})
    void recentThreadsAreListedWithWhereTheyAre(int threads) {
        deliver(UNREAD, threads);
        Document page = overview();

        assertThat(page.select("[data-live=threads] li")).hasSize(Math.min(10, threads));
        assertThat(page.select("[data-live=threads] li a").first().text()).isEqualTo(HOSTILE + "0");
        assertThat(page.select("[data-live=threads] .tag").first().text()).isEqualTo(UNREAD + ": waits");
        Document thread = page(page.select("[data-live=threads] li a").first().attr("href"));
        assertThat(thread.select("h1").text()).isEqualTo(HOSTILE + "0");
        assertThat(thread.select("pre").text()).contains("\"OriginalSender\" : \"Eve 0\"");
    }

    @Test
    void whatIsWrongComesFirstWithItsPlace() throws IOException {
        bury("files", "a", "b");
        deliver(UNREAD, 2);
        parked();
        Document page = overview();

        String first = "Nothing is delivered from spool " + UNREAD;
        assertThat(page.select(".state h1").text()).isEqualTo(first);
        assertThat(page.select(".state .since").text()).matches("since \\d\\d:\\d\\d UTC, for \\d+ \\w+\\.");
        assertThat(page.select(".state p").text())
                .contains(
                        "waits, and nothing is lost",
                        "What to do: ",
                        "no route that reads spool:" + UNREAD + " is running",
                        "2 more things need a person");
        assertThat(page.select(".state a").attr("href")).isEqualTo("/spools/" + UNREAD);
        assertThat(page.select(".problem div > strong").eachText())
                .containsExactly(
                        "1 mail of mailbox front-desk is parked", "2 items of spool files could not be delivered");
        assertThat(page("/mails").select(".alarm").text()).isEqualTo(first + " 2 more things need a person");
        page.select(".state a, .problem a")
                .forEach(link -> page(link.attr("href").replaceFirst("#.*", "")));
    }

    @Test
    void aPersonIsShownAndErasedByForms() {
        spools.deliver(UNREAD, List.of(new SpoolItem("jana@guest.example", "main", Map.of(), "x")));

        RawRequest.Answer shown = submit(page("/person"), "address=Jana%40guest.example");

        assertThat(shown.status()).as(shown.body()).isEqualTo(200);
        Document person = Jsoup.parse(shown.body(), main.toString());
        assertThat(person.select("h2").text()).contains("1 item in spools");
        RawRequest.Answer erased = RawRequest.to(main)
                .header(FORM)
                .header("Origin: http://" + main.getAuthority())
                .post("/person/erase", "address=jana%40guest.example&sure=true");
        assertThat(erased.status()).isEqualTo(200);
        assertThat(Jsoup.parse(erased.body()).select(".result").text()).startsWith("Erased: 0 mails");
        assertThat(erased.body()).contains("What has to be erased elsewhere").doesNotContain("jana");
        assertThat(page("/audit").select("tbody tr").get(0).text()).contains("person/erase", "on the page");
    }

    @Test
    void aSpoolIsHeldAndReleasedByForms() {
        Document form = page("/actions/spool-hold?spool=files");
        assertThat(form.select(".consequence").text()).startsWith("Nothing leaves spool files on any node");

        RawRequest.Answer held = submit(form, "why=" + PageFormat.parameter("the <b>share</b> is moved"));

        assertThat(held.status()).as(held.body()).isEqualTo(303);
        Document spool = page(held.header("Location"));
        assertThat(spool.select(".result").text()).isEqualTo("The spool is held.");
        assertThat(spool.select("table").text()).contains("held: the <b>share</b> is moved");
        RawRequest.Answer released = submit(page("/actions/spool-release?spool=files"), "");
        assertThat(released.status()).isEqualTo(303);
        assertThat(page("/spools/files").select("table").text()).doesNotContain("held");
        Document audit = page("/audit");
        assertThat(audit.select("tbody tr th").eachText()).startsWith("spools/release", "spools/hold");
        assertThat(audit.select("tbody tr").get(1).text())
                .contains("spool files", "loopback, on the page, from 127.0.0.1", "done")
                .doesNotContain("the share is moved");
    }

    @Test
    void deadItemsAreReadReplayedDiscardedAndMovedByForms() {
        bury(UNREAD, "a", "b", "c", "d");
        Document list = page("/spools/" + UNREAD);
        assertThat(list.select("#dead ~ table tbody tr")).hasSize(4);
        Document item = page(list.select("#dead ~ table tbody th a").first().attr("href"));
        assertThat(item.text()).contains("refused " + HOSTILE + " with ***", "token ***");
        assertThat(item.select("pre").text()).isEqualTo("{\"Subject\":\"" + HOSTILE + " ***\"}");

        assertThat(submit(page(item.select(".actions a").first().attr("href")), "")
                        .header("Location"))
                .isEqualTo("/spools/" + UNREAD + "?done=dead-replay&changed=1&left=0");
        assertThat(dead(UNREAD)).isEqualTo(3);
        String discard = list.select("a[aria-label^=Discard item]").last().attr("href");
        assertThat(submit(page(discard), "").status()).isEqualTo(303);
        assertThat(dead(UNREAD)).isEqualTo(2);
        assertThat(submit(page("/actions/spool-move?spool=" + UNREAD), "to=unrouted")
                        .header("Location"))
                .endsWith("?done=spool-move&changed=3&left=0");
        assertThat(dead("unrouted")).isEqualTo(2);
        assertThat(submit(page("/actions/dead-discard?spool=_all&all=true"), "").header("Location"))
                .isEqualTo("/spools/_all?done=dead-discard&changed=2&left=0");
    }

    @Test
    void longListsComePageByPage() {
        String[] keys = new String[60];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = "key-" + i;
        }
        bury(UNREAD, keys);
        Document first = page("/spools/_all");
        Document second =
                page(first.select("a:contains(Next page)").attr("href").replaceFirst("#.*", ""));

        assertThat(first.select("tbody tr")).hasSize(50);
        assertThat(second.select("tbody tr")).hasSize(10);
        assertThat(second.select("a:contains(Next page)")).isEmpty();
    }

    @Test
    void aParkedMailIsReadSafelyAndDiscarded() throws IOException {
        long number = parked();
        assertThat(page("/mails?state=parked").select("tbody a").attr("href")).isEqualTo("/mails/" + number);
        Document mail = page("/mails/" + number);

        assertThat(mail.select("h1").text()).isEqualTo("Away " + HOSTILE + " ***");
        assertThat(mail.select(".problem").text()).contains("parked", "a program sent it");
        assertThat(mail.select("main").text()).contains("It does not count as written by a person", "auto-replied");
        assertThat(mail.select("pre").text()).contains("I am away");
        assertThat(mail.select("ul.plain").text()).contains("price <b>list</b>.pdf");
        assertThat(mail.select("main img, main script, main b, [src^=http]")).isEmpty();
        RawRequest.Answer raw = get("/mails/" + number + "/raw");
        assertThat(raw.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(raw.header("Content-Disposition")).startsWith("attachment");
        assertThat(raw.body()).contains("evil.example/x.png");

        RawRequest.Answer attachment =
                get(mail.select("ul.plain a[href*=attachments]").attr("href"));
        assertThat(attachment.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(attachment.header("Content-Disposition")).contains("price _b_list__b_.pdf");

        assertThat(submit(page("/actions/mail-discard?number=" + number), "").status())
                .isEqualTo(303);
        assertThat(mails.find(number).orElseThrow().state()).isEqualTo(MailRecord.State.DISCARDED);
        assertThat(page("/mails/" + number).select("a:contains(Release after all)"))
                .hasSize(1);
        Document release = page("/actions/mail-release?number=" + number);
        assertThat(release.select("input[name=subject]").attr("value")).startsWith("Away");
    }

    @Test
    void aBrokenRouteFileIsShownWithItsErrorAtItsLine() throws IOException {
        Path file = settings.get(SettingsCatalogue.ROUTES_DIRECTORY).resolve("to-files.camel.yaml");
        String good = Files.readString(file);
        try {
            Files.writeString(file, good.replace("spool:files", "spol:" + HOSTILE));
            await().untilAsserted(
                            () -> assertThat(overview().select(".state h1").text())
                                    .isEqualTo("The last edit of to-files.camel.yaml is not in effect"));
            Document page = page("/routes/to-files.camel.yaml");

            assertThat(page.select("li.bad").attr("value")).isEqualTo("5");
            assertThat(page.select(page.select("p.problem a").attr("href")).attr("value"))
                    .isEqualTo("5");
            assertThat(page.select("li.bad code").text()).contains("spol:" + HOSTILE);
            assertThat(page.select("li.bad .finding").text()).contains("no component `spol`");
            assertThat(page.select("pre").text()).contains("uri: spool:files");
            assertThat(page.select("main img")).isEmpty();
        } finally {
            Files.writeString(file, good);
        }
        await().untilAsserted(() ->
                assertThat(overview().select(".state").hasClass("ok")).isTrue());
    }

    @Test
    void theRoutesOfAFileAreShownAreTracedAndGoBackToAnEarlierVersion() throws IOException {
        String name = "to-files.camel.yaml";
        Path file = settings.get(SettingsCatalogue.ROUTES_DIRECTORY).resolve(name);
        String good = Files.readString(file);
        Document page = page("/routes/" + name);
        assertThat(page.select("[data-live=routes] tbody th").eachText()).anyMatch(row -> row.startsWith("to-files "));
        assertThat(get("/api/routes/to-files").body())
                .contains("\"file\":\"" + name + "\"", "\"state\":\"started\"", "\"inFlight\":0");
        String link = page.select("a:contains(Trace)").first().attr("href");
        assertThat(submit(page(link), "bodies=false").status()).isEqualTo(303);
        spools.deliver(
                "files",
                List.of(new SpoolItem(
                        "traced@2026-11-22T10:00:00Z",
                        "main",
                        Map.of(),
                        new RawJson(("{\"Id\":\"traced\",\"UpdatedUtc\":\"2026-11-22T10:00:00Z\",\"Subject\":\""
                                        + SandboxOptions.ACCESS_TOKEN + "\"}")
                                .getBytes(StandardCharsets.UTF_8)))));
        await().untilAsserted(() -> assertThat(get("/api/routes/to-files/trace").body())
                .contains("\"on\":true", "\"file\":\"" + name + "\"", "ref:writeFiles", "\"body\":null"));
        assertThat(page("/routes/" + name).select("[data-live=routes] li code").eachText())
                .anyMatch(step -> step.matches(name + ":\\d+ .*writeFiles.*"));
        try {
            Files.writeString(file, good.replace("description: ", "description: Edited. "));
            await().untilAsserted(
                            () -> assertThat(get("/api/routes/to-files").body()).contains("\"Edited. "));
            page = page("/routes/" + name);
            assertThat(page.select("[data-live=versions] pre").text()).contains("- ", "description: Edited. ");
            String back = page.select("a:contains(Restore)").first().attr("href");
            assertThat(submit(page(back), "").status()).isEqualTo(303);
            assertThat(file).hasContent(good);
            await().untilAsserted(
                            () -> assertThat(get("/api/routes/to-files").body()).doesNotContain("\"Edited. "));
            assertThat(get("/api/audit").body())
                    .contains("route-files/restore", "file " + name + ", version ", "routes/trace", "bodies false");
        } finally {
            Files.writeString(file, good);
        }
        assertThat(RawRequest.to(main)
                        .header("Content-Type: application/json")
                        .post("/api/route-files/" + name + "/restore", "{\"version\":4711}")
                        .body())
                .contains("there is no version 4711");
        assertThat(get("/api/route-files/none.camel.yaml/versions").status()).isEqualTo(404);
    }

    @Test
    void noSecretIsOnAnyPage() throws IOException {
        bury(UNREAD, "a");
        long number = parked();
        Document dead = page("/spools/" + UNREAD);
        for (String path : List.of(
                "/",
                "/mails",
                "/mails/" + number,
                "/spools/_all",
                dead.select("tbody th a").last().attr("href"),
                "/threads/a",
                "/actions/spool-hold?spool=" + SandboxOptions.ACCESS_TOKEN,
                "/spools/" + SandboxOptions.ACCESS_TOKEN,
                "/routes/" + SandboxOptions.ACCESS_TOKEN)) {
            assertThat(get(path).body())
                    .as(path)
                    .contains("</html>")
                    .doesNotContain(SandboxOptions.ACCESS_TOKEN, SandboxOptions.CLIENT_TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Referer: http://127.0.0.1/"
            })
    void aFormOfAnotherSiteDoesNothing(String header) {
        bury(UNREAD, "a");
        RawRequest.Answer answer = RawRequest.to(main)
                .header(FORM)
                .header(header)
                .post("/actions/dead-discard", "spool=" + UNREAD + "&all=true");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(dead(UNREAD)).isEqualTo(1);
    }

    @Test
    void aSiteThatBorrowsTheAddressReadsAndDoesNothing() {
        bury(UNREAD, "a");
        for (String path : List.of("/", "/spools/_all")) {
            RawRequest.Answer read =
                    RawRequest.to(main).header("Host: evil.example").get(path);
            assertThat(read.status()).as(path).isEqualTo(403);
            assertThat(read.body()).doesNotContain(UNREAD);
        }
        RawRequest.Answer answer = RawRequest.to(main)
                .header(FORM)
                .header("Host: evil.example")
                .header("Origin: http://evil.example")
                .header("Sec-Fetch-Site: same-origin")
                .post("/actions/dead-discard", "spool=" + UNREAD + "&all=true");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(dead(UNREAD)).isEqualTo(1);
    }

    /** The description is that of the resources; only answers show what their fields become. */
    @Test
    void everyAnswerOfTheApiIsAsOpenApiDescribesIt() throws IOException {
        assertThat(get("/api/openapi").json()).isEqualTo(OpenApi.packaged());
        bury(UNREAD, "a");
        long number = parked();
        long dead = get("/api/spools/" + UNREAD + "/dead")
                .json()
                .path("items")
                .path(0)
                .path("id")
                .asLong();
        Map<String, Object> values = Map.of(
                "{spool}",
                UNREAD,
                "{id}",
                dead,
                "{number}",
                number,
                "{attachment}",
                1,
                "{file}",
                "route-thread.camel.yaml",
                "{route}",
                "route-thread",
                "{name}",
                "main");
        List<String> answered = new ArrayList<>();
        OpenApi.packaged().path("paths").fields().forEachRemaining(path -> {
            String address =
                    path.getKey().equals("/api/journeys/{id}") ? "/api/journeys/mail:" + number : path.getKey();
            for (Map.Entry<String, Object> value : values.entrySet()) {
                address = address.replace(value.getKey(), String.valueOf(value.getValue()));
            }
            JsonNode operation = path.getValue().path("get");
            if (operation.isMissingNode() || address.contains("{version}")) {
                return;
            }
            RawRequest.Answer answer = get(address);
            boolean good = answer.status() == 200;
            Map.Entry<String, JsonNode> content = operation
                    .path("responses")
                    .path(good ? "200" : "default")
                    .path("content")
                    .fields()
                    .next();
            assertThat(answer.header("Content-Type")).as(address).startsWith(content.getKey());
            if (content.getKey().equals("application/json")) {
                OpenApi.check(address, answer.json(), content.getValue().path("schema"));
            }
            if (good) {
                answered.add(path.getKey());
            }
        });
        assertThat(answered)
                .contains(
                        "/api/alerts",
                        "/api/audit",
                        "/api/journeys/{id}",
                        "/api/mails",
                        "/api/mails/{number}",
                        "/api/mails/{number}/attachments",
                        "/api/nodes",
                        "/api/route-files",
                        "/api/routes",
                        "/api/spools",
                        "/api/spools/{spool}",
                        "/api/spools/{spool}/dead",
                        "/api/spools/{spool}/dead/{id}");
    }

    @Test
    void lookingDoesNothing() {
        bury(UNREAD, "a");
        page("/actions/dead-discard?spool=" + UNREAD + "&all=true");

        assertThat(dead(UNREAD)).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsAPageOrAnAnswerOfTheApi() {
        for (String path : List.of(
                "/spools/none",
                "/mails/4711",
                "/mails/x",
                "/routes/..%2Fapplication.properties",
                "/threads/none",
                "/actions/none",
                "/actions/spool-hold?spool=none")) {
            RawRequest.Answer answer = get(path);
            assertThat(answer.status()).as(path).isBetween(400, 404);
            assertThat(Jsoup.parse(answer.body()).select("main h1").text()).isEqualTo("Not possible");
        }
        assertThat(get("/nothing").json().path("problem").asText()).isEqualTo("there is nothing here");
        RawRequest browser = RawRequest.to(main).header("Accept: text/html,*/*;q=0.8");
        assertThat(browser.get("/api/nothing").json().path("problem").asText()).isEqualTo("there is nothing here");
        RawRequest.Answer page = browser.get("/nothing");
        assertThat(page.status()).isEqualTo(404);
        assertThat(Jsoup.parse(page.body()).select("main h1").text()).isEqualTo("Not found");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        // Not to Quarkus' own pages in dev mode.
        assertThat(get("/api/spools").header("Content-Security-Policy")).isEmpty();
    }

    @Test
    void anActionThatIsRefusedSaysWhy() {
        RawRequest.Answer answer = submit(page("/actions/spool-move?spool=files"), "to=files");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Jsoup.parse(answer.body()).select("main").text()).contains("from and to are the same spool");
    }

    @Test
    void aConversationIsShownWithItsMailsAndItsRepliesAreStoppedAndResumedByForms() throws IOException {
        long number = parked();
        ledger.write(tx -> {
            tx.update("UPDATE mail SET thread = 'thread-1', state = 'thread' WHERE id = ?", number);
            conversations.begin(
                    tx,
                    new Conversation.Beginning(
                            "thread-1",
                            "main",
                            "main",
                            number,
                            "jana@guest.example",
                            HOSTILE,
                            "A late arrival",
                            Instant.EPOCH,
                            null,
                            false));
            return tx.update("INSERT INTO reply (message, connection, thread, created, seen, state, why, changed)"
                    + " VALUES ('m-1', 'main', 'thread-1', 99999999999999, 1, 'withheld', 'a reason', 1)");
        });

        assertThat(page("/conversations").select("tbody a").text()).isEqualTo("A late arrival");
        Document conversation = page("/conversations/thread-1");
        assertThat(conversation.select(".turns li").eachAttr("class")).containsExactly("guest", "hotel");
        assertThat(conversation.select(".turns .hotel").text()).contains("Message m-1", "withheld", "a reason");
        assertThat(conversation.select(".facts").text()).contains(HOSTILE + " <jana@guest.example>");
        assertThat(page("/mails/" + number).select("a:contains(The conversation)"))
                .hasSize(1);

        submit(page("/actions/replies-stop?thread=thread-1"), "");
        assertThat(page("/conversations?stopped=true").select("tbody a").text()).isEqualTo("A late arrival");
        submit(page("/actions/replies-resume?thread=thread-1"), "withheld=false");
        assertThat(page("/conversations?stopped=true").select("tbody a")).isEmpty();
        assertThat(get("/conversations/none").status()).isEqualTo(404);
    }

    @Test
    void aConversationThatIsUnknownIsSaidToBe() {
        RawRequest.Answer answer = submit(page("/actions/replies-resume?thread=none"), "withheld=false");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(Jsoup.parse(answer.body()).select("main").text()).contains("thread none has no conversation");
    }

    @Test
    void aLinkCannotPutWordsOnThePage() {
        assertThat(page("/spools/files?done=spool-hold&changed=1&left=0&text=" + HOSTILE.replaceAll("[ <>=]", ""))
                        .text())
                .doesNotContain("alert");
        assertThat(get("/?done=dead-discard&changed=x").status()).isEqualTo(400);
        assertThat(page("/?done=x").select(".result")).isEmpty();
    }

    /** Only a browser knows whether it applies the style sheet, runs the script and obeys the policy. */
    @Test
    void aBrowserShowsThePageAndItsScriptRuns() throws Exception {
        String browser = Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!browser.isEmpty(), "no Chromium on the PATH");
        bury(UNREAD, "a");

        // Its time is virtual: on a busy machine it may be over before the script has an answer.
        Document page = browse(browser);
        for (int again = 0; again < 2 && page.select("#live").text().isEmpty(); again++) {
            page = browse(browser);
        }

        assertThat(page.select(".state h1").text()).isEqualTo("1 item of spool " + UNREAD + " could not be delivered");
        assertThat(page.select("#live").text()).isEqualTo("Refreshed every 5 s while you look.");
    }

    /** @return the page as the browser has it after twelve seconds */
    private Document browse(String browser) throws IOException, InterruptedException {
        // Not a @TempDir: processes of the browser may write there for a moment longer.
        Path profile = Files.createDirectories(Path.of("target", "browser", String.valueOf(System.nanoTime())));
        Path shown = profile.resolve("shown.html");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + profile.resolve("profile").toAbsolutePath(),
                        "--virtual-time-budget=12000",
                        "--dump-dom",
                        main.toString())
                .redirectOutput(shown.toFile())
                .redirectError(profile.resolve("log").toFile())
                .start();
        try {
            assumeTrue(process.waitFor(60, TimeUnit.SECONDS), "Chromium does not start on this machine");
        } finally {
            process.destroyForcibly().waitFor();
        }
        assumeTrue(process.exitValue() == 0, "Chromium does not run on this machine");
        return Jsoup.parse(Files.readString(shown));
    }
}
