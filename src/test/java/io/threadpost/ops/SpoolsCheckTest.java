package io.threadpost.ops;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.SpoolParts;
import io.threadpost.spool.TargetDownException;

/** What health says of spools that cannot be had in a whole process. */
class SpoolsCheckTest {
    @TempDir
    Path folder;

    @Test
    void digestOfNothingThatCannotBeMadeIsAFindingThough() throws Exception {
        Settings settings = TestSettings.of(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access",
                "threadpost.smtp.host", "localhost",
                "threadpost.digest.from", "a@hotel.example",
                "threadpost.digest.to", "b@hotel.example"));
        boolean[] broken = {true};
        LedgerFixture ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        try (CamelContext camel = new DefaultCamelContext()) {
            SpoolParts.add(camel, ledger.ledger(), settings);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("spool:digest?batch=10&empty=true&cron=* * * * * ?").process(exchange -> {
                        if (broken[0]) {
                            throw new TargetDownException("the template digest.html:3 is broken, mend it");
                        }
                    });
                }
            });
            camel.start();
            SpoolsCheck check =
                    new SpoolsCheck(SpoolParts.status(camel, ledger.ledger()), new RedactedText(settings), settings);
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
        Settings settings = TestSettings.of(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access-of-the-hotel"));
        LedgerFixture ledger = LedgerFixture.create(Dialect.SQLITE, folder);
        try (CamelContext camel = new DefaultCamelContext()) {
            SpoolParts.add(camel, ledger.ledger(), settings);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("spool:crm").to("log:crm");
                }
            });
            camel.start();
            ledger.change(
                    "INSERT INTO spool_parcel (spool, state, size, alone, item_key, failures, due, error, created)"
                            + " VALUES ('crm', 'waiting', 1, TRUE, 'a@1', 40, " + Long.MAX_VALUE
                            + ", 'HTTP 500 for access-of-the-hotel', " + System.currentTimeMillis() + ")");
            SpoolsCheck check =
                    new SpoolsCheck(SpoolParts.status(camel, ledger.ledger()), new RedactedText(settings), settings);

            assertThat(check.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
            assertThat(check.call().getData().orElseThrow().get("crm").toString())
                    .startsWith("1 item, ")
                    .endsWith("; 1 fails again and again, the oldest is a@1, 40 times: HTTP 500 for ***");
        } finally {
            ledger.close();
        }
    }
}
