package io.threadpost.sandbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

class SandboxLimitTest {
    private static final String WINDOW = SandboxClient.updated("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z");

    @Test
    void theLimitSlidesAndRefusedRequestsCountAsWell() {
        SlidingWindow window = new SlidingWindow(TimeUnit.SECONDS.toNanos(30), 3);
        assertThat(arrive(window, 0)).isZero();
        assertThat(arrive(window, 10)).isZero();
        assertThat(arrive(window, 20)).isZero();
        assertThat(arrive(window, 25))
                .as("three are within 30 s, the second leaves at 40")
                .isEqualTo(15);
        assertThat(arrive(window, 31)).as("10, 20, 25 and this one").isEqualTo(19);
        assertThat(arrive(window, 55)).as("31 and this one: 25 has just left").isZero();
        assertThat(window.most()).isEqualTo(4);
    }

    @Test
    void beyondTheLimitRequestsAre429UntilRetryAfterIsOver() throws Exception {
        SandboxOptions options = new SandboxOptions().limit(3, Duration.ofSeconds(1));
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            SandboxClient client = new SandboxClient(platform);
            for (int i = 0; i < 3; i++) {
                assertThat(client.getAll(WINDOW, 1, null).statusCode()).isEqualTo(200);
            }
            HttpResponse<String> refused = client.getAll(WINDOW, 1, null);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
            assertThat(client.json(refused).path("Message").textValue()).isNotEmpty();
            assertThat(client.getAll(WINDOW, 1, null).statusCode()).isEqualTo(429);
            assertThat(platform.earlyAfter429()).isEqualTo(1);
            assertThat(platform.maxInWindow()).isEqualTo(5);
            assertThat(platform.refusals())
                    .as("over the limit is not malformed")
                    .isEmpty();
            SandboxRequest last = platform.requests().get(4);
            assertThat(last.retryAfterSeconds()).isEqualTo(1);
            await().until(() -> System.nanoTime() - last.answeredNanos() > TimeUnit.SECONDS.toNanos(1));
            assertThat(client.getAll(WINDOW, 1, null).statusCode()).isEqualTo(200);
            assertThat(platform.earlyAfter429()).isEqualTo(1);
        }
    }

    @Test
    void retryAfterIsADateOrMissingWhereConfigured() throws Exception {
        SandboxOptions options = new SandboxOptions().limit(1, Duration.ofSeconds(30));
        try (SandboxPlatform platform = SandboxPlatform.start(options.retryAfter(RetryAfterForm.HTTP_DATE))) {
            HttpResponse<String> refused = second(platform);
            Instant until = ZonedDateTime.parse(
                            refused.headers().firstValue("Retry-After").orElseThrow(),
                            DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            assertThat(until)
                    .isBetween(Instant.now().plusSeconds(25), Instant.now().plusSeconds(31));
        }
        try (SandboxPlatform platform = SandboxPlatform.start(options.retryAfter(RetryAfterForm.NONE))) {
            HttpResponse<String> refused = second(platform);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            assertThat(platform.requests().get(1).retryAfterSeconds()).isNull();
        }
    }

    @Test
    void withoutALimitRequestsAreStillCounted() throws Exception {
        try (SandboxPlatform platform =
                SandboxPlatform.start(new SandboxOptions().noLimit().keepRequestLog(false))) {
            SandboxClient client = new SandboxClient(platform);
            for (int i = 0; i < 300; i++) {
                assertThat(client.getAll(WINDOW, 1, null).statusCode()).isEqualTo(200);
            }
            assertThat(platform.maxInWindow()).isEqualTo(300);
            assertThat(platform.requests()).isEmpty();
        }
    }

    private static HttpResponse<String> second(SandboxPlatform platform) throws IOException {
        SandboxClient client = new SandboxClient(platform);
        client.getAll(WINDOW, 1, null);
        return client.getAll(WINDOW, 1, null);
    }

    /** Seconds to wait for a request at a second. */
    private static long arrive(SlidingWindow window, long second) {
        return TimeUnit.NANOSECONDS.toSeconds(window.arrive(TimeUnit.SECONDS.toNanos(second)));
    }
}
