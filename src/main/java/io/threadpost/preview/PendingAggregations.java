package io.threadpost.preview;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.DelegateProcessor;
import org.apache.camel.Navigate;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.spi.ReactiveExecutor;
import org.apache.camel.spi.WrapAwareProcessor;

/** The groups of messages that the aggregations of routes hold when all messages have passed. */
final class PendingAggregations {
    private final CamelContext camel;
    private final EffectRecorder recorder;

    PendingAggregations(CamelContext camel, EffectRecorder recorder) {
        this.camel = camel;
        this.recorder = recorder;
    }

    /**
     * Completes the groups of the aggregations that time completes.
     *
     * @return whether there was one
     */
    boolean complete() {
        int completed = aggregations().stream()
                .filter(PendingAggregations::isCompletedByTime)
                .mapToInt(AggregateProcessor::forceCompletionOfAllGroups)
                .sum();
        // Camel queues the completed exchanges for a thread that routes; there is none.
        ReactiveExecutor executor = camel.getCamelContextExtension().getReactiveExecutor();
        boolean more = completed > 0;
        while (more) {
            more = executor.executeFromQueue();
        }
        return completed > 0;
    }

    /**
     * Records the groups that only more messages complete, and forgets them.
     *
     * @return whether there was one
     */
    boolean recordIncomplete() {
        boolean found = false;
        for (AggregateProcessor aggregation : aggregations()) {
            AggregationRepository groups = aggregation.getAggregationRepository();
            for (String group : Set.copyOf(groups.getKeys())) {
                found = true;
                groups.remove(camel, group, groups.get(camel, group));
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("route", aggregation.getRouteId());
                fields.put("step", aggregation.getId());
                fields.put("group", group);
                recorder.effect("incomplete group", fields);
            }
        }
        return found;
    }

    private Set<AggregateProcessor> aggregations() {
        Set<AggregateProcessor> aggregations = new LinkedHashSet<>();
        camel.getRoutes().forEach(route -> collect(route.navigate(), aggregations));
        return aggregations;
    }

    private static boolean isCompletedByTime(AggregateProcessor aggregation) {
        return !aggregation.isDiscardOnCompletionTimeout()
                && (aggregation.getCompletionTimeout() > 0
                        || aggregation.getCompletionTimeoutExpression() != null
                        || aggregation.getCompletionInterval() > 0);
    }

    private static void collect(Object processor, Set<AggregateProcessor> found) {
        if (processor instanceof AggregateProcessor aggregation) {
            found.add(aggregation);
        }
        if (processor instanceof Navigate<?> more && more.hasNext()) {
            more.next().forEach(next -> collect(next, found));
        } else if (processor instanceof WrapAwareProcessor wrapper) {
            collect(wrapper.getWrapped(), found);
        } else if (processor instanceof DelegateProcessor delegate) {
            collect(delegate.getProcessor(), found);
        }
    }
}
