package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteDataSource;

import io.threadpost.json.RawJson;
import io.threadpost.ledger.WithLedger;

/** A thread is found by its id in what the spools keep, waiting or delivered. */
class KeptThreadsTest extends WithLedger {
    @Test
    void theNewestVersionIsFound() throws Exception {
        stored("files", "finished", thread("a1", "2026-01-01T00:00:00Z", "old"), thread("b1", "2026-01-01", "other"));
        stored("crm", "waiting", thread("a1", "2026-02-01T00:00:00Z", "new"));
        stored("files", "finished", new SpoolItem("note", null, Map.of(), "a text that names a1"));
        RawJson list = new RawJson("[\"a1\"]".getBytes(StandardCharsets.UTF_8));
        stored("files", "finished", new SpoolItem("list", null, Map.of(), list));
        ledger.change("INSERT INTO spool_parcel (spool, state, size, created) VALUES ('files', 'finished', 1, 0)");
        ledger.change(
                "INSERT INTO spool_content (parcel, items) VALUES ((SELECT MAX(id) FROM spool_parcel), ?)",
                "damaged a1".getBytes(StandardCharsets.UTF_8));
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("ledger.db"));
        KeptThreads threads = new KeptThreads(source);

        assertThat(threads.newest("a1")).hasValueSatisfying(kept -> {
            assertThat(kept.thread().get("Subject")).isEqualTo("new");
            assertThat(kept.connection()).isEqualTo("north");
        });
        assertThat(threads.newest("a2")).isEmpty();
    }

    private static SpoolItem thread(String id, String updated, String subject) {
        String json = "{\"Id\":\"%s\",\"UpdatedUtc\":\"%s\",\"Subject\":\"%s\"}".formatted(id, updated, subject);
        return new SpoolItem(id + "@" + updated, "north", Map.of(), new RawJson(json.getBytes(StandardCharsets.UTF_8)));
    }

    private void stored(String spool, String state, SpoolItem... items) {
        ledger.ledger().write(tx -> {
            tx.update(
                    "INSERT INTO spool_parcel (spool, state, size, created) VALUES (?, ?, ?, 0)",
                    spool,
                    state,
                    items.length);
            return tx.update(
                    "INSERT INTO spool_content (parcel, items) VALUES ((SELECT MAX(id) FROM spool_parcel), ?)",
                    ItemCodec.encode(List.of(items)));
        });
    }
}
