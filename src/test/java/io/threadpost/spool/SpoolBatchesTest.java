package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.OnBothDatabases;

/** A batch is formed once: number and items stay together until it is acknowledged. */
@OnBothDatabases
@Proves(Promise.EVERY_VERSION_IS_DELIVERED)
class SpoolBatchesTest extends SpoolBehaviour {
    private final List<String> effects = new CopyOnWriteArrayList<>();

    @Test
    void afterACrashTheSameBatchComesAgainThoughItsSizeWasEdited() throws Exception {
        SpoolNode first = node();
        first.put("files", "a", "b");
        first.put("files", "c", "d", "e");
        Batch held = first.claimAndDie("files", 3).orElseThrow();

        SpoolNode second = crash();
        second.put("files", "f");
        second.run(drain("spool:files?batch=2", recording()));

        awaitDrained("files");
        assertThat(effects.get(0)).isEqualTo(held.number() + " [a, b, c]");
        assertThat(effects)
                .extracting(effect -> effect.replaceAll("^\\d+ ", ""))
                .containsExactly("[a, b, c]", "[d, e]", "[f]");
        assertThat(numbers()).doesNotHaveDuplicates();
    }

    @Test
    void aBatchOfAListIsTheSameWhenItIsTakenItemByItem() throws Exception {
        SpoolNode first = node();
        first.put("files", "a", "b", "c");
        long number = first.claimAndDie("files", 2).orElseThrow().number();

        SpoolNode second = crash();
        second.run(drain("spool:files", recording()));

        awaitDrained("files");
        assertThat(effects).startsWith(number + " a", number + " b").hasSize(3);
    }

    @Test
    void afterTheTargetFailedTheSameBatchComesAgain() throws Exception {
        AtomicBoolean down = new AtomicBoolean(true);
        SpoolNode node = node();
        node.put("files", "a", "b", "c");
        node.run(drain("spool:files?batch=2", exchange -> {
            recording().process(exchange);
            if (down.getAndSet(false)) {
                throw new ConnectException("refused");
            }
        }));

        awaitDrained("files");
        assertThat(effects).hasSize(3);
        assertThat(effects.get(0)).endsWith("[a, b]").isEqualTo(effects.get(1));
        assertThat(effects.get(2)).endsWith("[c]");
    }

    @Test
    void aNumberIsNotUsedAgainAfterItsBatchIsGone() throws Exception {
        SpoolNode first = node();
        first.put("files", "a");
        first.run(drain("spool:files?batch=2", recording()));
        awaitDrained("files");
        first.camel.stop();

        SpoolNode second = crash();
        second.put("files", "b");
        second.run(drain("spool:files?batch=2", recording()));
        awaitDrained("files");

        assertThat(numbers()).hasSize(2).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void whatComesLaterDoesNotJoinABatchThatIsHeld() throws Exception {
        SpoolNode node = node();
        node.put("files", "a");
        node.claimAndDie("files", 100);
        node.put("files", "b");

        assertThat(node.claimAndDie("files", 100).orElseThrow().entries())
                .extracting(entry -> entry.item().key())
                .containsExactly("b");
    }

    private Processor recording() {
        return exchange -> effects.add(exchange.getMessage().getHeader("ThreadpostBatch") + " "
                + exchange.getMessage().getBody());
    }

    private List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        effects.forEach(effect -> numbers.add(Long.valueOf(effect.substring(0, effect.indexOf(' ')))));
        return numbers;
    }
}
