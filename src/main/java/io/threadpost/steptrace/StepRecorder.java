package io.threadpost.steptrace;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Wraps each step of a route, so that it enters itself into the {@link StepTrace} of the exchange, if there is one. */
@Singleton
@Unremovable
public final class StepRecorder implements InterceptStrategy, CamelContextCustomizer {
    /** The steps of the definitions that live: those of an edited route go with it. */
    private final Map<NamedNode, Step> steps = Collections.synchronizedMap(new WeakHashMap<>());

    /** Must be called before the context has routes. */
    @Override
    public void configure(CamelContext camel) {
        camel.getCamelContextExtension().addInterceptStrategy(this);
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode definition, Processor target, Processor next) {
        Step step = step(definition);
        step.branches(definition, this::step);
        return new RecordedStep(step, target);
    }

    private Step step(NamedNode definition) {
        return steps.computeIfAbsent(definition, Step::new);
    }

    private static final class RecordedStep extends DelegateAsyncProcessor implements WrapAwareProcessor {
        private final Step step;
        /** The path that begins with this step. */
        private final StepPath alone;

        RecordedStep(Step step, Processor target) {
            super(target);
            this.step = step;
            this.alone = new StepPath(null, step);
        }

        @Override
        public Processor getWrapped() {
            return getProcessor();
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            StepTrace trace = StepTrace.of(exchange);
            if (trace == null) {
                return processor.process(exchange, callback);
            }
            trace.enter(step, alone);
            return processor.process(exchange, done -> {
                trace.leave(step, exchange.getException() != null);
                callback.done(done);
            });
        }
    }
}
