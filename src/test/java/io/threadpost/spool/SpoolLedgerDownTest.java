package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;

/** A ledger that cannot be written for a while costs time, and no item is worked again. */
@OnBothDatabases
class SpoolLedgerDownTest extends SpoolBehaviour {
    private final List<String> effects = new CopyOnWriteArrayList<>();

    @Test
    void whatWasDoneIsWrittenWhenTheLedgerIsBack() throws Exception {
        SpoolNode node = node();
        node.put("files", "a", "b");
        node.run(drain("spool:files", exchange -> {
            if (effects.isEmpty()) {
                database.change("ALTER TABLE spool_batch RENAME TO away");
            }
            effects.add(exchange.getMessage().getBody(String.class));
        }));

        await().until(() -> effects.size() == 2 && theDrainRests());
        database.change("ALTER TABLE away RENAME TO spool_batch");

        awaitDrained("files");
        assertThat(effects).containsExactly("a", "b");
    }

    @Test
    void theDrainGoesOnWhenTheLedgerIsBack() throws Exception {
        SpoolNode node = node();
        node.put("files", "a");
        database.change("ALTER TABLE spool_parcel RENAME TO away");
        node.run(drain(
                "spool:files", exchange -> effects.add(exchange.getMessage().getBody(String.class))));

        await().until(this::theDrainRests);
        database.change("ALTER TABLE away RENAME TO spool_parcel");

        awaitDrained("files");
        assertThat(effects).containsExactly("a");
    }

    private boolean theDrainRests() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().contains("spool://files"))
                .anyMatch(thread -> List.of(thread.getValue()).stream()
                        .anyMatch(frame -> frame.getClassName().equals(Spools.Wakeups.class.getName())));
    }
}
