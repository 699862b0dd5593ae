package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.WithLedger;
import io.threadpost.pull.WindowStatus.Span;

class WindowStatusTest extends WithLedger {
    private static final Instant DAY = Instant.parse("2026-11-20T00:00:00Z");

    private void window(String kind, String state, int fromHour, int toHour, String cursorUpdated) {
        ledger.ledger()
                .write(tx -> tx.update(
                        "INSERT INTO pull_window (connection, kind, state, start_ns, end_ns, cursor_updated, created)"
                                + " VALUES ('main', ?, ?, ?, ?, ?, 0)",
                        kind,
                        state,
                        UtcNanos.nanos(DAY.plusSeconds(3600L * fromHour)),
                        UtcNanos.nanos(DAY.plusSeconds(3600L * toHour)),
                        cursorUpdated));
    }

    @Test
    void anOpenWindowIsPulledFromItsEndBackToItsCursor() {
        window("live", "closed", 0, 6, null);
        window("backfill", "open", 6, 10, "2026-11-20T07:00:00.5Z");
        window("live", "open", 10, 11, null);
        window("live", "open", 11, 12, "2026-11-19T00:00:00Z");

        List<Span> spans = new WindowStatus(ledger.ledger()).newest("main", 10);

        assertThat(spans.stream().map(Span::reached))
                .containsExactly(
                        DAY.plusSeconds(11 * 3600),
                        DAY.plusSeconds(11 * 3600),
                        DAY.plusSeconds(7 * 3600).plusMillis(500),
                        DAY.plusSeconds(6 * 3600));
        assertThat(spans.stream().map(Span::covered)).containsExactly(false, false, false, true);
        assertThat(new WindowStatus(ledger.ledger()).newest("main", 2)).hasSize(2);
        assertThat(new WindowStatus(ledger.ledger()).newest("other", 2)).isEmpty();
    }
}
