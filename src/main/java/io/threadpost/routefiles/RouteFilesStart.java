package io.threadpost.routefiles;

import java.nio.file.Path;

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

import io.threadpost.routecheck.RouteChecks;
import io.threadpost.routecheck.RouteFolder;
import io.threadpost.secrets.SecretSearch;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** Opens the route files once Camel and the routes written in Java run, and closes them before anything stops. */
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
            CamelContext camel,
            Settings settings,
            Config config,
            LastGoodSources lastGoodSources,
            MeterRegistry meters) {
        Path folder = settings.get(SettingsCatalogue.ROUTES_DIRECTORY);
        RouteChecks checks = new RouteChecks(new RunningRouteContext(config, new SecretSearch(settings.credentials())));
        return new RouteFiles(
                folder,
                new RouteFileSet(
                        new RouteFolder(folder),
                        checks,
                        new RouteLoader(camel),
                        lastGoodSources,
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
