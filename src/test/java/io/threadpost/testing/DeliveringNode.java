package io.threadpost.testing;

import java.nio.file.Path;
import java.util.Map;

import io.threadpost.ledger.Ledger;
import io.threadpost.steptrace.StepRecorder;

/** One process that pulls once and writes files, with journeys. An item is dead after its second failure. */
public final class DeliveringNode extends TestNode {
    /**
     * @param files the folder of the files
     * @param overrides further settings
     */
    public DeliveringNode(Ledger ledger, CannedPlatform platform, Path files, Map<String, String> overrides)
            throws Exception {
        super(
                ledger,
                Map.of(
                        "threadpost.connector.address", platform.address().toString(),
                        "threadpost.pull.period", "1h",
                        "threadpost.pull.settle", "0s",
                        "threadpost.pull.start", "P30D",
                        "threadpost.spool.attempts", "2",
                        "threadpost.spool.backoff", "20ms",
                        "threadpost.files.directory", files.toString()),
                overrides);
        addAll("spool", "network", "connector", "pull", "files");
        get(StepRecorder.class).configure(camel);
        camel.start();
    }

    /** Runs these routes with the shipped {@code to-files}, and pulls. */
    public void pull(String routes) throws Exception {
        load(routes);
        loadShipped("to-files.camel.yaml");
        loadShipped("pull-threads.camel.yaml");
    }
}
