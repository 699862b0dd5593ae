package io.threadpost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/**
 * The whole application for a {@code @QuarkusTest}: a sandbox platform of its own on a free port, the ledger and files
 * in a new temporary folder, and the repository's own routes. Afterwards nothing is left.
 *
 * <pre>
 * &#64;QuarkusTest
 * &#64;WithTestResource(
 *     value = SandboxResource.class,
 *     initArgs = &#64;ResourceArg(name = "threadpost.pull.period", value = "1s"))
 * </pre>
 *
 * Every argument that is a key ({@code threadpost.…}, {@code quarkus.…}, {@code camel.…}) is set as such;
 * {@code threads} is how many threads the platform has at the start (none); with {@code copy-routes} the routes are a
 * copy, to be edited. {@link InjectSandbox} fields get the platform.
 */
public final class SandboxResource implements QuarkusTestResourceLifecycleManager {
    private final Map<String, String> settings = new HashMap<>();
    private int threads;
    private boolean copyRoutes;
    private Path folder;
    private SandboxPlatform platform;

    @Override
    public void init(Map<String, String> arguments) {
        settings.putAll(arguments);
        copyRoutes = Boolean.parseBoolean(settings.remove("copy-routes"));
        String given = settings.remove("threads");
        threads = given == null ? 0 : Integer.parseInt(given);
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("threadpost-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        platform = SandboxPlatform.start(new SandboxOptions().threads(threads));
        Map<String, String> all = new HashMap<>(Map.of(
                "threadpost.connector.address",
                platform.address().toString(),
                "threadpost.connector.client-token",
                SandboxOptions.CLIENT_TOKEN,
                "threadpost.connections.main.access-token",
                SandboxOptions.ACCESS_TOKEN,
                "threadpost.ledger.url",
                "jdbc:sqlite:" + folder.resolve("ledger.db"),
                "threadpost.files.directory",
                folder.resolve("threads").toString(),
                "quarkus.management.test-port",
                "0",
                "quarkus.http.test-port",
                "0",
                RoutesStart.WANTED,
                "true"));
        if (copyRoutes) {
            all.put("threadpost.routes.directory", copyOfRoutes().toString());
        }
        all.putAll(settings);
        return all;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                platform, new TestInjector.AnnotatedAndMatchesType(InjectSandbox.class, SandboxPlatform.class));
    }

    @Override
    public void stop() {
        if (platform != null) {
            platform.close();
        }
        if (folder != null) {
            delete(folder);
        }
    }

    private Path copyOfRoutes() {
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            Path copy = Files.createDirectory(folder.resolve("routes"));
            for (Path route : routes.toList()) {
                Files.copy(route, copy.resolve(route.getFileName()));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
