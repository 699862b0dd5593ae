package io.threadpost.spool;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.spool.Targets.Standing;

/** Targets that are off: what is sent to their spools. */
@OnBothDatabases
class SpoolOffTest extends SpoolBehaviour {
    private static final String ITEMS = "SELECT spool, SUM(size) FROM spool_parcel GROUP BY spool ORDER BY spool";

    @Test
    void spoolsOfATargetThatNeverWasOnTakeNothing() throws Exception {
        try (SpoolNode off = node("")) {
            off.send("queue", "a");
            off.put("queue-groups", "b", "c");
            off.put("queued", "d");

            assertThat(rows(ITEMS)).containsExactly("queued|1");
            assertThat(standing(off, "queue")).isEqualTo(Standing.OFF);
            assertThat(standing(off, "queued")).isEqualTo(Standing.OPEN);
        }
    }

    @Test
    void whatIsRoutedOnToSuchATargetIsLeftOutAndTheRestComesThrough() throws Exception {
        Target files = new Target();
        try (SpoolNode off = node("")) {
            off.run(new RouteBuilder() {
                @Override
                public void configure() {
                    from("spool:in").to("spool:queue").to("spool:files");
                    from("spool:files").process(files);
                }
            });
            off.put("in", "a", "b");

            await().untilAsserted(() -> assertThat(files.taken()).containsExactly("a", "b"));
            assertThat(rows("SELECT size FROM spool_parcel WHERE spool = 'queue'"))
                    .isEmpty();
        }
    }

    @Test
    void aTargetThatWasOnOnceKeepsCollecting() throws Exception {
        try (SpoolNode on = node("amqp://localhost:1")) {
            on.send("queue", "a");
        }
        try (SpoolNode off = node("")) {
            off.send("queue", "b");
            off.put("queue-groups", "c");

            assertThat(rows(ITEMS)).containsExactly("queue|2", "queue-groups|1");
            assertThat(standing(off, "queue")).isEqualTo(Standing.LEFT);
            assertThat(standing(off, "queue-groups")).isEqualTo(Standing.LEFT);
        }
    }

    @Test
    void aTargetThatIsGivenUpTakesNothingAnyMoreUntilItIsOnAgain() throws Exception {
        try (SpoolNode on = node("amqp://localhost:1")) {
            on.send("queue", "a");
            assertThatThrownBy(() -> on.targets.forget(io.threadpost.settings.TargetSystem.QUEUE))
                    .isInstanceOf(IllegalStateException.class);
        }
        try (SpoolNode off = node("")) {
            assertThat(off.targets.forget(io.threadpost.settings.TargetSystem.QUEUE))
                    .isTrue();
            assertThat(off.targets.forget(io.threadpost.settings.TargetSystem.QUEUE))
                    .isFalse();
            off.send("queue", "b");

            assertThat(rows(ITEMS)).containsExactly("queue|1");
            assertThat(standing(off, "queue")).isEqualTo(Standing.OFF);
        }
        try (SpoolNode again = node("amqp://localhost:1")) {
            again.send("queue", "c");
            assertThat(rows(ITEMS)).containsExactly("queue|2");
        }
    }

    private Standing standing(SpoolNode node, String spool) {
        return database.ledger().read(tx -> node.targets.standing(tx, spool));
    }

    private SpoolNode node(String url) throws Exception {
        return new SpoolNode(database.ledger(), SpoolNode.with(SpoolNode.QUICK, Map.of("threadpost.queue.url", url)));
    }
}
