package io.threadpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxTimeTest {
    private static final Instant AT = Instant.parse("2024-02-29T23:59:59Z");

    @ParameterizedTest
    @EnumSource(IntervalReading.class)
    void theEndOfAnIntervalIsReadAsConfiguredAndEqualEndsMeanEquality(IntervalReading reading) throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().interval(reading))) {
            SandboxClient client = new SandboxClient(platform);
            String first = platform.addThread(AT, "A", "first");
            String middle = platform.addThread(AT.plusSeconds(5), "A", "middle");
            String last = platform.addThread(AT.plusSeconds(10), "A", "last");
            List<String> expected =
                    reading == IntervalReading.HALF_OPEN ? List.of(middle, first) : List.of(last, middle, first);
            for (String filter : List.of(
                    SandboxClient.updated(AT, AT.plusSeconds(10)), SandboxClient.created(AT, AT.plusSeconds(10)))) {
                assertThat(client.ids(client.getAll(filter, 10, null))).isEqualTo(expected);
            }
            assertThat(client.ids(client.getAll(SandboxClient.updated(AT, AT), 10, null)))
                    .containsExactly(first);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS,2024-02-29T23:59:59Z",
        "MILLIS,2024-02-29T23:59:59.012Z",
        "TICKS,2024-02-29T23:59:59.0123456Z",
    })
    void timesAreServedToThePrecisionConfigured(TimePrecision precision, String text) throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().precision(precision))) {
            SandboxClient client = new SandboxClient(platform);
            String id = platform.addThread(AT.plusNanos(12_345_678), "A", "precise");
            assertThat(platform.versions()).containsExactly(id + " " + text);
            assertThat(client.versions(client.getAll(SandboxClient.updated(text, text), 10, null)))
                    .containsExactly(id + " " + text);
        }
    }

    @Test
    void everyDayIsWrittenAsJavaWritesIt() {
        for (long day = -800_000; day < 800_000; day += 97) {
            Instant instant = Instant.EPOCH.plus(day, ChronoUnit.DAYS).plusSeconds(Math.floorMod(day, 86_400));
            if (instant.toString().startsWith("+") || instant.toString().startsWith("-")) {
                continue;
            }
            assertThat(new JsonBuffer(16)
                            .time(SandboxTicks.of(instant), TimePrecision.SECONDS)
                            .toString())
                    .isEqualTo(instant.toString());
        }
    }

    @Test
    void anUpdateMakesANewVersionEachTime() {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions())) {
            String id = platform.addThread(AT, "A", "busy");
            String before = platform.versions().iterator().next();
            platform.updateThread(id, AT.plusSeconds(1));
            assertThat(platform.versions()).containsExactly(id + " 2024-03-01T00:00:00Z");
            platform.updateThread(id);
            String second = platform.versions().iterator().next();
            platform.updateThread(id);
            assertThat(platform.versions()).hasSize(1).doesNotContain(before, second);
            assertThatThrownBy(() -> platform.updateThread(id, AT.minusSeconds(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void thePlatformsClockRulesTheDateHeaderAndNewThreads() throws Exception {
        Duration offset = Duration.ofHours(-30);
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().clockOffset(offset))) {
            SandboxClient client = new SandboxClient(platform);
            HttpResponse<String> response = client.add("A", "late");
            Instant created = Instant.parse(
                    client.json(response).at("/MessageThreads/0/CreatedUtc").textValue());
            assertThat(date(response)).isBetween(created, created.plusSeconds(5));
            assertThat(created).isCloseTo(Instant.now().plus(offset), within(10, ChronoUnit.SECONDS));
            platform.setClockOffset(Duration.ofHours(1));
            assertThat(date(client.add("A", "early"))).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
        }
    }

    private static Instant date(HttpResponse<String> response) {
        String date = response.headers().firstValue("Date").orElseThrow();
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
