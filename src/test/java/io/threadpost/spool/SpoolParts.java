package io.threadpost.spool;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;

/** The spool room in a plain Camel context, for the tests of other rooms. */
public final class SpoolParts {
    private SpoolParts() {}

    /** Adds {@code spool:} to the context. */
    public static Spools add(CamelContext camel, Ledger ledger, Settings settings) {
        SpoolComponent component = new SpoolComponent();
        component.targets = new Targets(ledger, settings);
        component.spools = new Spools(ledger, component.targets, settings);
        component.batches = new Batches(ledger, settings);
        component.spoolPauses = new SpoolPauses(ledger, settings);
        component.spoolTicks = new SpoolTicks(ledger, component.spools, settings);
        component.leases = new Leases(component.batches, settings);
        component.crashQuarantine = new CrashQuarantine();
        component.spoolDrains = new SpoolDrains(new Heartbeats(), new SimpleMeterRegistry());
        camel.addComponent("spool", component);
        camel.getRegistry().bind("spool-uris", new SpoolUriFactory());
        return component.spools;
    }

    /** @return the dead items of a ledger */
    public static DeadItems dead(Ledger ledger, Spools spools) {
        return new DeadItems(ledger, spools);
    }

    public static SpoolActions actions(Ledger ledger, Spools spools) {
        return new SpoolActions(ledger, spools);
    }

    /** @return how the spools of a context stand that {@link #add} made */
    public static SpoolStatus status(CamelContext camel, Ledger ledger) {
        SpoolComponent component = camel.getComponent("spool", SpoolComponent.class);
        return new SpoolStatus(ledger, component.spoolDrains, component.targets);
    }
}
