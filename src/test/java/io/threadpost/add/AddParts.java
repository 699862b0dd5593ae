package io.threadpost.add;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;

import io.threadpost.connector.ConnectorParts;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;

/** The package {@code add} in a plain Camel context, for its own tests and those of other packages. */
public final class AddParts {
    private AddParts() {}

    public static AddStatus status(Ledger ledger, Settings settings) {
        return new AddStatus(ledger, settings);
    }

    /** Adds the steps {@code addThread}, {@code reject} and {@code jsonObject}, which need the connector's routes. */
    public static void add(CamelContext camel, Ledger ledger, Settings settings) {
        AddLedger rows = new AddLedger(ledger, settings);
        AddPlatformClient platform = new AddPlatformClient(ConnectorParts.client(camel, ledger));
        AddCircuitBreaker pauses = new AddCircuitBreaker(ledger);
        ThreadAdder threadAdder = new ThreadAdder(
                rows,
                platform,
                new ReadBack(ledger, rows, platform),
                pauses,
                new AddFailurePolicy(pauses, ConnectorParts.budget(ledger, settings)),
                new AddMeters(new SimpleMeterRegistry(), settings));
        camel.getRegistry().bind("addThread", new AddThreadProcessor(threadAdder, settings));
        camel.getRegistry().bind("reject", new RejectProcessor());
        camel.getRegistry().bind("jsonObject", new JsonObjectProcessor());
    }

    public static AddActions actions() {
        return new AddActions();
    }
}
