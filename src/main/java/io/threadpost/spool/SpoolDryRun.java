package io.threadpost.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;

import io.threadpost.retry.FailureClassifier;

/**
 * The Camel component {@code spool:NAME} without a ledger: nothing is stored, and no route consumes by itself. The
 * caller hands out items, and each passes its route in the same exchange as in a running installation.
 */
public final class SpoolDryRun extends DefaultComponent {
    private static final String SCHEME = "spool";

    private final ItemStore items;
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();
    private long batches;

    /**
     * @param late receives, with its spool, what no exchange commits: what is sent after its thread or item was settled
     */
    public SpoolDryRun(BiConsumer<String, SpoolItem> late) {
        this.items = new ItemStore() {
            @Override
            public void deliver(String spool, List<SpoolItem> sent) {
                sent.forEach(item -> late.accept(spool, item));
            }

            @Override
            public void deliverDead(String spool, SpoolItem item, String error) {
                late.accept(spool, item);
            }
        };
    }

    /** The route that reads a spool. */
    private record Reader(SpoolConsumer consumer, ConsumerOptions options) {}

    /** The service files name the component that has a ledger. */
    @Override
    public String getDefaultName() {
        return SCHEME;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        SpoolComponent.requireName(name);
        SpoolEndpoint endpoint = new SpoolEndpoint(uri, this, name, items, null) {
            @Override
            public Consumer createConsumer(Processor processor) {
                return new DryConsumer(this, processor);
            }
        };
        setProperties(endpoint, parameters);
        endpoint.consumerOptions();
        return endpoint;
    }

    /** @return whether a started route reads it */
    public boolean isRead(String spool) {
        return readers.containsKey(spool);
    }

    /** @return how many items its route takes at once as a list; 0 when it takes them one by one */
    public int batchSize(String spool) {
        return readers.get(spool).options().batch();
    }

    /** @return the next time at which its route's cron opens the spool; empty when it is always open */
    public Optional<Instant> nextTick(String spool, Instant after) {
        return Optional.ofNullable(readers.get(spool).options().timetable()).map(timetable -> timetable.next(after));
    }

    /**
     * Sends items through the route that reads the spool.
     *
     * @param handedOut one item, or those of a list
     * @param tick when the spool was opened for them; null for a spool that is always open
     */
    public ExchangeOutcome handOut(String spool, List<SpoolItem> handedOut, Instant tick) {
        Reader reader = readers.get(spool);
        batches++;
        List<Batch.Entry> entries = new ArrayList<>();
        handedOut.forEach(item -> entries.add(new Batch.Entry(batches, entries.size(), false, 0, 0, 0, item)));
        Batch batch = new Batch(
                batches,
                spool,
                Batch.Source.FRESH,
                false,
                0,
                0,
                tick == null ? null : new Batch.Tick(tick, 1, 1),
                entries);
        return reader.consumer().process(batch, handedOut, reader.options().batch() > 0);
    }

    /** Batches are numbered from 1 again. */
    public void restart() {
        batches = 0;
    }

    /** @return the item as it is read back from the ledger */
    public static SpoolItem stored(SpoolItem item) {
        return ItemCodec.decode(ItemCodec.encode(List.of(item)), 1).get(0);
    }

    /** @return the classifier of the failures by which a step states whose they are */
    public static FailureClassifier classifier() {
        return new SpoolFailureClassifier();
    }

    /** Consumes only what is handed out. */
    private final class DryConsumer extends DefaultConsumer {
        private final String spool;
        private final Reader reader;

        DryConsumer(SpoolEndpoint endpoint, Processor processor) {
            super(endpoint, processor);
            this.spool = endpoint.getName();
            this.reader = new Reader(
                    new SpoolConsumer(
                            endpoint,
                            processor,
                            () -> {
                                throw new IllegalStateException("a dry run drains nothing");
                            },
                            false),
                    endpoint.consumerOptions());
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            readers.put(spool, reader);
        }

        @Override
        protected void doStop() throws Exception {
            readers.remove(spool, reader);
            super.doStop();
        }
    }
}
