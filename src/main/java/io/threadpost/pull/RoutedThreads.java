package io.threadpost.pull;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;

/**
 * The split's aggregation strategy {@code routedThreads}: notes how each thread ended. A thread's failure is not the
 * page's, so the page goes on; only when nobody listens at {@code direct:route-thread} the whole page waits.
 */
@Singleton
@Unremovable
@Named("routedThreads")
final class RoutedThreads implements AggregationStrategy {
    /** Where threads are routed, as an endpoint names it. */
    static final String ROUTE_THREAD = "direct://route-thread";

    @Override
    public Exchange aggregate(Exchange before, Exchange thread, Exchange page) {
        PulledPage pulled = WindowWalk.of(page).pulled();
        Exception failure = thread.getException();
        if (failure == null && thread.isRollbackOnly()) {
            failure = new IllegalStateException("the route was rolled back");
        }
        pulled.routings()
                .get(thread.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class))
                .end(failure);
        if (failure instanceof DirectConsumerNotAvailableException
                && failure.getMessage().contains(ROUTE_THREAD)) {
            pulled.unroutable(failure);
        }
        return page;
    }

    /** Never asked: Camel calls the other one when it is there. */
    @Override
    public Exchange aggregate(Exchange before, Exchange thread) {
        return aggregate(before, thread, before);
    }
}
