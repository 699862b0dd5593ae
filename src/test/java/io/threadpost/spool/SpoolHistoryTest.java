package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.spool.SpoolHistory.Sample;
import io.threadpost.spool.StoredItems.RecentItem;

/** What a person sees of spools: how they changed, and their newest items. */
@OnBothDatabases
class SpoolHistoryTest extends SpoolBehaviour {
    private static final long STEP = SpoolHistory.STEP_MILLIS;

    @Test
    void aSampleIsTakenOnceForEachStepAndKeptForADay() throws Exception {
        SpoolNode node = node();
        SpoolHistory history = new SpoolHistory(database.ledger(), node.status);
        SpoolHistory otherNode = new SpoolHistory(database.ledger(), node.status);
        node.put("files", "a", "b");
        node.put("rooms", "c");
        long now = database.ledger().read(tx -> tx.now());
        long step = now / STEP * STEP;
        database.ledger().write(tx -> {
            for (long at : List.of(step - STEP, step - 400 * STEP)) {
                tx.update(
                        "INSERT INTO spool_sample (spool, at, waiting, dead, delivered) VALUES ('old', ?, 9, 0, 0)",
                        at);
            }
            return tx.update(
                    "UPDATE spool_parcel SET state = 'finished', finished = ? WHERE spool = 'rooms'", step - 1);
        });

        history.sample(step);
        node.put("files", "d");
        history.sample(step + 1);
        otherNode.sample(step + 1);
        otherNode.sample(step + STEP);

        assertThat(history.lastDay().get("files"))
                .containsExactly(new Sample(step, 2, 0, 0), new Sample(step + STEP, 3, 0, 0));
        assertThat(rows("SELECT COUNT(*) FROM spool_sample WHERE spool = 'old'"))
                .containsExactly("1");
    }

    @Test
    void deliveredItemsCountInTheStepAfterThem() throws Exception {
        SpoolNode node = node();
        SpoolHistory history = new SpoolHistory(database.ledger(), node.status);
        node.put("files", "a", "b");
        node.put("files", "c");
        long step = database.ledger().read(tx -> tx.now()) / STEP * STEP;
        database.ledger().write(tx -> {
            tx.update(
                    "INSERT INTO spool_sample (spool, at, waiting, dead, delivered) VALUES ('files', ?, 0, 0, 0)",
                    step - STEP);
            return tx.update(
                    "UPDATE spool_parcel SET state = 'finished', finished = ? WHERE size = 2", step - STEP + 1);
        });

        history.sample(step);

        assertThat(history.lastDay().get("files").stream()
                        .mapToLong(Sample::delivered)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void theNewestItemsComeFirstWithTheirStates() throws Exception {
        SpoolNode node = node();
        StoredItems stored = new StoredItems(database.ledger());
        node.put("files", "a", "b", "c");
        node.put("rooms", "d");
        database.ledger().write(tx -> tx.update("UPDATE spool_parcel SET mark = 1 WHERE spool = 'files'"));

        List<RecentItem> items = new ArrayList<>();
        stored.visitNewest(10, 2, items::add);

        assertThat(items)
                .extracting(item -> item.spool() + " " + item.item().key() + " " + item.state())
                .containsExactly("rooms d waiting", "files a finished", "files b waiting");
        items.clear();
        stored.visitNewest(10, 2, item -> items.add(item) && items.size() < 2);
        assertThat(items).hasSize(2);
        items.clear();
        stored.visitNewest(1, 2, items::add);
        assertThat(items).hasSize(1);
    }
}
