package io.threadpost.pull;

import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jboss.logging.Logger;

import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolActions;

/** An edit of {@code route-thread} may fix what threads failed on: they are retried at once. */
@Singleton
@Unremovable
final class RouteThreadEdits extends LifecycleStrategySupport implements CamelContextCustomizer {
    private static final Logger LOG = Logger.getLogger(RouteThreadEdits.class);

    private final SpoolActions actions;
    private final AtomicBoolean known = new AtomicBoolean();

    RouteThreadEdits(SpoolActions actions) {
        this.actions = actions;
    }

    @Override
    public void configure(CamelContext camel) {
        camel.addLifecycleStrategy(this);
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        boolean routeThread = routes.stream()
                .anyMatch(route ->
                        PullConstants.ROUTE_THREAD.equals(route.getEndpoint().getEndpointUri()));
        // The first is no edit but the start of the process.
        if (routeThread && known.getAndSet(true)) {
            try {
                actions.tryNow(PullConstants.UNROUTED);
            } catch (LedgerException e) {
                LOG.warnf("spool %s is not retried at once: %s", PullConstants.UNROUTED, FailureReason.of(e));
            }
        }
    }
}
