package io.threadpost.spool;

import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.ledger.Ledger;
import io.threadpost.retry.FailureClassifier;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.settings.Settings;

/** The package {@code spool} in a plain Camel context, for the tests of other packages. */
public final class SpoolParts {
    private SpoolParts() {}

    /**
     * Adds {@code spool:} to the context.
     *
     * @param targets the classifiers of the targets' packages
     */
    public static Spools add(CamelContext camel, Ledger ledger, Settings settings, FailureClassifier... targets) {
        SpoolComponent component = component(ledger, settings, new SimpleMeterRegistry(), targets);
        camel.addComponent("spool", component);
        return component.spools;
    }

    /** The component with all its parts, as CDI would make it. */
    static SpoolComponent component(
            Ledger ledger, Settings settings, MeterRegistry meters, FailureClassifier... targets) {
        Targets switches = new Targets(ledger, settings);
        Spools spools = new Spools(ledger, switches, settings);
        return new SpoolComponent(
                spools,
                new SpoolDrain.Services(
                        spools,
                        new Batches(ledger, settings),
                        new SpoolPauses(ledger, settings),
                        new SpoolDrains(new Heartbeats(), meters),
                        new CrashQuarantine(),
                        new SpoolTicks(ledger, spools, settings),
                        classifiers(targets)),
                switches);
    }

    /** @return the spool's own classifier with those of the targets' packages */
    static FailureClassifiers classifiers(FailureClassifier... targets) {
        return new FailureClassifiers(Stream.concat(Stream.of(targets), Stream.of(new SpoolFailureClassifier()))
                .toList());
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
        return new SpoolStatus(ledger, component.drains.spoolDrains, component.targets, component.drains.batches);
    }
}
