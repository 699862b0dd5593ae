package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.threadpost.journey.JourneyRecorder;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.settings.SpoolSettings;

/** What becomes of finished parcels, and how large parcels are. */
@OnBothDatabases
class SpoolKeepTest extends SpoolBehaviour {
    @Test
    void finishedParcelsStay() throws Exception {
        SpoolNode node = node();
        node.put("files", "a");
        node.run(drain("spool:files", new Target()));

        awaitRows("SELECT state FROM spool_parcel", "finished");
        assertThat(rows("SELECT parcel FROM spool_content")).hasSize(1);
    }

    @Test
    void withoutKeepingTheyGoAtOnceAndTheUnfinishedStay() throws Exception {
        SpoolNode node = node(keeping(Duration.ZERO));
        node.put("files", "a", "bad", "b");
        node.run(drain("spool:files", new Target("bad")));

        awaitRows("SELECT state, size FROM spool_parcel", "dead|1");
        assertThat(rows("SELECT parcel FROM spool_content")).isEqualTo(rows("SELECT id FROM spool_parcel"));
    }

    @Test
    void theyGoWhenTheyWereKeptLongEnough() throws Exception {
        SpoolNode node = node();
        node.put("files", "old", "bad");
        node.put("waiting", "c");
        node.run(drain("spool:files", new Target("bad")));
        awaitRows("SELECT state FROM spool_parcel ORDER BY id", "finished", "waiting", "dead");
        database.change(
                "UPDATE spool_parcel SET finished = finished - ?",
                Duration.ofHours(25).toMillis());
        node.put("files", "new");
        awaitDrained("files");

        node.parcelPurge.run();

        assertThat(rows("SELECT state FROM spool_parcel ORDER BY id")).containsExactly("waiting", "dead", "finished");
        assertThat(rows("SELECT parcel FROM spool_content ORDER BY parcel"))
                .isEqualTo(rows("SELECT id FROM spool_parcel ORDER BY id"));
    }

    @Test
    void beyondTheCeilingTheOldestFinishedGo() throws Exception {
        SpoolNode node = node();
        node.put("waiting", "c");
        node.run(drain("spool:files", new Target("bad")));
        for (String key : List.of("first", "bad", "second", "third")) {
            node.put("files", key);
        }
        awaitRows("SELECT state FROM spool_parcel WHERE spool = 'files' AND state <> 'finished'", "dead");
        String oldest = rows("SELECT id FROM spool_parcel WHERE state = 'finished' ORDER BY id")
                .get(0);
        database.change("UPDATE spool_parcel SET finished = finished - 1000 WHERE id = " + oldest);
        ParcelPurge parcelPurge = new ParcelPurge(
                database.ledger(),
                SpoolNode.with(SpoolNode.QUICK, Map.of("threadpost.spool.keep-max", "3")),
                node.get(JourneyRecorder.class));
        // The parcel that the bad item was split from is finished, too.
        assertThat(parcelPurge.status().kept()).isEqualTo(4);
        assertThat(parcelPurge.status().nearCeiling()).isTrue();

        assertThat(parcelPurge.run()).isEqualTo(1);

        assertThat(rows("SELECT state FROM spool_parcel ORDER BY state"))
                .containsExactly("dead", "finished", "finished", "finished", "waiting");
        assertThat(rows("SELECT id FROM spool_parcel")).doesNotContain(oldest);
        assertThat(rows("SELECT parcel FROM spool_content")).hasSize(5).doesNotContain(oldest);
    }

    @Test
    void aSpoolCanAskForSmallerParcels() throws Exception {
        SpoolNode node = node();
        node.put("mail", "a");
        node.run(new RouteBuilder() {
            @Override
            public void configure() {
                from("spool:mail")
                        .setBody(exchange -> List.of(1, 2, 3, 4, 5))
                        .split(body())
                        .to("spool:files?parcel=2");
            }
        });

        awaitRows("SELECT size FROM spool_parcel WHERE spool = 'files' ORDER BY id", "2", "2", "1");
    }

    @Test
    void largeItemsMakeSmallBatches() throws Exception {
        SpoolNode node = node();
        for (int i = 0; i < 5; i++) {
            node.send("mail", new byte[12 << 20]);
        }

        assertThat(node.claimAndDie("mail", 1000).orElseThrow().entries()).hasSize(3);
    }

    private static SpoolSettings keeping(Duration keep) {
        SpoolSettings quick = SpoolNode.QUICK;
        return new SpoolSettings(
                keep, quick.parcel(), quick.attempts(), quick.backoff(), quick.backoffMax(), quick.lease());
    }
}
