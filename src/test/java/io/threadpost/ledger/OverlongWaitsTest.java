package io.threadpost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OverlongWaits.Column;
import io.threadpost.testing.TestNode;

/** What was written while the clock was a year ahead is tried within an hour after it is right again. */
class OverlongWaitsTest extends WithLedger {
    private static final Map<String, String> STATES =
            Map.of("pull_window", "open", "redelivery", "running", "spool_parcel", "waiting");

    @Test
    void whatWaitsForAYearIsDue() {
        long now = Instant.now().toEpochMilli();
        try (TestNode node = new TestNode(ledger.ledger())) {
            for (List<Column> columns : List.of(OverlongWaits.WAITS, OverlongWaits.LEASES, OverlongWaits.PAST)) {
                for (Column column : columns) {
                    long most = columns == OverlongWaits.LEASES ? 3_600_000 : 0;
                    insert(column, now + Duration.ofDays(365).toMillis());
                    node.get(OverlongWaits.class).end();
                    assertThat(stored(column)).as("%s", column).isBetween(now, now + most + 60_000);
                }
            }
        }
    }

    @Test
    void usualWaitsStay() {
        // An add that the platform asked to wait for an hour is spread over half of it more.
        assertStay(OverlongWaits.WAITS, Instant.now().plus(Duration.ofMinutes(90)));
        assertStay(OverlongWaits.LEASES, Instant.now().plus(Duration.ofMinutes(60)));
    }

    private void assertStay(List<Column> columns, Instant until) {
        long time = until.toEpochMilli();
        try (TestNode node = new TestNode(ledger.ledger())) {
            for (Column column : columns) {
                insert(column, time);
                node.get(OverlongWaits.class).end();
                assertThat(stored(column)).as("%s", column).isEqualTo(time);
            }
        }
    }

    @Test
    void everyTableWithWaitsIsAmongThem() {
        assertThat(waiting().stream().map(column -> column.table() + "|" + column.name()))
                .containsExactlyInAnyOrderElementsOf(
                        ledger.rows("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
                                + " WHERE m.type = 'table' AND c.name IN ('due', 'until', 'lease_until', 'lease')"));
    }

    private static List<Column> waiting() {
        return Stream.concat(OverlongWaits.WAITS.stream(), OverlongWaits.LEASES.stream())
                .toList();
    }

    private long stored(Column column) {
        return Long.parseLong(ledger.rows("SELECT " + column.name() + " FROM " + column.table())
                .get(0));
    }

    /** Stores one row, with something in each column that needs it. */
    private void insert(Column column, long time) {
        ledger.change("DELETE FROM " + column.table());
        Map<String, Object> values = new LinkedHashMap<>();
        for (String info : ledger.rows(
                "SELECT name, type FROM pragma_table_info(?) WHERE \"notnull\" = 1 AND dflt_value IS NULL"
                        + " AND NOT (pk = 1 AND type LIKE 'INTEGER%') OR name IN ('lease_owner', 'alone')",
                column.table())) {
            String[] field = info.split("\\|");
            values.put(field[0], field[1].equals("TEXT") ? "x" : 1);
        }
        values.replace("state", STATES.getOrDefault(column.table(), "x"));
        values.put(column.name(), time);
        ledger.change(
                "INSERT INTO " + column.table() + " (" + String.join(", ", values.keySet()) + ") VALUES (?"
                        + ", ?".repeat(values.size() - 1) + ")",
                new ArrayList<>(values.values()).toArray());
    }
}
