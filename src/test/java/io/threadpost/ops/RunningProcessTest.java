package io.threadpost.ops;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Inject;
import jakarta.jms.JMSException;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.json.RawJsonFieldLanguage;
import io.threadpost.ledger.Ledger;
import io.threadpost.packaging.Monitoring;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureKind;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.ParcelPurge;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;
import io.threadpost.testing.Endpoint;
import io.threadpost.testing.InjectSandbox;
import io.threadpost.testing.MailboxResource;
import io.threadpost.testing.ModelImapServer;
import io.threadpost.testing.SandboxResource;

@Tag("alone")
@QuarkusTest
@WithTestResource(MailboxResource.class)
@WithTestResource(
        value = SandboxResource.class,
        initArgs = {
            @ResourceArg(name = "threads", value = "25"),
            @ResourceArg(name = "threadpost.pull.period", value = "1s"),
            @ResourceArg(name = "threadpost.pull.alarm-after", value = "5s"),
            @ResourceArg(name = "threadpost.pull.page-size", value = "10"),
            @ResourceArg(name = "threadpost.spool.keep", value = "1s")
        })
@Proves(Promise.SECRETS_STAY_INSIDE)
class RunningProcessTest {
    private static final String NOBODY = "nobody-reads-this";

    @TestHTTPResource(management = true)
    URI management;

    @Inject
    FailureClassifiers classifiers;

    @InjectSandbox
    SandboxPlatform platform;

    ModelImapServer mailbox;

    @Inject
    Ledger ledger;

    @Inject
    Spools spools;

    @Inject
    ParcelPurge parcelPurge;

    @Inject
    CamelContext camel;

    private Endpoint endpoint;

    @BeforeEach
    void allIsWell() {
        endpoint = new Endpoint(management.resolve("/observe"));
        platform.setAvailable(true);
        await().untilAsserted(() -> {
            Endpoint.Answer health = endpoint.get("/health");
            assertThat(health.status()).as(health.body()).isEqualTo(200);
        });
    }

    private long count(String table) {
        return ledger.read(tx ->
                tx.one("SELECT COUNT(*) FROM " + table, row -> row.getLong(1)).orElseThrow());
    }

    @AfterEach
    void nothingIsLeft() {
        platform.setAvailable(true);
        ledger.write(tx -> tx.update(
                "DELETE FROM spool_content WHERE parcel IN (SELECT id FROM spool_parcel WHERE spool = ? OR state "
                        + "= 'dead')",
                NOBODY));
        ledger.write(tx -> tx.update("DELETE FROM spool_pause"));
        ledger.write(tx -> tx.update("DELETE FROM spool_batch WHERE spool = ?", NOBODY));
        ledger.write(tx -> tx.update("DELETE FROM spool_parcel WHERE spool = ? OR state = 'dead'", NOBODY));
    }

    @Test
    void routesReadFieldsOfThreadsByTheShortcut() {
        assertThat(camel.resolveLanguage("bean")).isInstanceOf(RawJsonFieldLanguage.class);
    }

    @Test
    void theFailuresOfEveryClientLibraryAreClassifiedByItsRoom() {
        Map<Exception, FailureKind> failures = Map.of(
                new JMSException("[condition = amqp:decode-error]"), FailureKind.ITEM_REJECTED,
                new RecordTooLargeException("too large"), FailureKind.ITEM_REJECTED,
                new HttpOperationFailedException("http://target", 503, "", null, Map.of(), ""), FailureKind.TARGET_BUSY,
                new ConnectTimeoutException("connect timed out"), FailureKind.TARGET_UNREACHABLE,
                new JsonParseException(null, "not JSON"), FailureKind.UNKNOWN,
                new IOException("disk full"), FailureKind.TARGET_DOWN);

        failures.forEach((failure, kind) -> assertThat(
                        classifiers.classify(new RuntimeException(failure)).kind())
                .as("%s", failure)
                .isEqualTo(kind));
    }

    @Test
    void processThatWorksIsReadyAndCounts() {
        await().untilAsserted(() -> {
            Endpoint.Answer metrics = endpoint.get("/metrics");
            assertThat(metrics.sample("threadpost_pull_threads_total{connection=\"main\"}"))
                    .isEqualTo(25);
            assertThat(metrics.sample("threadpost_spool_delivered_items_total{spool=\"files\"}"))
                    .isEqualTo(25);
        });
        Endpoint.Answer metrics = endpoint.get("/metrics");
        assertThat(metrics.sample("threadpost_pull_pages_total{connection=\"main\"}"))
                .isGreaterThanOrEqualTo(3);
        assertThat(metrics.sample("threadpost_connector_requests_seconds_count{connection=\"main\","
                        + "operation=\"messageThreads/getAll\",outcome=\"ok\"}"))
                .isGreaterThan(3);
        assertThat(metrics.sample("threadpost_connector_wait_seconds_count{connection=\"main\"}"))
                .isGreaterThan(3);
        assertThat(metrics.sample("threadpost_connector_budget_limit{connection=\"main\"}"))
                .isEqualTo(200);
        assertThat(metrics.sample("threadpost_connector_budget_held{connection=\"main\"}"))
                .isBetween(3.0, 200.0);
        // Another test may have had the platform away until a moment ago.
        await().untilAsserted(() -> assertThat(
                        endpoint.get("/metrics").sample("threadpost_pull_lag_seconds{connection=\"main\"}"))
                .isBetween(4.0, 30.0));
        assertThat(metrics.sample("threadpost_pull_age_seconds{connection=\"main\"}"))
                .isLessThan(10);
        assertThat(metrics.sample("threadpost_spool_waiting_items{spool=\"files\"}"))
                .isZero();
        assertThat(metrics.sample("threadpost_spool_consumers{spool=\"files\"}"))
                .isEqualTo(1);
        Endpoint.Answer ready = endpoint.get("/health/ready");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.check("threadpost-pull").at("/data/main").asText()).startsWith("pulled ");
        assertThat(ready.check("threadpost-access").at("/data/main").asText()).isEqualTo("not refused");
        assertThat(ready.check("threadpost-spools").at("/data/files").asText()).isEqualTo("empty");
        assertThat(ready.check("threadpost-started").path("status").asText()).isEqualTo("UP");
        assertThat(endpoint.get("/health/live").check("context").isMissingNode())
                .isTrue();
        assertThat(endpoint.get("/health/started")
                        .check("threadpost-started")
                        .path("status")
                        .asText())
                .isEqualTo("UP");
        for (String path : new String[] {"/health", "/metrics"}) {
            assertThat(endpoint.get(path).body())
                    .doesNotContain(SandboxOptions.ACCESS_TOKEN, SandboxOptions.CLIENT_TOKEN);
        }
    }

    @Test
    void outageOfThePlatformIsSaidAndRestartsNothing() {
        platform.setAvailable(false);

        await().untilAsserted(() -> {
            Endpoint.Answer ready = endpoint.get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            JsonNode pull = ready.check("threadpost-pull");
            assertThat(pull.path("status").asText()).isEqualTo("DOWN");
            assertThat(pull.at("/data/main").asText())
                    .startsWith("last pulled ")
                    .contains("refused; check threadpost.connector.address and the network");
        });
        Endpoint.Answer live = endpoint.get("/health/live");
        assertThat(live.status()).isEqualTo(200);
        assertThat(live.check("threadpost-turning").path("status").asText()).isEqualTo("UP");
        assertThat(endpoint.get("/metrics")
                        .sample("threadpost_connector_requests_seconds_count{connection=\"main\","
                                + "operation=\"messageThreads/getAll\",outcome=\"unreachable\"}"))
                .isPositive();
    }

    @Test
    void itemsThatNobodyTakesOutAreAFinding() {
        spools.deliver(
                NOBODY, List.of(new SpoolItem("1", "main", Map.of(), "a"), new SpoolItem("2", "main", Map.of(), "b")));

        Endpoint.Answer ready = endpoint.get("/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        JsonNode check = ready.check("threadpost-spools");
        assertThat(check.path("status").asText()).isEqualTo("DOWN");
        assertThat(check.at("/data/" + NOBODY).asText())
                .startsWith("2 items, the oldest for ")
                .endsWith("no route that reads spool:" + NOBODY + " is running");
        assertThat(endpoint.get("/health/live").status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(
                        endpoint.get("/metrics").sample("threadpost_spool_waiting_items{spool=\"" + NOBODY + "\"}"))
                .isEqualTo(2));
    }

    @Test
    void targetThatIsDownIsSaidWithoutItsPassword() throws Exception {
        spools.deliver(NOBODY, List.of(new SpoolItem("1", "main", Map.of(), "a")));
        String reason = "no route to smtp://me:" + SandboxOptions.ACCESS_TOKEN + "@mail";
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:" + NOBODY)
                        .routeId(NOBODY)
                        .errorHandler(noErrorHandler())
                        .process(exchange -> {
                            throw new ConnectException(reason);
                        });
            }
        });
        try {
            await().untilAsserted(() -> {
                JsonNode check = endpoint.get("/health/ready").check("threadpost-spools");
                assertThat(check.path("status").asText()).isEqualTo("DOWN");
                assertThat(check.at("/data/" + NOBODY).asText())
                        .contains("; nothing leaves it since 20", ", next try at 20")
                        .endsWith(": no route to smtp://me:***@mail");
            });
            assertThat(endpoint.get("/health/live").status()).isEqualTo(200);
        } finally {
            camel.getRouteController().stopRoute(NOBODY);
            camel.removeRoute(NOBODY);
        }
    }

    @Test
    void finishedParcelsGoWhenTheirTimeIsOver() {
        int more = 1_001;
        ledger.execute(tx -> {
            for (int i = 0; i < more; i++) {
                long id = tx.insert("INSERT INTO spool_parcel (spool, state, size, mark, created, finished)"
                        + " VALUES ('files', 'finished', 1, 1, 0, 1) RETURNING id");
                tx.update("INSERT INTO spool_content (parcel, items) VALUES (?, ?)", id, new byte[0]);
            }
        });
        spools.deliver(NOBODY, List.of(new SpoolItem("1", "main", Map.of(), "still waiting")));
        assertThat(count("spool_parcel")).isGreaterThan(more);

        await().untilAsserted(() -> {
            parcelPurge.run();
            assertThat(count("spool_parcel")).isEqualTo(1);
            assertThat(count("spool_content")).isEqualTo(1);
        });
    }

    @Test
    void deadItemIsCountedAndTakesNothingDown() {
        ledger.execute(tx -> {
            spools.deliverDead(
                    tx, "files", new SpoolItem("1", "main", Map.of(), "guest's own words"), "it was refused");
        });

        Endpoint.Answer health = endpoint.get("/health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.check("threadpost-dead-items").at("/data/files").asInt())
                .isEqualTo(1);
        assertThat(health.body()).doesNotContain("guest's own words");
        await().untilAsserted(() -> assertThat(
                        endpoint.get("/metrics").sample("threadpost_spool_dead_items{spool=\"files\"}"))
                .isEqualTo(1));
    }

    @Test
    void mailboxIsToldInTheMetricsAndInHealth() {
        await().untilAsserted(() -> assertThat(
                        endpoint.get("/metrics").sample("threadpost_mailbox_age_seconds{mailbox=\"main\"}"))
                .isBetween(0.0, 60.0));
        mailbox.answer("", "hang up");
        await().untilAsserted(() -> {
            assertThat(endpoint.get("/metrics").sample("threadpost_mailbox_down{mailbox=\"main\"}"))
                    .isEqualTo(1);
            assertThat(endpoint.get("/health")
                            .check("threadpost-mailboxes")
                            .at("/data/main")
                            .asText())
                    .contains("down since");
        });

        mailbox.answer("", null);
        await().untilAsserted(() -> {
            assertThat(endpoint.get("/metrics").sample("threadpost_mailbox_down{mailbox=\"main\"}"))
                    .isZero();
            assertThat(endpoint.get("/health").status()).isEqualTo(200);
        });
    }

    @Test
    void docsListTheMetricsAndChecksThatThereAreAndNoOthers() throws IOException {
        String page = Files.readString(Path.of("docs/operate.md"));
        await().untilAsserted(() -> assertThat(metrics()).isEqualTo(found("`(threadpost_[a-z_]+)`", page)));
        assertThat(found("\"(threadpost-[a-z-]+)\"", endpoint.get("/health").body()))
                .isEqualTo(found("(?m)^\\| `(threadpost-[a-z-]+)` \\|", page));
    }

    @Test
    void alertsAndDashboardUseMetricsThatAreExposed() {
        await().untilAsserted(() -> assertThat(
                        Monitoring.missingIn(endpoint.get("/metrics").body()))
                .isEmpty());
        assertThat(Monitoring.missingIn("threadpost_spool_paused 1\n"))
                .contains("threadpost_spool_paused{spool}", "threadpost_pull_refused");
    }

    private Set<String> metrics() {
        return found(
                "(?m)^(threadpost_[a-z_]+?)(?:_count|_sum|_max)?[{ ]",
                endpoint.get("/metrics").body());
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
