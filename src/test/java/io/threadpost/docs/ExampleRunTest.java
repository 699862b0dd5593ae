package io.threadpost.docs;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.Sources;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.testing.Endpoint;
import io.threadpost.testing.LogLines;
import io.threadpost.testing.SandboxResource;
import io.threadpost.testing.SftpServer;

/**
 * The examples of {@code docs/write-routes.md} do what the page says, saved into the folder of a running installation.
 */
@Tag("alone")
@QuarkusTest
@WithTestResource(
        value = SandboxResource.class,
        initArgs = {
            @ResourceArg(name = "copy-routes", value = "true"),
            @ResourceArg(name = "threadpost.pull.alarm-after", value = "1h"),
            @ResourceArg(name = "threadpost.spool.backoff", value = "50ms"),
            @ResourceArg(name = "threadpost.spool.backoff-max", value = "200ms")
        })
@Proves(Promise.EDITS_ARE_SAFE)
class ExampleRunTest {
    private static final Page PAGE = Page.of("docs/write-routes.md");
    private static final String ROUTE_THREAD = "route-thread.camel.yaml";

    @TestHTTPResource(management = true)
    URI management;

    @Inject
    Settings settings;

    @Inject
    RouteFiles files;

    @Inject
    Ledger ledger;

    @Inject
    CamelContext camel;

    private ProducerTemplate template;

    @BeforeEach
    void open() {
        template = camel.createProducerTemplate();
    }

    @AfterEach
    void asShipped() throws Exception {
        template.stop();
        Map<String, String> shipped = new TreeMap<>();
        Sources.below("routes").forEach(file -> shipped.put(file.getFileName().toString(), Sources.text(file)));
        for (RouteFileStatus file : files.statuses()) {
            if (!shipped.containsKey(file.name())) {
                Files.delete(settings.get(SettingsCatalogue.ROUTES_DIRECTORY).resolve(file.name()));
            }
        }
        for (Map.Entry<String, String> file : shipped.entrySet()) {
            save(file.getKey(), file.getValue(), "as shipped");
        }
        await().until(() -> files.statuses().size() == shipped.size());
        for (String table : List.of("spool_batch", "spool_content", "spool_pause", "spool_parcel")) {
            ledger.write(tx -> tx.update("DELETE FROM " + table));
        }
    }

    private void use(String section, String... names) throws IOException {
        for (String name : names) {
            save(name, PAGE.example(section, name).yaml(), section);
        }
    }

    /** Saves the file, and waits until it runs. */
    private void save(String name, String yaml, String what) throws IOException {
        Path file = settings.get(SettingsCatalogue.ROUTES_DIRECTORY).resolve(name);
        if (Files.exists(file) && Files.readString(file).equals(yaml)) {
            return;
        }
        Object before = since(name);
        Files.writeString(file, yaml);
        await(name + " " + what)
                .untilAsserted(() -> assertThat(since(name)).isPresent().isNotEqualTo(before));
        assertThat(files.statuses()).noneMatch(RouteFileStatus::broken);
    }

    private Optional<?> since(String name) {
        return files.statuses().stream()
                .filter(file -> file.name().equals(name))
                .map(RouteFileStatus::since)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A thread as the platform writes one, on its way to {@code route-thread}. */
    private void route(String id, String sender, String subject) {
        String json = "{\"Id\":\"" + id + "\",\"OriginalSender\":\"" + sender + "\",\"Subject\":\"" + subject
                + "\",\"CreatedUtc\":\"2026-11-01T10:00:00Z\",\"UpdatedUtc\":\"2026-11-02T10:00:00Z\",\"Price\": 1.10}";
        template.sendBodyAndHeaders(
                "direct:route-thread",
                new RawJson(json.getBytes(StandardCharsets.UTF_8)),
                Map.of("ThreadpostKey", id + "@2026-11-02T10:00:00Z", "ThreadpostConnection", "main"));
    }

    private List<Path> written() throws IOException {
        Path directory = settings.get(SettingsCatalogue.FILES_DIRECTORY);
        try (Stream<Path> all = Files.exists(directory) ? Files.walk(directory) : Stream.empty()) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".tmp"))
                    .toList();
        }
    }

    private List<String> written(String part) throws IOException {
        List<String> texts = new java.util.ArrayList<>();
        for (Path file : written()) {
            if (file.toString().contains(part)) {
                texts.add(Files.readString(file));
            }
        }
        return texts;
    }

    private List<String> items(String spool) {
        return ledger.read(tx -> tx.list(
                "SELECT state, SUM(size) FROM spool_parcel WHERE spool = ? GROUP BY state ORDER BY state",
                row -> row.getString(1) + " " + row.getLong(2),
                spool));
    }

    @Test
    void aTargetInFiveLines() throws Exception {
        use("Add a target in five lines", "to-log.camel.yaml", ROUTE_THREAD);
        try (LogLines log = LogLines.of("to-log")) {
            route("five-1", "Jo", "Late arrival");

            await().untilAsserted(
                            () -> assertThat(log.lines()).containsExactly("five-1@2026-11-02T10:00:00Z Late arrival"));
        }
        await().untilAsserted(() -> assertThat(written("five-1")).hasSize(1));
    }

    @Test
    void aTargetThatIsPausedCollectsAndGoesOn() throws Exception {
        use("Add a target in five lines", "to-log.camel.yaml", ROUTE_THREAD);
        try (LogLines changes = LogLines.of("io.threadpost.routefiles.RouteFileReporter")) {
            use("Pause a target", "to-log.camel.yaml");
            await().until(() -> changes.lines().contains("Routes: to-log.camel.yaml: stopped to-log; paused to-log"));
        }
        try (LogLines log = LogLines.of("to-log")) {
            route("pause-1", "Jo", "Late arrival");
            route("pause-2", "Jo", "Early arrival");

            await().untilAsserted(() -> assertThat(written("pause-")).hasSize(2));
            assertThat(items("log")).containsExactly("waiting 2");
            assertThat(log.lines()).isEmpty();
            Endpoint health = new Endpoint(management.resolve("/observe"));
            await().untilAsserted(() -> assertThat(health.get("/health/ready")
                            .check("threadpost-spools")
                            .at("/data/log")
                            .asText())
                    .startsWith("2 items, the oldest for ")
                    .endsWith("; no route that reads spool:log is running"));

            use("Add a target in five lines", "to-log.camel.yaml");
            await().untilAsserted(() -> assertThat(log.lines()).hasSize(2));
            assertThat(items("log")).containsExactly("finished 2");
        }
    }

    @Test
    void aFieldThatIsChangedLeavesTheOthersAsTheyWereWritten() throws Exception {
        use("Change a field", ROUTE_THREAD);
        route("field-1", "Jo", "Late arrival");

        await().untilAsserted(() -> assertThat(written("field-1"))
                .containsExactly("{\"Id\":\"field-1\",\"OriginalSender\":\"Jo\",\"Subject\":\"main: Late "
                        + "arrival\","
                        + "\"CreatedUtc\":\"2026-11-01T10:00:00Z\","
                        + "\"UpdatedUtc\":\"2026-11-02T10:00:00Z\",\"Price\": 1.10}"));
    }

    @Test
    void aRestServiceGetsEachThreadOnceAndAgainAfterAFailure() throws Exception {
        try (RestService service = new RestService(request -> request == 1 ? 503 : 201);
                Given given = Given.of("crm.address", service.address()).and("crm.token", "a-token-for-the-crm")) {
            use("Send to a REST service", "to-crm.camel.yaml");
            use("Route by subject", ROUTE_THREAD);
            route("rest-1", "Jo", "Your Invoice, please");
            route("rest-2", "Jo", "invoice");
            route("rest-3", "Jo", "Late arrival");
            route("rest-4", "Jo", "Invoice");

            await().untilAsserted(() -> assertThat(service.taken())
                    .containsExactlyInAnyOrder(
                            "rest-1@2026-11-02T10:00:00Z",
                            "rest-2@2026-11-02T10:00:00Z",
                            "rest-4@2026-11-02T10:00:00Z"));
            await().untilAsserted(() -> assertThat(items("crm")).containsExactly("finished 3"));
            assertThat(service.requests()).hasSize(4).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.type()).isEqualTo("application/json");
                assertThat(request.authorization()).isEqualTo("Bearer a-token-for-the-crm");
                assertThat(request.others()).isEmpty();
            });
            assertThat(service.requests().get(0).body())
                    .startsWith("{\"Id\":\"rest-1\"")
                    .endsWith("\"Price\": 1.10}");
            await().untilAsserted(() -> assertThat(written("rest-")).hasSize(4));
        }
    }

    @Test
    void aKeyThatTheServiceKnowsIsDoneAndOtherRefusalsAreNot() throws Exception {
        try (RestService service = new RestService(request -> request == 0 ? 409 : request == 1 ? 400 : 200);
                Given given = Given.of("crm.address", service.address())) {
            use("Treat a failure as success", "to-crm.camel.yaml");
            use("Route by subject", ROUTE_THREAD);
            route("known-1", "Jo", "Invoice");
            await().until(() -> service.requests().size() == 1);
            route("known-2", "Jo", "Invoice");

            await().untilAsserted(() -> assertThat(service.taken()).containsExactly("known-2@2026-11-02T10:00:00Z"));
            assertThat(service.requests().stream().map(RestService.Request::key))
                    .containsExactly(
                            "known-1@2026-11-02T10:00:00Z",
                            "known-2@2026-11-02T10:00:00Z",
                            "known-2@2026-11-02T10:00:00Z");
            await().untilAsserted(() -> assertThat(items("crm")).allMatch(line -> line.startsWith("finished")));
        }
    }

    @Test
    void aChatGetsWhatAGuestWroteAtTheAddressAsItIsWritten() throws Exception {
        String query = "?api-version=2024-05-01&sig=abc%2Bdef";
        try (RestService chat = new RestService(request -> 200);
                Given given = Given.of("chat.webhook", chat.address() + query)) {
            use("Post to a chat", "to-chat.camel.yaml");
            thread("chat", "chat-1", "Jo \"J\" Doe", "A \\ \"quoted\"\nsubject {{x}} ${body}");

            await().until(() -> chat.requests().size() == 1);
            RestService.Request request = chat.requests().get(0);
            assertThat(request.target()).isEqualTo("/threads" + query);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.type()).isEqualTo("application/json");
            assertThat(new ObjectMapper().readTree(request.body()))
                    .isEqualTo(new ObjectMapper()
                            .createObjectNode()
                            .put("text", "Jo \"J\" Doe: A \\ \"quoted\"\nsubject {{x}} ${body}"));
        }
    }

    @Test
    void aCrmKeepsACaseForEachThreadAndOneThatItDoesNotKnowIsDead() throws Exception {
        try (RestService crm = new RestService(request -> request == 0 ? 404 : 200);
                Given given = Given.of("crm.cases", crm.address()).and("crm.token", "a-token-for-the-crm")) {
            use("Write to a CRM", "to-cases.camel.yaml");
            thread("cases", "case/1 ?", "jo+1@guest.example", "Late");
            await().untilAsserted(() -> assertThat(items("cases")).contains("dead 1"));
            thread("cases", "case-2", "jo+1@guest.example", "Late");

            await().untilAsserted(() -> assertThat(items("cases")).containsExactly("dead 1", "finished 2"));
            assertThat(crm.requests())
                    .extracting(RestService.Request::target)
                    .containsExactly("/threads/case%2F1%20%3F", "/threads/case-2");
            assertThat(crm.requests()).allSatisfy(request -> {
                assertThat(request.method()).isEqualTo("PUT");
                assertThat(request.authorization()).isEqualTo("Bearer a-token-for-the-crm");
                assertThat(request.others()).isEmpty();
                assertThat(request.body())
                        .isEqualTo("{\"contact\":{\"email\":\"jo+1@guest.example\"},\"title\":\"Late\"}");
            });
            List<String> errors = ledger.read(
                    tx -> tx.list("SELECT error FROM spool_parcel WHERE state = 'dead'", row -> row.getString(1)));
            assertThat(errors).containsExactly("the CRM does not know this hotel");
        }
    }

    @Test
    void aLookUpAddsAFieldWaitsAsLongAsItIsAskedToAndGoesOnWithoutThoseThatAreUnknown() throws Exception {
        List<Long> times = new CopyOnWriteArrayList<>();
        try (RestService crm = new RestService(request -> {
                            times.add(System.nanoTime());
                            return request == 0 ? 429 : request == 1 ? 200 : 404;
                        })
                        .saying("{\"name\":\"Jo \\\"J\\\" Doe\"}")
                        .with("Retry-After", "2");
                Given given = Given.of("crm.guests", crm.address()).and("crm.token", "a-token-for-the-crm")) {
            use("Enrich a thread from a service", "enrich.camel.yaml");
            thread("enrich", "enrich-1", "jo+1&x=@guest.example", "Late");
            await().untilAsserted(() -> assertThat(written("enrich-1"))
                    .singleElement()
                    .asString()
                    .endsWith(",\"GuestName\":\"Jo \\\"J\\\" Doe\"}"));
            thread("enrich", "enrich-2", "nobody@guest.example", "Late");
            await().untilAsserted(() ->
                    assertThat(written("enrich-2")).singleElement().asString().endsWith("\"Subject\":\"Late\"}"));

            assertThat(Duration.ofNanos(times.get(1) - times.get(0))).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
            assertThat(crm.requests()).hasSize(3).allSatisfy(request -> assertThat(request.method())
                    .isEqualTo("GET"));
            assertThat(crm.requests().get(1).target())
                    .isEqualTo("/threads?email=jo%2B1%26x%3D%40guest.example&limit=1");
            assertThat(items("enrich")).containsExactly("finished 2");
        }
    }

    private void thread(String spool, String id, String sender, String subject) throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Id", id);
        fields.put("UpdatedUtc", "2026-11-02T10:00:00Z");
        fields.put("OriginalSender", sender);
        fields.put("Subject", subject);
        template.sendBodyAndHeaders(
                "spool:" + spool,
                new RawJson(new ObjectMapper().writeValueAsBytes(fields)),
                Map.of("ThreadpostKey", id + "@2026-11-02T10:00:00Z", "ThreadpostConnection", "main"));
    }

    @Test
    void routesOfATemplateSendEachToItsOwnAddress() throws Exception {
        try (RestService desk = new RestService(request -> 200);
                RestService archive = new RestService(request -> 200);
                Given given = Given.of("desk.address", desk.address()).and("archive.address", archive.address())) {
            use("Use a route template", "rest-target.camel.yaml");
            template.sendBodyAndHeader("spool:desk", "{\"Id\":\"t-1\"}", "ThreadpostKey", "t-1");
            template.sendBodyAndHeader("spool:archive", "{\"Id\":\"t-2\"}", "ThreadpostKey", "t-2");

            await().untilAsserted(() -> assertThat(desk.taken()).containsExactly("t-1"));
            await().untilAsserted(() -> assertThat(archive.taken()).containsExactly("t-2"));
        }
    }

    @Test
    void aMailboxAndAMailServerOfOnesOwn() throws Exception {
        ServerSetup imaps = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAPS);
        ServerSetup smtps = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
        GreenMail server = new GreenMail(new ServerSetup[] {imaps, smtps});
        server.start();
        try (Given given = Given.of(
                        "lost.server", "127.0.0.1:" + server.getImaps().getPort())
                .and("lost.username", "lost@hotel.example")
                .and("lost.password", "a-password+of&lost")
                .and("porter.server", "127.0.0.1:" + server.getSmtps().getPort())
                .and("porter.address", "porter@hotel.example")) {
            GreenMailUser lost = server.setUser("lost@hotel.example", "lost@hotel.example", "a-password+of&lost");
            MimeMessage mail = new MimeMessage(
                    null,
                    new ByteArrayInputStream(("Message-ID: <a@guest.example>\r\nFrom: jo@guest.example\r\n"
                                    + "To: lost@hotel.example\r\nSubject: My \"umbrella\"\r\nBcc: "
                                    + "other@guest.example\r\n"
                                    + "ThreadpostConnection: other\r\nCamelFileName: ../x\r\n\r\nIt is green.\r\n")
                            .getBytes(StandardCharsets.US_ASCII)));
            lost.deliver(mail);
            String section = "Read a mailbox, send a mail";
            String trust = "        %1$sssl.trust: \"*\"\n        %1$sssl.checkserveridentity: false\n";
            save(
                    "to-porter.camel.yaml",
                    PAGE.example(section, "to-porter.camel.yaml")
                            .yaml()
                            .replace(
                                    "              subject:",
                                    trust.formatted("mail.smtps.").indent(6) + "              subject:"),
                    section);
            save(
                    "read-lost.camel.yaml",
                    PAGE.example(section, "read-lost.camel.yaml")
                            .yaml()
                            .replace("        delay: 60000\n", "        delay: 500\n" + trust.formatted("mail.imaps.")),
                    section);

            await().until(() -> server.getReceivedMessagesForDomain("porter@hotel.example").length == 1);
            MimeMessage sent = server.getReceivedMessagesForDomain("porter@hotel.example")[0];
            assertThat(sent.getSubject()).isEqualTo("Lost property");
            assertThat(sent.getContent().toString().strip()).isEqualTo("jo@guest.example wrote: My \"umbrella\"");
            assertThat(List.of(sent.getAllRecipients())).hasToString("[porter@hotel.example]");
            List<String> keys = ledger.read(tx -> tx.list(
                    "SELECT COUNT(*) FROM spool_parcel WHERE spool = 'lost' AND state = 'finished'",
                    row -> row.getString(1)));
            assertThat(keys).containsExactly("1");
        } finally {
            server.stop();
        }
    }

    @Test
    void aTableForEachHotelAndDay() throws Exception {
        save(
                "to-tables.camel.yaml",
                PAGE.example("Choose folders, file names and columns", "to-tables.camel.yaml")
                        .yaml()
                        .replace("0 0 23 * * ?", "0/2 * * * * ?"),
                "tables");
        thread("tables", "table-1", "jo@guest.example", "Late; \"late\"");

        await().untilAsserted(() -> assertThat(written("main/threads-"))
                .singleElement()
                .asString()
                .isEqualTo("\uFEFFGuest;Subject;Written;Resolved;Id\r\n"
                        + "jo@guest.example;\"Late; \"\"late\"\"\";;;table-1\r\n"));
        for (Path file : written()) {
            if (file.toString().contains("main/threads-")) {
                Files.delete(file);
            }
        }
    }

    @Test
    void filesArriveOnceAtAnSftpServerWhateverItDoes(@TempDir Path folder) throws Exception {
        String secret = "p%40 +&?=#'\"\\s" + "~{}[]|<>^`;,/:!*()-_.x1";
        Path in = Files.createDirectories(folder.resolve("server/in")).getParent();
        Path known = folder.resolve("known_hosts");
        try (SftpServer server = new SftpServer(in, "hotel", secret).start();
                LogLines log = LogLines.of("");
                Given given = Given.of("partner.server", "127.0.0.1:" + server.port() + "/in")
                        .and("partner.username", "hotel")
                        .and("partner.password", secret)
                        .and("partner.known-hosts", known.toString())) {
            Files.writeString(known, server.knownHost());
            server.stop();
            server.withAnotherHostKey().start();
            use("Deliver files by SFTP", "to-partner.camel.yaml");
            for (int i = 1; i <= 5; i++) {
                thread("partner", "sftp-" + i, "jo@guest.example", "Late");
            }

            // Neither password nor file for a machine with another key.
            await().untilAsserted(() -> assertThat(pause("partner")).contains("HostKey"));
            assertThat(server.logins()).isZero();
            server.stop();
            await().untilAsserted(() -> assertThat(pause("partner")).contains("refused"));
            server.breakWrites(2);
            server.start();
            Files.writeString(known, server.knownHost());

            // An item that failed by itself has a row of its own, besides its parcel's.
            await().untilAsserted(() ->
                    assertThat(items("partner")).isNotEmpty().allMatch(line -> line.startsWith("finished ")));
            List<String> arrived = server.files().stream()
                    .map(file -> in.relativize(file).toString())
                    .toList();
            assertThat(arrived)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 5)
                            .mapToObj(i -> "in/2026/11/02/2026-11-02T10-00-00Z_sftp-" + i + ".json")
                            .toList());
            assertThat(server.files()).allSatisfy(file -> assertThat(file)
                    .content()
                    .startsWith("{\"Id\":\"sftp-")
                    .endsWith("}"));
            assertThat(server.renamed()).hasSize(5).doesNotHaveDuplicates();
            assertThat(log.lines()).noneMatch(line -> line.contains(secret) || line.contains("<>^`;"));
        }
    }

    private String pause(String spool) {
        return ledger.read(tx -> String.join(
                " ", tx.list("SELECT reason FROM spool_pause WHERE spool = ?", row -> row.getString(1), spool)));
    }

    @Test
    void otherFileFormats() throws Exception {
        use("Another file format", "to-files.camel.yaml", "to-table.camel.yaml");
        route("format-1", "Jo", "Late arrival");
        template.sendBodyAndHeader(
                "spool:table",
                Map.of("Id", "format-2", "Subject", "Early arrival", "UpdatedUtc", "2026-11-02T10:00:00Z"),
                "ThreadpostKey",
                "format-2");

        await().untilAsserted(() -> assertThat(written(".ndjson"))
                .singleElement()
                .asString()
                .startsWith("{\"Id\":\"format-1\"")
                .endsWith("\"Price\": 1.10}\n"));
        await().untilAsserted(() -> assertThat(written(".csv"))
                .containsExactly("Id,OriginalSender,Subject,CreatedUtc,UpdatedUtc,IsResolved\r\n"
                        + "format-2,,Early arrival,,2026-11-02T10:00:00Z,\r\n"));
    }
}
