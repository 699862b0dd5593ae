package io.threadpost.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.threadpost.page.Timeline.Bar;
import io.threadpost.pull.WindowStatus.Span;
import io.threadpost.spool.SpoolHistory.Sample;

class TimelineTest {
    private static final Instant FROM = Instant.parse("2026-11-20T00:00:00Z");
    private static final Instant TO = hour(10);

    private static Instant hour(int hour) {
        return FROM.plusSeconds(3600L * hour);
    }

    private static Span window(String state, int from, int to, int reached) {
        return new Span(true, state, hour(from), hour(to), hour(reached), 0, 0, 0, null);
    }

    @Test
    void windowsAreBarsWithinTheTimeShown() {
        Timeline timeline = Timeline.of(
                "All",
                List.of(
                        window("open", 8, 12, 9),
                        window("paused", 6, 7, 7),
                        window("closed", -5, 5, 5),
                        window("closed", 20, 21, 21)),
                FROM,
                TO);

        assertThat(timeline.bars())
                .extracting(Bar::kind, Bar::x, Bar::width)
                .containsExactly(
                        tuple("covered", "0.0", "500.0"),
                        tuple("paused", "600.0", "100.0"),
                        tuple("open", "800.0", "200.0"),
                        tuple("pulled", "900.0", "100.0"));
        assertThat(timeline.summary()).isEqualTo("All: 50 % covered");
    }

    @Test
    void aMomentIsStillSeen() {
        Timeline timeline = Timeline.of(
                "All", List.of(new Span(true, "closed", TO.minusMillis(1), TO, TO, 0, 0, 0, null)), FROM, TO);

        assertThat(timeline.bars()).extracting(Bar::x, Bar::width).containsExactly(tuple("998.0", "2.0"));
    }

    @Test
    void timesBetweenWindowsAreGaps() {
        List<Span> gaps = Timeline.gaps(List.of(
                window("closed", 9, 10, 10),
                window("cancelled", 4, 6, 6),
                window("open", 3, 4, 4),
                window("closed", 0, 4, 4)));

        assertThat(gaps).extracting(Span::start, Span::end).containsExactly(tuple(hour(4), hour(9)));
        assertThat(Timeline.gaps(List.of())).isEmpty();
    }

    @Test
    void samplesAreALineUpToNow() {
        long now = TO.toEpochMilli();
        long halfDay = 12 * 3600 * 1000L;
        Sparkline line = Sparkline.of(
                List.of(
                        new Sample(now - 2 * halfDay, 0, 0, 3),
                        new Sample(now - halfDay, 8, 0, 4),
                        new Sample(now, 4, 0, 5)),
                now);

        assertThat(line.points()).isEqualTo("M0.0,35.0L120.0,3.0L240.0,19.0");
        assertThat(line.area()).isEqualTo(line.points() + "L240.0,36L0.0,36Z");
        assertThat(line.summary()).isEqualTo("at most 8 waiting, 12 delivered");
        assertThat(Sparkline.of(List.of(), now).points()).isEmpty();
    }
}
