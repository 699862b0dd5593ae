package io.threadpost.spool;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.CamelDefaults;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.retry.FailureClassifier;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;

/**
 * One process with one target: routes on a plain Camel context, over a real ledger. Its subclass adds the target's
 * parts and starts it.
 */
public abstract class TargetNode implements AutoCloseable {
    private static final Map<String, String> USUAL = Map.of(
            "threadpost.connector.address", "http://localhost:1",
            "threadpost.connector.client-token", "client",
            "threadpost.connections.main.access-token", "access",
            "threadpost.spool.attempts", "3",
            "threadpost.spool.backoff", "20ms",
            "threadpost.spool.backoff-max", "200ms");

    public final CamelContext camel = new DefaultCamelContext();
    protected final Settings settings;
    protected final Spools spools;

    /**
     * @param target the one that is on
     * @param its what it is set to unless the test wants it otherwise
     * @param overrides settings of the test
     * @param classifiers of the target's package
     */
    protected TargetNode(
            Ledger ledger,
            String target,
            Map<String, String> its,
            Map<String, String> overrides,
            FailureClassifier... classifiers)
            throws Exception {
        Map<String, String> given = new HashMap<>(USUAL);
        given.putAll(its);
        given.putAll(overrides);
        settings = TestSettings.of(given);
        given.put("threadpost." + target + ".on", "true");
        given.forEach(camel.getPropertiesComponent()::addOverrideProperty);
        camel.getShutdownStrategy().setTimeout(20);
        new CamelDefaults().configure(camel);
        spools = SpoolParts.add(camel, ledger, settings, classifiers);
    }

    /** Runs a shipped route file. */
    protected final void run(String file) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(
                        camel, "file:" + Path.of("routes", file).toAbsolutePath()));
    }

    /** Runs routes that are written in the test. */
    public final void routes(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("more.camel.yaml", yaml));
    }

    /**
     * Lays threads into a spool as one page does.
     *
     * @param threads each as its JSON
     */
    public final void put(String spool, List<String> threads) {
        spools.deliver(spool, threads.stream().map(TargetNode::item).toList());
    }

    public final void put(String spool, SpoolItem... items) {
        spools.deliver(spool, List.of(items));
    }

    private static SpoolItem item(String thread) {
        RawJson json = new RawJson(thread.getBytes(StandardCharsets.UTF_8));
        return new SpoolItem(json.get("Id") + "@" + json.get("UpdatedUtc"), "main", Map.of(), json);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
