package io.threadpost.spool;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code spool:NAME}. Options: {@code batch=N} (consumer: a list of at most N bodies instead of one
 * exchange an item), {@code parallel=N} (consumer: at most N exchanges at once), {@code parcel=N} (items a parcel at
 * most, for this spool), {@code rate=N} (consumer: items a second at most, over all drains of the spool in this
 * process), {@code cron} and {@code zone} (consumer: open at these times only), {@code empty=true} (consumer: an empty
 * list at a time with nothing in the spool).
 */
@ApplicationScoped
@Named("spool")
public class SpoolComponent extends DefaultComponent {
    private static final String NAME = "[a-z][a-z0-9-]{0,62}";

    @Inject
    Spools spools;

    @Inject
    SpoolDrain.Services drains;

    @Inject
    Targets targets;

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        targets.open();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        if (name == null || !name.matches(NAME)) {
            throw new IllegalArgumentException("spool:" + name
                    + ": a spool's name is lower-case letters, digits and hyphens, such as spool:files");
        }
        int batch = option(uri, "batch", parameters);
        int parcel = option(uri, "parcel", parameters);
        if (parcel > 0) {
            spools.parcelSize(name, parcel);
        }
        int parallel = option(uri, "parallel", parameters);
        int rate = option(uri, "rate", parameters);
        if (batch > 0 && parallel > 0) {
            throw new IllegalArgumentException(
                    uri + ": parallel hands out single items; take it away, or take batch away");
        }
        String cron = getAndRemoveParameter(parameters, "cron", String.class);
        String zone = getAndRemoveParameter(parameters, "zone", String.class);
        boolean empty = getAndRemoveParameter(parameters, "empty", Boolean.class, false);
        if (cron == null && (zone != null || empty)) {
            throw new IllegalArgumentException("spool:" + name + ": zone and empty need a cron");
        }
        Timetable timetable = cron == null ? null : timetable(name, cron, zone);
        return new SpoolEndpoint(
                uri,
                this,
                name,
                new ConsumerOptions(batch, Math.max(1, parallel), rate, timetable, empty),
                spools,
                drains);
    }

    private static Timetable timetable(String name, String cron, String zone) {
        try {
            return new Timetable(cron, zone);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("spool:" + name + ": " + e.getMessage());
        }
    }

    /** @return 0 when the option is not there */
    private int option(String uri, String option, Map<String, Object> parameters) {
        Integer value = getAndRemoveParameter(parameters, option, Integer.class);
        if (value != null && value < 1) {
            throw new IllegalArgumentException(uri + ": " + option + " must be 1 or more");
        }
        return value == null ? 0 : value;
    }
}
