package io.threadpost.ops;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.testing.Endpoint;
import io.threadpost.testing.SandboxResource;

@Tag("alone")
@QuarkusTest
@WithTestResource(
        value = SandboxResource.class,
        initArgs = @ResourceArg(name = "threadpost.connections.stranger.access-token", value = "token-of-nobody"))
class RefusedTokenTest {
    @TestHTTPResource(management = true)
    URI management;

    @Test
    void refusalIsSaidInThePlatformsWordsAndStopsNobodyElse() {
        Endpoint endpoint = new Endpoint(management.resolve("/observe"));

        await().untilAsserted(() -> {
            Endpoint.Answer ready = endpoint.get("/health/ready");
            assertThat(ready.check("threadpost-access").path("status").asText()).isEqualTo("DOWN");
            assertThat(ready.check("threadpost-access").at("/data/stranger").asText())
                    .startsWith("refused since 20")
                    .contains("answered 401", "check the tokens");
            assertThat(ready.check("threadpost-access").at("/data/main").asText())
                    .isEqualTo("not refused");
            assertThat(ready.check("threadpost-pull").at("/data/main").asText()).startsWith("pulled ");
        });
        assertThat(endpoint.get("/health/live").status()).isEqualTo(200);
        Endpoint.Answer metrics = endpoint.get("/metrics");
        assertThat(metrics.sample("threadpost_pull_refused{connection=\"stranger\"}"))
                .isEqualTo(1);
        assertThat(metrics.sample("threadpost_pull_refused{connection=\"main\"}"))
                .isZero();
        assertThat(metrics.sample("threadpost_connector_requests_seconds_count{connection=\"stranger\","
                        + "operation=\"messageThreads/getAll\",outcome=\"unauthorized\"}"))
                .isPositive();
        assertThat(endpoint.get("/health").body() + metrics.body()).doesNotContain("token-of-nobody");
    }
}
