package io.threadpost.errors;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.DefaultReactiveExecutor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Makes an {@code Error} fail its exchange, as an exception does. Camel catches few of them: they end the worker
 * thread, and the exchange never completes.
 *
 * <p>It wraps each step of a route and the tasks that a step schedules, such as the rounds of a loop or a split. The
 * innermost open step fails.
 */
public final class RouteErrors implements InterceptStrategy {
    private final ThreadLocal<Current> current = ThreadLocal.withInitial(Current::new);

    /** Must be called before the context has routes. */
    public void install(CamelContext camel) {
        ExtendedCamelContext extension = camel.getCamelContextExtension();
        extension.setReactiveExecutor(new WatchingExecutor());
        extension.addInterceptStrategy(this);
        camel.getExecutorServiceManager().setThreadPoolFactory(new WatchingPools());
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode definition, Processor target, Processor next) {
        return new WatchedStep(target);
    }

    /** @return the task, bound to the step that schedules it */
    private Runnable watched(Runnable task) {
        Step step = Step.open(current.get().step);
        return step == null ? task : () -> run(task, step);
    }

    private void run(Runnable task, Step step) {
        Current here = current.get();
        Step outer = here.step;
        here.step = step;
        try {
            task.run();
        } catch (Error e) {
            Step open = Step.open(step);
            if (open == null) {
                throw e;
            }
            open.fail(e);
        } finally {
            here.step = outer;
        }
    }

    /** Of one thread: cheaper than a thread local that is set at each step. */
    private static final class Current {
        private Step step;
    }

    private final class WatchedStep extends DelegateAsyncProcessor implements WrapAwareProcessor {
        WatchedStep(Processor target) {
            super(target);
        }

        @Override
        public Processor getWrapped() {
            return getProcessor();
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Current here = current.get();
            Step outer = here.step;
            Step step = new Step(Step.open(outer), exchange, callback);
            boolean sync = true;
            here.step = step;
            try {
                sync = processor.process(exchange, step);
            } catch (Error e) {
                step.thrown(e);
            } finally {
                here.step = outer;
            }
            step.returned();
            return sync;
        }
    }

    /** Binds each task to the step that schedules it. */
    private final class WatchingExecutor extends DefaultReactiveExecutor {
        @Override
        public void schedule(Runnable task) {
            super.schedule(watched(task));
        }

        @Override
        public void scheduleMain(Runnable task) {
            super.scheduleMain(watched(task));
        }

        @Override
        public void scheduleSync(Runnable task) {
            super.scheduleSync(watched(task));
        }

        @Override
        public void scheduleQueue(Runnable task) {
            super.scheduleQueue(watched(task));
        }
    }

    /** Binds the tasks that a split or another step submits to a thread pool. */
    private final class WatchingPools extends DefaultThreadPoolFactory {
        @Override
        public ExecutorService newCachedThreadPool(ThreadFactory threads) {
            return new Pool(super.newCachedThreadPool(threads));
        }

        @Override
        public ExecutorService newThreadPool(
                int core,
                int most,
                long keepAlive,
                TimeUnit unit,
                int queue,
                boolean coreEnds,
                RejectedExecutionHandler rejected,
                ThreadFactory threads) {
            return new Pool(super.newThreadPool(core, most, keepAlive, unit, queue, coreEnds, rejected, threads));
        }
    }

    private final class Pool extends AbstractExecutorService {
        private final ExecutorService threads;

        Pool(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public void execute(Runnable task) {
            threads.execute(watched(task));
        }

        @Override
        public void shutdown() {
            threads.shutdown();
        }

        @Override
        public List<Runnable> shutdownNow() {
            return threads.shutdownNow();
        }

        @Override
        public boolean isShutdown() {
            return threads.isShutdown();
        }

        @Override
        public boolean isTerminated() {
            return threads.isTerminated();
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
            return threads.awaitTermination(timeout, unit);
        }
    }

    /**
     * A step that processes an exchange. Camel's own steps call back as done while an error passes through them, and
     * the route would continue. So a callback by the thread inside the step is deferred until that thread has returned.
     */
    private static final class Step implements AsyncCallback {
        private final Step outer;
        private final Exchange exchange;
        private final AsyncCallback callback;
        private final AtomicBoolean ended = new AtomicBoolean();
        private Thread inside = Thread.currentThread();
        private boolean deferred;
        private boolean sync;

        Step(Step outer, Exchange exchange, AsyncCallback callback) {
            this.outer = outer;
            this.exchange = exchange;
            this.callback = callback;
        }

        /** @return the innermost step that has not ended; null when there is none */
        static Step open(Step innermost) {
            Step step = innermost;
            while (step != null && step.ended.get()) {
                step = step.outer;
            }
            return step;
        }

        /** @throws Error the same, when another thread has already completed the step */
        void thrown(Error error) {
            if (!ended.compareAndSet(false, true) && !deferred) {
                throw error;
            }
            ProcessGuard.report(error);
            exchange.setException(error);
            deferred = true;
            sync = true;
        }

        void returned() {
            inside = null;
            if (deferred) {
                callback.done(sync);
            }
        }

        void fail(Error error) {
            ProcessGuard.report(error);
            exchange.setException(error);
            done(false);
        }

        @Override
        public void done(boolean doneSync) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (inside == Thread.currentThread()) {
                deferred = true;
                sync = doneSync;
            } else {
                callback.done(doneSync);
            }
        }
    }
}
