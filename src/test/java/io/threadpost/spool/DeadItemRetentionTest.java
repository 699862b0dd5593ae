package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.ledger.Retention;
import io.threadpost.settings.Settings;

/** How long dead items are kept, how many, and how their removal is announced. */
@OnBothDatabases
class DeadItemRetentionTest extends SpoolBehaviour {
    private static final String DEAD = "SELECT item_key FROM spool_parcel WHERE state = 'dead' ORDER BY id";

    private DeadItemRetention retention(int most) {
        Settings settings = SpoolNode.with(SpoolNode.QUICK, Map.of("threadpost.spool.dead-max", String.valueOf(most)));
        return new DeadItemRetention(database.ledger(), settings);
    }

    private void dead(String... keys) throws Exception {
        SpoolNode node = node();
        node.put("files", keys);
        node.put("waiting", "w");
        node.run(drain("spool:files", new Target(key -> new RejectedItemException("never"), keys)));
        awaitRows(DEAD, keys);
    }

    private void older(Duration age, String... keys) {
        Arrays.stream(keys)
                .forEach(key -> database.change(
                        "UPDATE spool_parcel SET created = created - ?, failed = failed - ? WHERE item_key = ?",
                        age.toMillis(),
                        age.toMillis(),
                        key));
    }

    /** As if that much time had passed with a process running. */
    private void later(Duration time) {
        database.change("UPDATE retention SET since = since - ?", time.toMillis());
    }

    @Test
    void oldItemsAreDiscardedAfterAWeekOfNotice() throws Exception {
        dead("bad old", "bad new");
        older(Duration.ofDays(100), "bad old");
        DeadItemRetention retention = retention(100);

        assertThat(retention.run()).isZero();
        Retention.Status announced = retention.status();
        assertThat(announced.kept()).isEqualTo(2);
        assertThat(announced.expiring()).isEqualTo(1);
        assertThat(announced.first())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(7)).minusSeconds(60),
                        Instant.now().plus(Duration.ofDays(7)));
        later(Duration.ofDays(6));
        assertThat(retention.run()).isZero();

        later(Duration.ofDays(1));
        assertThat(retention.run()).isEqualTo(1);

        assertThat(rows(DEAD)).containsExactly("bad new");
        assertThat(rows("SELECT item_key FROM spool_parcel WHERE state = 'discarded'"))
                .containsExactly("bad old");
        assertThat(rows("SELECT state FROM spool_parcel WHERE spool = 'waiting'"))
                .containsExactly("waiting");
        assertThat(retention.status().expiring()).isZero();
    }

    @Test
    void theOldestBeyondTheCeilingAreDiscardedButNoneOfTheLastDay() throws Exception {
        DeadItemRetention retention = retention(2);
        retention.run();
        dead("bad 1", "bad 2", "bad 3", "bad 4");
        assertThat(retention.status().nearCeiling()).isTrue();
        assertThat(retention.run()).isZero();

        older(Duration.ofDays(2), "bad 3", "bad 4");
        older(Duration.ofDays(3), "bad 2");
        assertThat(retention.run()).isEqualTo(2);

        assertThat(rows(DEAD)).containsExactly("bad 1", "bad 4");
    }

    @Test
    void afterALongStopTheNoticeBeginsAnew() throws Exception {
        dead("bad");
        DeadItemRetention retention = retention(100);
        retention.run();
        later(Duration.ofDays(50));
        older(Duration.ofDays(100), "bad");
        database.change("UPDATE retention SET ran = ran - ?", Duration.ofDays(5).toMillis());

        assertThat(retention.run()).isZero();
        later(Duration.ofDays(7));
        assertThat(retention.run()).isEqualTo(1);
    }
}
