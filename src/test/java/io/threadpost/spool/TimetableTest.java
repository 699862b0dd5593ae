package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** When spools open: also where clocks are changed. */
class TimetableTest {
    @Test
    void sevenInTheMorningIsSevenInSummerAndInWinter() {
        assertThat(ticks("0 0 7 * * ?", "Europe/Prague", "2026-10-24T00:00:00Z", 3))
                .containsExactly("2026-10-24T05:00:00Z", "2026-10-25T06:00:00Z", "2026-10-26T06:00:00Z");
        assertThat(ticks("0 0 7 * * ?", "Europe/Prague", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T06:00:00Z", "2026-03-29T05:00:00Z", "2026-03-30T05:00:00Z");
    }

    @Test
    void aTimeThatIsLeftOutOrThereTwiceIsOneTick() {
        // On this day the clocks go from two to three.
        assertThat(ticks("0 30 2 * * ?", "Europe/Prague", "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
        // On this day they go from three to two.
        assertThat(ticks("0 30 2 * * ?", "Europe/Prague", "2026-10-24T02:00:00Z", 2))
                .hasSize(2)
                .allMatch(tick -> tick.matches("2026-10-2[56]T0[01]:30:00Z"))
                .satisfies(both -> assertThat(both.get(0).substring(0, 10))
                        .isNotEqualTo(both.get(1).substring(0, 10)));
    }

    @Test
    void aZoneOfAnOffsetHasItsTimesToo() {
        Timetable seven = new Timetable("0 0 7 * * ?", "UTC-5");
        Instant first = seven.next(Instant.parse("2026-11-22T00:00:00Z"));
        assertThat(first).isEqualTo("2026-11-22T12:00:00Z");
        assertThat(seven.next(first)).isEqualTo("2026-11-23T12:00:00Z");
    }

    @Test
    void whenThereIsNoTickAnyMoreThereIsNone() {
        assertThat(new Timetable("0 0 7 1 1 ? 2020", null).next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo(Timetable.NEVER);
    }

    @Test
    void whatCannotBeReadIsSaidInOneLine() {
        assertThatThrownBy(() -> new Timetable("at seven", null))
                .hasMessageMatching(
                        "cron `at seven` cannot be read: .*; write six fields, seconds first, like 0 0 7 \\* \\* \\?");
        assertThatThrownBy(() -> new Timetable("0 0 7 * * ?", "Europe/Praha"))
                .hasMessage("there is no zone `Europe/Praha`; write one like Europe/Prague");
    }

    private static List<String> ticks(String cron, String zone, String after, int count) {
        Timetable timetable = new Timetable(cron, zone);
        return Stream.iterate(timetable.next(Instant.parse(after)), timetable::next)
                .limit(count)
                .map(Instant::toString)
                .toList();
    }
}
