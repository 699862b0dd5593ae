package io.threadpost.add;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;

import io.threadpost.connector.ConnectorParts;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.spool.Spools;

/** The package {@code add} in a plain Camel context, for its own tests and those of other packages. */
public final class AddParts {
    private AddParts() {}

    public static AddStatus status(Ledger ledger, Settings settings) {
        return new AddStatus(ledger, settings);
    }

    /** Adds the steps {@code addThread}, {@code reject} and {@code jsonObject}, which need the connector's routes. */
    public static void add(CamelContext camel, Ledger ledger, Settings settings) {
        AttemptClock clock = new AttemptClock(ledger, settings);
        AddLedger rows = new AddLedger(ledger, clock, settings);
        AddPlatformClient platform = new AddPlatformClient(ConnectorParts.client(camel, ledger));
        ThreadAdder threadAdder = new ThreadAdder(
                ledger,
                rows,
                platform,
                new ReadBack(ledger, rows, platform),
                ConnectorParts.budget(ledger, settings),
                new SimpleMeterRegistry(),
                settings);
        camel.getRegistry().bind("addThread", new AddThreadProcessor(threadAdder, settings));
        camel.getRegistry().bind("reject", new RejectProcessor());
        camel.getRegistry().bind("jsonObject", new JsonObjectProcessor());
    }

    /** Stages messages, and adds the step {@code addMessage}, which needs the connector's routes. */
    public static MessageStaging messages(CamelContext camel, Ledger ledger, Spools spools, Settings settings) {
        MessageLedger rows = new MessageLedger(ledger, spools, new AttemptClock(ledger, settings));
        MessageAdder messageAdder = new MessageAdder(
                ledger,
                rows,
                new AddPlatformClient(ConnectorParts.client(camel, ledger)),
                ConnectorParts.budget(ledger, settings),
                new SimpleMeterRegistry(),
                settings);
        camel.getRegistry().bind("addMessage", new AddMessageProcessor(rows, messageAdder));
        return new MessageStaging(rows);
    }

    public static AddActions actions() {
        return new AddActions();
    }
}
