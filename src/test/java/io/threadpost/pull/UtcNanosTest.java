package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UtcNanosTest {
    private static final Random RANDOM = new Random(1);

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 0",
        "1970-01-01T00:00:00.000000001Z, 1",
        "1970-01-01T00:00:00.1Z, 100000000",
        "1970-01-01T00:00:00.Z, 0",
        "1969-12-31T23:59:59.9Z, -100000000",
        "2024-02-29T23:59:59.1234567Z, 1709251199123456700",
        "2026-11-22T10:00:00.12Z, 1795341600120000000",
        "2026-11-22T24:00:00Z, 1795392000000000000",
        "2026-11-22T10:00:00, 1795341600000000000",
        "2026-11-22T10:00, 1795341600000000000",
        "2026-11-22t10:00:00z, 1795341600000000000",
        "2262-04-11T23:47:16.854775807Z, 9223372036854775807"
    })
    void readsATimeToTheNanosecond(String text, long nanos) {
        assertThat(UtcNanos.nanos(text)).hasValue(nanos);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-00-10T10:00:00Z",
                "2026-11-31T10:00:00Z",
                "2026-11-22T25:00:00Z",
                "2026-11-22T10:61:00Z",
                "2026-11-22 10:00:00Z",
                "2026-11-22T10:00:0xZ",
                "2026-11-22T10:00:00.12x4Z",
                "2026-11-22T10:00:00.1234567890Z",
                "2026-11-22T10:00:00.-12Z",
                "+026-11-22T10:00:00Z",
                "2026-11-22T10:00:00,5Z",
                "\u0662026-11-22T10:00:00Z",
                "2263-01-01T00:00:00Z",
                "1676-01-01T00:00:00Z"
            })
    void anythingElseIsNoTime(String text) {
        assertThat(UtcNanos.nanos(text)).isEmpty();
    }

    @Test
    void whatItWritesItReads() {
        for (int i = 0; i < 10_000; i++) {
            long nanos = RANDOM.nextLong() / (1L << RANDOM.nextInt(30));

            assertThat(UtcNanos.nanos(UtcNanos.text(nanos))).hasValue(nanos);
        }
    }

    /** Every way of writing a time is read as Java reads it, also one that is broken somewhere. */
    @Test
    void readsAsTheStandardDoes() {
        String letters = "0123456789-:.TZ";
        for (int i = 0; i < 20_000; i++) {
            Instant instant = Instant.ofEpochSecond(RANDOM.nextInt(), RANDOM.nextInt(1_000_000_000));
            StringBuilder text = new StringBuilder(instant.toString());
            text.setCharAt(RANDOM.nextInt(text.length()), letters.charAt(RANDOM.nextInt(letters.length())));

            assertThat(UtcNanos.nanos(text.toString())).as(text.toString()).isEqualTo(standard(text.toString()));
        }
    }

    private static OptionalLong standard(String text) {
        try {
            return OptionalLong.of(UtcNanos.nanos(Instant.parse(text)));
        } catch (java.time.DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
