package io.threadpost.preview;

import java.util.Collection;

import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/** Changes what must not happen in a preview: nothing waits or runs in parallel, and log steps are recorded. */
final class RouteAdjustment extends ModelLifecycleStrategySupport {
    private static final String UNTHROTTLED = String.valueOf(1_000_000);

    private final RecordedLogger logger;

    RouteAdjustment(RecordedLogger logger) {
        this.logger = logger;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        steps(route, DelayDefinition.class).forEach(delay -> delay.setExpression(new ConstantExpression("0")));
        steps(route, ThrottleDefinition.class).stream()
                .filter(throttle -> !"true".equals(throttle.getRejectExecution()))
                .forEach(throttle -> throttle.setExpression(new ConstantExpression(UNTHROTTLED)));
        steps(route, WireTapDefinition.class).forEach(tap -> tap.executorService(new SynchronousExecutorService()));
        steps(route, AggregateDefinition.class)
                .forEach(aggregate -> aggregate.executorService(new SynchronousExecutorService()));
        steps(route, SplitDefinition.class).forEach(split -> split.setParallelProcessing("false"));
        steps(route, MulticastDefinition.class).forEach(multicast -> multicast.setParallelProcessing("false"));
        steps(route, RecipientListDefinition.class).forEach(list -> list.setParallelProcessing("false"));
        for (LogDefinition log : steps(route, LogDefinition.class)) {
            log.setLogger(logger);
        }
        for (ProcessorDefinition<?> output : route.getOutputs()) {
            if (output instanceof OnExceptionDefinition onException) {
                withoutDelay(onException.getRedeliveryPolicyType());
            }
        }
        if (route.getErrorHandlerFactory() instanceof DefaultErrorHandlerDefinition handler) {
            withoutDelay(handler.getRedeliveryPolicy());
        }
    }

    private static <T extends ProcessorDefinition<?>> Collection<T> steps(RouteDefinition route, Class<T> type) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type);
    }

    private static void withoutDelay(RedeliveryPolicyDefinition policy) {
        if (policy != null) {
            policy.setRedeliveryDelay("0");
            policy.setDelayPattern(null);
            policy.setUseExponentialBackOff("false");
            policy.setUseCollisionAvoidance("false");
            if (policy.getMaximumRedeliveries() == null
                    || policy.getMaximumRedeliveries().startsWith("-")) {
                policy.setMaximumRedeliveries("3");
            }
        }
    }
}
