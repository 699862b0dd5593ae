package io.threadpost.routefiles;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jboss.logging.Logger;

import io.threadpost.retry.FailureReason;
import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.FileOutline;
import io.threadpost.routecheck.RouteSource;

/** Loads the routes of a file into the Camel context, and unloads them. One caller at a time. */
final class RouteLoader {
    private static final Logger LOG = Logger.getLogger(RouteLoader.class);
    private static final long POLL_MILLIS = 10;
    /** A caller that looked the route up before it was suspended may still be about to enter it. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** How long routes may drain where no shutdown strategy says so. */
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** A longer wait is logged. */
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Routes that other routes send to stop last, so that exchanges in flight are completed. */
    private static final Map<String, Integer> STOP_ORDER = Map.of("seda", 1, "direct", 2, "kamelet", 2);

    private final CamelContext camel;

    RouteLoader(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * Loads and starts the routes of a file.
     *
     * @throws Exception when Camel rejects it; then nothing of the file is left in the context
     */
    LoadedRoutes load(CheckedFile file) throws Exception {
        RouteSource routeSource = file.source();
        List<String> beans =
                file.outline().beans().stream().map(FileOutline.Name::name).toList();
        for (FileOutline.Name route : file.outline().routes()) {
            // Camel would silently replace the existing route.
            if (camel.getRoute(route.name()) != null) {
                throw new IllegalArgumentException("there is another route " + route.name() + " already");
            }
        }
        LoadedRoutes before = LoadedRoutes.everything(camel);
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.fromString(routeSource.name(), routeSource.text()));
            return LoadedRoutes.everything(camel).since(before, beans);
        } catch (Exception e) {
            unload(List.of(LoadedRoutes.everything(camel).since(before, beans)));
            throw e;
        }
    }

    /** Unloads files together: suspends their consumers, lets exchanges in flight drain, and removes the routes. */
    void unload(Collection<LoadedRoutes> files) {
        List<Route> routes = files.stream()
                .flatMap(file -> file.routes().stream())
                .map(camel::getRoute)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(RouteLoader::stopOrder))
                .toList();
        for (Route route : routes) {
            attempt("suspending " + route.getRouteId(), () -> ServiceHelper.suspendService(route.getConsumer()));
        }
        if (!routes.isEmpty()) {
            drain(routes);
        }
        routes.forEach(route -> attempt("stopping " + route.getRouteId(), () -> camel.getRouteController()
                .stopRoute(route.getRouteId())));
        files.forEach(this::forget);
    }

    private void forget(LoadedRoutes file) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (String route : file.routes()) {
            attempt("removing " + route, () -> {
                if (camel.getRoute(route) != null) {
                    camel.removeRoute(route);
                }
                if (model.getRouteDefinition(route) != null) {
                    model.removeRouteDefinition(model.getRouteDefinition(route));
                }
            });
        }
        file.templates()
                .forEach(template -> attempt(
                        "removing template " + template.getId(), () -> model.removeRouteTemplateDefinition(template)));
        file.configurations()
                .forEach(configuration -> attempt(
                        "removing configuration " + configuration.getId(),
                        () -> model.removeRouteConfiguration(configuration)));
        file.beans().forEach(camel.getRegistry()::unbind);
        file.kamelets().forEach(endpoint -> attempt("removing " + endpoint, () -> camel.removeEndpoints(endpoint)));
    }

    /** Quarkus' dev mode replaces Camel's strategy by one that does nothing and has no unit. */
    private static long drainNanos(ShutdownStrategy strategy) {
        return strategy.getTimeUnit() == null
                ? DRAIN_NANOS
                : strategy.getTimeUnit().toNanos(strategy.getTimeout());
    }

    private void drain(List<Route> routes) {
        long deadline = System.nanoTime() + drainNanos(camel.getShutdownStrategy());
        long quietSince = System.nanoTime();
        long logAt = quietSince + LOG_NANOS;
        try {
            while (System.nanoTime() - deadline < 0) {
                long now = System.nanoTime();
                List<String> busy = routes.stream()
                        .map(Route::getRouteId)
                        .filter(route -> camel.getInflightRepository().size(route) > 0)
                        .toList();
                if (!busy.isEmpty()) {
                    quietSince = now;
                    if (now > logAt) {
                        LOG.infof(
                                "Routes: waiting for exchanges in flight in %s; other edits wait until then",
                                String.join(", ", busy));
                        logAt = Long.MAX_VALUE;
                    }
                } else if (now - quietSince >= QUIET_NANOS) {
                    return;
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int stopOrder(Route route) {
        String uri = route.getEndpoint().getEndpointBaseUri();
        return STOP_ORDER.getOrDefault(uri.substring(0, Math.max(0, uri.indexOf(':'))), 0);
    }

    private static void attempt(String what, Step step) {
        try {
            step.run();
        } catch (Exception e) {
            LOG.warnf("%s: %s", what, FailureReason.of(e));
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
