package io.threadpost.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.jboss.logging.Logger;

import io.threadpost.retry.DurationFormat;
import io.threadpost.spool.Spools;

/**
 * Keeps a flood in the broker: while a spool that the queue's route sends to is full, no message is received. Spools
 * behind another route, such as by {@code direct:}, are not seen.
 */
final class StagingLimit {
    private static final Logger LOG = Logger.getLogger(StagingLimit.class);
    private static final String SPOOL = "spool:";

    private final Endpoint queue;
    private final String name;
    private final Spools spools;
    private final int limit;
    /** Null until the route is known. */
    private Set<String> targets;

    private int room;
    private Instant fullSince;

    /**
     * @param queue where the messages come from
     * @param name the queue's name
     * @param limit messages that a spool holds at most; 0 for no limit
     */
    StagingLimit(Endpoint queue, String name, Spools spools, int limit) {
        this.queue = queue;
        this.name = name;
        this.spools = spools;
        this.limit = limit;
    }

    /** @return whether the next message may be received; each call stands for one */
    synchronized boolean admits() {
        if (limit == 0) {
            return true;
        }
        if (room == 0) {
            room = room();
        }
        if (room > 0) {
            room--;
            return true;
        }
        return false;
    }

    /** The queue is empty. */
    synchronized void caughtUp() {
        if (fullSince != null) {
            LOG.infof(
                    "queue %s: caught up after %s",
                    name, DurationFormat.text(Duration.between(fullSince, Instant.now())));
            fullSince = null;
        }
    }

    private int room() {
        if (targets == null) {
            targets = route().map(this::targets).orElse(null);
        }
        int least = targets == null ? 1 : limit;
        for (String spool : targets == null ? Set.<String>of() : targets) {
            int left = roomOf(spool);
            if (left == 0 && fullSince == null) {
                fullSince = Instant.now();
                LOG.infof("queue %s: spool:%s is full (%d); the other messages wait at the broker", name, spool, limit);
            }
            least = Math.min(least, left);
        }
        return least;
    }

    /** A spool that cannot be looked at takes the next message, and the route reports why it cannot be stored. */
    private int roomOf(String spool) {
        try {
            return spools.room(spool, limit);
        } catch (RuntimeException e) {
            return 1;
        }
    }

    private Optional<RouteDefinition> route() {
        CamelContext camel = queue.getCamelContext();
        return camel.getRoutes().stream()
                .filter(route -> route.getEndpoint() == queue)
                .map(Route::getRouteId)
                .map(((ModelCamelContext) camel)::getRouteDefinition)
                .findFirst();
    }

    private Set<String> targets(RouteDefinition route) {
        Set<String> names = new LinkedHashSet<>();
        for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            String uri = queue.getCamelContext().resolvePropertyPlaceholders(to.getEndpointUri());
            if (uri.startsWith(SPOOL)) {
                names.add(uri.substring(SPOOL.length()).replaceFirst("^/+", "").replaceFirst("\\?.*", ""));
            }
        }
        return names;
    }
}
