package io.threadpost.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.json.RawJson;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.spool.SpoolComponent;
import io.threadpost.testing.LogLines;
import io.threadpost.testing.TestNode;

/** Where the examples of {@code route-thread} send which thread; the spools are mocks. */
class RouteThreadExampleTest extends CamelTestSupport {
    private static final Page PAGE = Page.of("docs/write-routes.md");

    @TempDir
    Path folder;

    private LedgerFixture ledger;

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withUseAdviceWith(true).withUseRouteBuilder(false);
    }

    private void start(String section) throws Exception {
        ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        context().addComponent("spool", new TestNode(ledger.ledger(), Map.of()).get(SpoolComponent.class));
        Page.Example example = PAGE.example(section, "route-thread.camel.yaml");
        PluginHelper.getRoutesLoader(context()).loadRoutes(ResourceHelper.fromString(example.file(), example.yaml()));
        AdviceWith.adviceWith(context(), "route-thread", false, route -> route.mockEndpointsAndSkip("spool:*"));
        context().start();
    }

    @AfterEach
    void closeLedger() {
        if (ledger != null) {
            context().stop();
            ledger.close();
        }
    }

    private void route(String connection, String sender, String subject) {
        String json = "{\"OriginalSender\":\"" + sender + "\",\"Subject\":\"" + subject + "\"}";
        template()
                .sendBodyAndHeaders(
                        "direct:route-thread",
                        new RawJson(json.getBytes(StandardCharsets.UTF_8)),
                        Map.of("ThreadpostKey", subject, "ThreadpostConnection", connection));
    }

    private void route(String key, String more) {
        template()
                .sendBodyAndHeaders(
                        "direct:route-thread",
                        new RawJson(("{\"Subject\":\"s\"" + more + "}").getBytes(StandardCharsets.UTF_8)),
                        Map.of("ThreadpostKey", key, "ThreadpostConnection", "main"));
    }

    private void gets(String spool, Object... keys) throws InterruptedException {
        MockEndpoint mock = getMockEndpoint("mock:spool:" + spool);
        mock.expectedHeaderValuesReceivedInAnyOrder("ThreadpostKey", keys);
        mock.expectedMessageCount(keys.length);
        mock.assertIsSatisfied();
    }

    @Test
    void bySubject() throws Exception {
        start("Route by subject");
        route("main", "Jo", "Late arrival");
        route("main", "Jo", "Your INVOICE");

        gets("files", "Late arrival", "Your INVOICE");
        gets("crm", "Your INVOICE");
    }

    @Test
    void openThreadsWhetherTheFieldIsThereOrNot() throws Exception {
        start("Route open threads");
        route("open", ",\"IsResolved\":false");
        route("absent", "");
        route("null", ",\"IsResolved\":null");
        route("resolved", ",\"IsResolved\":true");

        gets("files", "open", "absent", "null", "resolved");
        gets("crm", "open", "absent", "null");
    }

    @Test
    void bySender() throws Exception {
        start("Route by sender");
        route("main", "Jo", "one");
        route("main", "anna@agency.example", "two");
        route("main", "anna@agency.example.com", "three");

        gets("files", "one", "three");
        gets("crm", "two");
    }

    @Test
    void toALogOnly() throws Exception {
        start("Send to a log only");
        try (LogLines log = LogLines.of("route-thread")) {
            route("demo", "Jo", "one");
            route("main", "Jo", "two");

            gets("files", "two");
            assertThat(log.lines()).containsExactly("one one");
        }
    }
}
