package io.threadpost.ops;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.TargetDownException;
import io.threadpost.testing.TestNode;

/** What health says of spools that cannot be had in a whole process. */
class SpoolsCheckTest {
    @TempDir
    Path folder;

    @Test
    void digestOfNothingThatCannotBeMadeIsAFindingThough() throws Exception {
        Map<String, String> digest = Map.of(
                "threadpost.smtp.host", "localhost",
                "threadpost.digest.from", "a@hotel.example",
                "threadpost.digest.to", "b@hotel.example");
        boolean[] broken = {true};
        LedgerFixture ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        try (TestNode node = new TestNode(ledger.ledger(), digest)) {
            node.addAll("spool");
            node.camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("spool:digest?batch=10&empty=true&cron=* * * * * ?").process(exchange -> {
                        if (broken[0]) {
                            throw new TargetDownException("the template digest.html:3 is broken, mend it");
                        }
                    });
                }
            });
            node.camel.start();
            SpoolsCheck check =
                    new SpoolsCheck(node.get(SpoolStatus.class), new RedactedText(node.settings), node.settings);
            await().until(() -> check.call().getStatus() == HealthCheckResponse.Status.DOWN);

            assertThat(check.call().getData().orElseThrow().get("digest").toString())
                    .startsWith("empty; nothing leaves it since 20")
                    .endsWith(": the template digest.html:3 is broken, mend it");
            broken[0] = false;
            await().until(() -> check.call().getStatus() == HealthCheckResponse.Status.UP);
        } finally {
            ledger.close();
        }
    }

    @Test
    void itemThatFailsAgainAndAgainIsNamedAndTakesNothingDown() throws Exception {
        LedgerFixture ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        Map<String, String> token = Map.of("threadpost.connections.main.access-token", "access-of-the-hotel");
        try (TestNode node = new TestNode(ledger.ledger(), token)) {
            node.addAll("spool");
            node.camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("spool:crm").to("log:crm");
                }
            });
            node.camel.start();
            ledger.change(
                    "INSERT INTO spool_parcel (spool, state, size, alone, item_key, failures, due, error, created)"
                            + " VALUES ('crm', 'waiting', 1, TRUE, 'a@1', 40, " + Long.MAX_VALUE
                            + ", 'HTTP 500 for access-of-the-hotel', " + System.currentTimeMillis() + ")");
            SpoolsCheck check =
                    new SpoolsCheck(node.get(SpoolStatus.class), new RedactedText(node.settings), node.settings);

            assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
            assertThat(check.call().getData().orElseThrow().get("crm").toString())
                    .startsWith("1 item, ")
                    .endsWith("; 1 fails again and again, the oldest is a@1, 40 times: HTTP 500 for ***");
        } finally {
            ledger.close();
        }
    }
}
