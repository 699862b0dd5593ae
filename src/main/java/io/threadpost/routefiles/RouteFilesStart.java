package io.threadpost.routefiles;

import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.LifecycleStrategySupport;
import org.eclipse.microprofile.config.Config;

import io.threadpost.routecheck.RouteFolder;
import io.threadpost.routecheck.RouteLinter;
import io.threadpost.secrets.SecretSearch;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.vocabulary.ThreadpostRouteContext;

/** Opens the route files once Camel and the routes in Java run, and closes them before Camel stops. */
@Singleton
@Unremovable
final class RouteFilesStart implements CamelContextCustomizer {
    private final Provider<RouteFiles> files;

    RouteFilesStart(Provider<RouteFiles> files) {
        this.files = files;
    }

    @Produces
    @Singleton
    static RouteFiles routeFiles(
            CamelContext camel, Settings settings, Config config, LastGoodSources lastGood, MeterRegistry meters) {
        Path folder = settings.get(SettingsCatalogue.ROUTES_DIRECTORY);
        RouteLinter linter = new RouteLinter(new ThreadpostRouteContext(
                key -> config.getOptionalValue(key, String.class),
                () -> StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                        .collect(Collectors.toCollection(TreeSet::new)),
                new SecretSearch(settings.credentials())));
        return new RouteFiles(
                folder,
                new RouteFileSet(
                        new RouteFolder(folder),
                        linter,
                        new RouteLoader(camel),
                        lastGood,
                        new RouteFileReporter(meters)));
    }

    @Override
    public void configure(CamelContext camel) {
        camel.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext context) {
                files.get().close();
            }
        });
        try {
            camel.addStartupListener(new StartupListener() {
                @Override
                public void onCamelContextStarted(CamelContext context, boolean already) {}

                @Override
                public void onCamelContextFullyStarted(CamelContext context, boolean already) {
                    files.get().open();
                }
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
