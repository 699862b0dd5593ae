package io.threadpost.pull;

import java.util.List;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;

import io.threadpost.journey.JourneyRecorder;
import io.threadpost.pull.PulledPage.RoutedThread;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.steptrace.StepTrace;

/** The named steps of the route {@code walk-windows}: each delegates to the {@link WindowWalk} of its exchange. */
@Singleton
final class WalkSteps {
    private final JourneyRecorder journeys;

    WalkSteps(JourneyRecorder journeys) {
        this.journeys = journeys;
    }

    /** Fetches the page after the window's cursor; its new threads become the body, a list that may be empty. */
    @Produces
    @Singleton
    @Unremovable
    @Named("cursorLoop")
    Processor cursorLoop() {
        return exchange -> {
            WindowWalk walk = WindowWalk.of(exchange);
            exchange.getMessage().setBody(List.of());
            exchange.getMessage().setBody(walk.fetch());
            if (walk.idle()) {
                exchange.setProperty(PullConstants.WALKING, false);
            }
        };
    }

    /**
     * First in the split: gives the thread its key as header, and its own outbox, so that what it sends to spools
     * counts only if it succeeds.
     */
    @Produces
    @Singleton
    @Unremovable
    @Named("openThread")
    Processor openThread() {
        return exchange -> {
            PulledPage page = WindowWalk.of(exchange).page();
            if (page.unroutable() != null) {
                throw page.unroutable();
            }
            RoutedThread thread = thread(page, exchange);
            exchange.setProperty(SpoolConstants.OUTBOX, thread.outbox());
            if (journeys.on()) {
                thread.trace(StepTrace.start(exchange));
            }
            exchange.getMessage().setHeader(SpoolConstants.KEY, thread.key());
            if (thread.enterprise() != null) {
                exchange.getMessage().setHeader(SpoolConstants.ENTERPRISE, thread.enterprise());
            }
        };
    }

    /** Commits the page and the window's new cursor in one transaction. */
    @Produces
    @Singleton
    @Unremovable
    @Named("commitPage")
    Processor commitPage() {
        return exchange -> {
            boolean more = WindowWalk.of(exchange).commit();
            exchange.getMessage().setBody(null);
            exchange.setProperty(PullConstants.WALKING, more);
        };
    }

    /**
     * The split's aggregation: notes how each thread ended. A thread's failure is not the page's, so the page goes on;
     * only when no route consumes from {@code direct:route-thread} the whole page waits.
     */
    @Produces
    @Singleton
    @Unremovable
    @Named("routedThreads")
    AggregationStrategy routedThreads() {
        return new AggregationStrategy() {
            @Override
            public Exchange aggregate(Exchange before, Exchange thread, Exchange page) {
                PulledPage pulled = WindowWalk.of(page).page();
                Exception failure = thread.getException();
                if (failure == null && thread.isRollbackOnly()) {
                    failure = new IllegalStateException("the route was rolled back");
                }
                routed(pulled, thread).end(failure);
                if (failure instanceof DirectConsumerNotAvailableException
                        && failure.getMessage().contains(PullConstants.ROUTE_THREAD)) {
                    pulled.unroutable(failure);
                }
                return page;
            }

            /** Never called: Camel prefers the other one. */
            @Override
            public Exchange aggregate(Exchange before, Exchange thread) {
                return aggregate(before, thread, before);
            }
        };
    }

    private static RoutedThread thread(PulledPage page, Exchange exchange) {
        return page.threads().get(exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class));
    }

    /** Finds a thread by its outbox: a split in its route may leave the index of its own last part behind. */
    private static RoutedThread routed(PulledPage page, Exchange exchange) {
        Object outbox = exchange.getProperty(SpoolConstants.OUTBOX);
        int index = exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class);
        if (outbox == null
                || index < page.threads().size() && page.threads().get(index).outbox() == outbox) {
            return page.threads().get(index);
        }
        return page.threads().stream()
                .filter(thread -> thread.outbox() == outbox)
                .findFirst()
                .orElseThrow();
    }
}
