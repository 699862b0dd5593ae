package io.threadpost.pull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.LifecycleStrategySupport;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/**
 * The step {@code planWindows}: plans each connection, in its own thread, since planning may have to wait for the
 * platform and no connection waits for another. A failure is retried before the next period, however long that is.
 */
@Singleton
@Unremovable
@Named("planWindows")
public final class PlanWindowsProcessor implements Processor {
    private final WindowPlanner planner;
    private final Settings settings;
    private final PullFailurePolicy pullFailurePolicy;
    private final CamelContext context;
    private final ScheduledExecutorService planning;
    private final Map<String, Future<?>> running = new ConcurrentHashMap<>();
    private volatile String route;

    PlanWindowsProcessor(
            CamelContext context, WindowPlanner planner, Settings settings, PullFailurePolicy pullFailurePolicy) {
        this.context = context;
        this.planner = planner;
        this.settings = settings;
        this.pullFailurePolicy = pullFailurePolicy;
        this.planning = Executors.newScheduledThreadPool(settings.connections().size(), PlanWindowsProcessor::thread);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                // A retry that is due later is not awaited.
                planning.shutdownNow();
            }
        });
    }

    private static Thread thread(Runnable planning) {
        Thread thread = new Thread(planning, "plan-windows");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void process(Exchange exchange) {
        route = exchange.getFromRouteId();
        planAll(route);
    }

    /** Plans between two ticks: the platform has something new. Does nothing while the route is stopped. */
    public void planNow() {
        String known = route;
        if (known != null && isRunning(known)) {
            planAll(known);
        }
    }

    private void planAll(String planningRoute) {
        if (planning.isShutdown()) {
            return;
        }
        for (ConnectionSettings connectionSettings : settings.connections()) {
            running.compute(
                    connectionSettings.name(),
                    (name, before) -> before == null || before.isDone()
                            ? planning.submit(() -> plan(name, planningRoute))
                            : before);
        }
    }

    private void plan(String connection, String planningRoute) {
        try {
            planner.plan(connection);
            pullFailurePolicy.planned(connection);
        } catch (RuntimeException | Error e) {
            ProcessGuard.report(e);
            if (planning.isShutdown()) {
                return;
            }
            long wait = pullFailurePolicy.planning(connection, e);
            running.put(
                    connection, planning.schedule(() -> again(connection, planningRoute), wait, TimeUnit.MILLISECONDS));
        }
    }

    private void again(String connection, String planningRoute) {
        if (isRunning(planningRoute)) {
            plan(connection, planningRoute);
        }
    }

    private boolean isRunning(String planningRoute) {
        ServiceStatus status = context.getRouteController().getRouteStatus(planningRoute);
        return status != null && status.isStarted();
    }
}
