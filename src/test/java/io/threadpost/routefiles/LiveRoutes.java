package io.threadpost.routefiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;

import io.threadpost.ledger.Ledger;
import io.threadpost.routecheck.RouteFolder;
import io.threadpost.routecheck.RouteLinter;
import io.threadpost.secrets.SecretSearch;
import io.threadpost.testing.TestNode;
import io.threadpost.vocabulary.ThreadpostRouteContext;

/** A Camel context with a route written in Java, whose other routes come live from a folder of files. */
final class LiveRoutes extends TestNode {
    final MeterRegistry meters = get(MeterRegistry.class);
    final RouteFiles files;
    final RouteFileSet routeFileSet;
    private final Path folder;
    private final ProducerTemplate template;

    /** Starts with what is in the folder. */
    LiveRoutes(Path folder, Ledger ledger) throws Exception {
        super(ledger, Map.of());
        this.folder = folder;
        addAll("spool");
        camel.addComponent("direct", new HandoverDirect());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:java").routeId("java").to("direct:said");
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
        RouteLinter checks = new RouteLinter(new ThreadpostRouteContext(
                key -> Optional.ofNullable(Map.of("test.greeting", "hello").get(key)),
                () -> List.of("test.greeting"),
                new SecretSearch(List.of())));
        routeFileSet = new RouteFileSet(
                new RouteFolder(folder),
                checks,
                new RouteLoader(camel),
                new LastGoodSources(ledger),
                new RouteFileReporter(meters));
        files = new RouteFiles(folder, routeFileSet);
        files.open();
    }

    /** A route that says something about what it gets. */
    static String saying(String id, String from, String words) {
        return """
                - route:
                    id: %s
                    description: Says something.
                    from:
                      uri: %s
                      steps:
                        - setBody:
                            expression:
                              simple:
                                expression: "%s ${body}"
                """
                .formatted(id, from, words);
    }

    LiveRoutes write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return this;
    }

    /** @return what the route from {@code direct:said} makes of it */
    String say(String words) {
        return template.requestBody("direct:said", words, String.class);
    }

    /** @return ids of all routes that are started */
    Collection<String> running() {
        List<String> ids = new ArrayList<>();
        for (Route route : camel.getRoutes()) {
            if (camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted()) {
                ids.add(route.getRouteId());
            }
        }
        return ids;
    }

    /** @return how it stands; of an unknown one, nothing runs and nothing was found */
    RouteFileStatus status(String name) {
        return files.statuses().stream()
                .filter(file -> file.name().equals(name))
                .findFirst()
                .orElseGet(() -> new RouteFileStatus(name, null, List.of(), List.of()));
    }

    double count(String what) {
        return meters.counter("threadpost.routefiles." + what).count();
    }

    /** @return what the gauge of broken files shows */
    double broken() {
        return meters.get("threadpost.routefiles.broken").gauge().value();
    }

    @Override
    public void close() {
        files.close();
        super.close();
    }
}
