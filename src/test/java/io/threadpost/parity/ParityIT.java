package io.threadpost.parity;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.docs.Page;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;

/** One installation, from its start to its end, with nothing to do but what is asked of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ParityIT {
    private static final Page PAGE = Page.of("docs/write-routes.md");
    /** Of which SIGTERM ends a process in good order. */
    private static final Set<Integer> STOPPED = Set.of(0, 143);

    @TempDir
    static Path folder;

    private static final int PORT = Installation.freePort();
    private static SandboxPlatform platform;
    private static Installation installation;

    @BeforeAll
    static void start() throws IOException {
        platform = SandboxPlatform.start(new SandboxOptions().threads(0).growth(0, 0));
        Map<String, String> settings = new HashMap<>(PAGE.settings());
        settings.replaceAll((key, value) -> value.isEmpty() ? "given" : value);
        settings.put("quarkus.http.port", String.valueOf(PORT));
        settings.put("threadpost.connector.limit.requests", "200");
        installation = Installation.pulling(folder.resolve("parity"), platform, settings);
        installation.start();
        installation.awaitUp();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
        platform.close();
    }

    @Test
    @Order(1)
    void healthyStartLogsNoWarning() throws Exception {
        await("the last route file is taken over")
                .until(() -> installation.said().contains("Routes: to-queue.camel"));

        assertThat(installation.said().lines().filter(line -> line.matches("(?s).*\\b(WARN|ERROR|FATAL|WARNING)\\b.*")))
                .isEmpty();
    }

    @Test
    @Order(2)
    void theApiAnswersAsWritten() throws Exception {
        List<String> asked = new ApiQuestions(URI.create("http://127.0.0.1:" + PORT)).asked();

        assertThat(asked).isEqualTo(ApiQuestions.expected());
        assertThat(asked.size() / 2).isGreaterThan(70);
    }

    @Test
    @Order(3)
    void theLanguageOfRoutesDoesAsProbed() throws Exception {
        assertThat(RouteLanguage.probes(false)).hasSizeGreaterThan(200);
        assertThat(new RouteLanguage(installation).done()).isEmpty();
    }

    @Test
    @Order(4)
    void whatRoutesCannotNameIsRefused() throws Exception {
        assertThat(RouteLanguage.probes(true)).hasSizeGreaterThan(35);
        assertThat(new RouteLanguage(installation).refused()).isEmpty();
    }

    @Test
    @Order(5)
    void everyExampleOfTheDocsIsTakenOverLive() throws Exception {
        Path routes = installation.folder().resolve("routes");
        List<Page.Example> left = new ArrayList<>(PAGE.examples());
        assertThat(left).hasSizeGreaterThan(10);
        while (!left.isEmpty()) {
            // Of each file the next version: what stands in one section belongs together.
            Map<String, Page.Example> round = new TreeMap<>();
            left.forEach(example -> round.putIfAbsent(example.file(), example));
            left.removeAll(round.values());
            int begun = installation.said().length();
            for (Page.Example example : round.values()) {
                Files.writeString(routes.resolve(example.file()), example.yaml());
            }
            await("the examples " + round.values() + " are taken over")
                    .until(() -> said(begun).containsAll(round.keySet()));
            assertThat(installation.said().substring(begun).lines().filter(line -> line.contains("ERROR")))
                    .isEmpty();
        }
    }

    @Test
    @Order(6)
    void stopsInGoodOrderWhenItIsToldTo() throws Exception {
        assertThat(installation.stop()).isIn(STOPPED);
        assertThat(installation.said()).contains("stopped in");
    }

    @Test
    @Order(7)
    void startsAgainAfterItWasKilled() throws Exception {
        installation.start();
        installation.awaitUp();
        installation.kill();
        installation.start();
        installation.awaitUp();
    }

    private static Set<String> said(int begun) throws IOException {
        return installation
                .said()
                .substring(begun)
                .lines()
                .filter(line -> line.contains("Routes: ") && line.contains(".camel.yaml: "))
                .map(line -> line.replaceAll(".*Routes: (\\S+\\.camel\\.yaml): .*", "$1"))
                .collect(Collectors.toSet());
    }
}
