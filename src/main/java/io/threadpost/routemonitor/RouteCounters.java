package io.threadpost.routemonitor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

import io.threadpost.retry.FailureReason;

/**
 * Counts and times the exchanges of each route, without JMX, which a native executable does not have. An edited route
 * begins anew.
 */
@Singleton
@Unremovable
final class RouteCounters implements RoutePolicyFactory, CamelContextCustomizer {
    /** Exchange property: the routes that the exchange is in, the innermost first. */
    private static final String PROPERTY = "ThreadpostRoutes";

    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final RouteTraces traces;

    RouteCounters(RouteTraces traces) {
        this.traces = traces;
    }

    /**
     * The counts of a route since it was loaded.
     *
     * @param exchanges that are done, failed ones included
     * @param failures that left the route with an exception; one that the route handled is not among them
     * @param nanos of all exchanges together
     * @param lastNanos of the last one
     * @param lastAt when the last one was done, in milliseconds since 1970; 0 when there was none
     * @param lastFailure its reason; null when there was none
     */
    record Counts(
            long exchanges,
            long failures,
            long nanos,
            long lastNanos,
            long lastAt,
            long lastFailureAt,
            String lastFailure) {}

    /** Must be called before the context has routes. */
    @Override
    public void configure(CamelContext camel) {
        camel.addRoutePolicyFactory(this);
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String route, NamedNode definition) {
        return new Counter(route);
    }

    /** @return the counts of a route, all 0 for one that is unknown */
    Counts of(String route) {
        Counter counter = counters.get(route);
        return counter == null ? new Counts(0, 0, 0, 0, 0, 0, null) : counter.counts();
    }

    /**
     * A route that an exchange is in.
     *
     * @param began nano time
     * @param trace null unless the route is traced
     * @param outer the route that called it; null for the first one
     */
    private record Entry(Counter counter, long began, RouteTraces.Open trace, Entry outer) {}

    private final class Counter extends RoutePolicySupport {
        private final String route;
        private final LongAdder exchanges = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder nanos = new LongAdder();
        private volatile long lastNanos;
        private volatile long lastAt;
        private volatile long lastFailureAt;
        private volatile String lastFailure;

        Counter(String route) {
            this.route = route;
        }

        @Override
        public void onInit(Route loaded) {
            counters.put(route, this);
        }

        @Override
        public void onRemove(Route removed) {
            counters.remove(route, this);
        }

        @Override
        public void onExchangeBegin(Route entered, Exchange exchange) {
            Entry outer = (Entry) exchange.getProperty(PROPERTY);
            exchange.setProperty(PROPERTY, new Entry(this, System.nanoTime(), traces.begin(route, exchange), outer));
        }

        @Override
        public void onExchangeDone(Route left, Exchange exchange) {
            Entry entry = (Entry) exchange.getProperty(PROPERTY);
            while (entry != null && entry.counter != this) {
                entry = entry.outer;
            }
            if (entry == null) {
                return;
            }
            exchange.setProperty(PROPERTY, entry.outer);
            long took = System.nanoTime() - entry.began;
            long now = System.currentTimeMillis();
            exchanges.increment();
            nanos.add(took);
            lastNanos = took;
            lastAt = now;
            if (exchange.isFailed()) {
                failures.increment();
                lastFailure = FailureReason.of(exchange.getException());
                lastFailureAt = now;
            }
            if (entry.trace != null) {
                traces.end(entry.trace, exchange, took);
            }
        }

        Counts counts() {
            return new Counts(
                    exchanges.sum(), failures.sum(), nanos.sum(), lastNanos, lastAt, lastFailureAt, lastFailure);
        }
    }
}
