package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullStartTest {
    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "2026-01-01T02:00:00+02:00, 2026-01-01T00:00:00Z",
        "2026-01-01, 2026-01-01T00:00:00Z",
        "P7D, 2026-05-24T12:00:00Z",
        "P3M, 2026-02-28T12:00:00Z",
        "PT1H, 2026-05-31T11:00:00Z",
        "P1DT12H, 2026-05-30T00:00:00Z",
        "P1M1DT1S, 2026-04-29T11:59:59Z",
        "7d, 2026-05-24T12:00:00Z",
        "P0D, 2026-05-31T12:00:00Z"
    })
    void beginsThere(String text, Instant expected) throws InvalidSettingValue {
        assertThat(TimeTypes.pullStart().parse(text).from(Instant.parse("2026-05-31T12:00:00Z")))
                .isEqualTo(expected);
    }
}
