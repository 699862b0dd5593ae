package io.threadpost.pull;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.settings.Connection;
import io.threadpost.settings.Settings;

/**
 * The step {@code planWindows}: plans each connection, on a thread of its own, since planning may have to wait for the platform and
 * no connection waits for another.
 */
@Singleton
@Unremovable
@Named("planWindows")
final class PlanWindowsProcessor implements Processor {
    private final WindowPlanner planner;
    private final Settings settings;
    private final Setbacks setbacks;
    private final ExecutorService planning;
    private final Map<String, Future<?>> running = new ConcurrentHashMap<>();

    PlanWindowsProcessor(CamelContext context, WindowPlanner planner, Settings settings, Setbacks setbacks) {
        this.planner = planner;
        this.settings = settings;
        this.setbacks = setbacks;
        this.planning = context.getExecutorServiceManager().newCachedThreadPool(this, "plan-windows");
    }

    @Override
    public void process(Exchange exchange) {
        for (Connection connection : settings.connections()) {
            String name = connection.name();
            Future<?> before = running.get(name);
            if ((before == null || before.isDone()) && !setbacks.resting(name)) {
                running.put(name, planning.submit(() -> plan(name)));
            }
        }
    }

    private void plan(String connection) {
        try {
            planner.plan(connection);
            setbacks.planned(connection);
        } catch (RuntimeException e) {
            setbacks.planning(connection, e);
        }
    }
}
