package io.threadpost.parity;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.threadpost.testing.Installation;
import io.threadpost.testing.Probe;
import io.threadpost.testing.Program;

/**
 * The probes of the language of routes, as the program does them: those that work in one route file, saved into a
 * running installation; those that are refused in a folder of their own, given to {@code check}.
 */
final class RouteLanguage {
    private static final String FILE = "probes.camel.yaml";
    private static final Duration LONG = Duration.ofSeconds(120);
    /**
     * Calls a probe once, and writes its body to NAME.done, or its failure to NAME.failed. All calls share one thread.
     */
    private static final String CALLER =
            """
            - route:
                id: call-NAME
                description: Calls a probe and writes what comes of it.
                from:
                  uri: timer:probes
                  parameters: {repeatCount: 1, delay: 0}
                  steps:
                    - doTry:
                        steps:
                          - to: {uri: "direct:NAME"}
                          - convertBodyTo: {type: String}
                          - setHeader: {name: CamelFileName, constant: NAME.done}
                        doCatch:
                          - exception: [java.lang.Throwable]
                            steps:
                              - setBody: {simple: "${exception.stacktrace}"}
                              - setHeader: {name: CamelFileName, constant: NAME.failed}
                    - to: {uri: "file:probed", parameters: {tempPrefix: unfinished-}}
            """;

    private final Installation installation;

    RouteLanguage(Installation installation) {
        this.installation = installation;
    }

    /**
     * Has the running installation do all that works.
     *
     * @return the probes that came to something else, with what that is
     */
    Map<String, String> done() throws IOException {
        List<Probe> probes = probes(false);
        Path file = installation.folder().resolve("routes").resolve(FILE);
        int begun = installation.said().length();
        Map<String, String> results;
        // A busy machine may pause in the middle of a large file.
        Files.move(Files.writeString(installation.folder().resolve(FILE), text(probes)), file);
        try {
            await("the probes are taken over or refused").atMost(LONG).until(() -> said(begun)
                    .anyMatch(line -> line.contains(FILE + ": started") || line.contains(FILE + " was not applied")));
            assertThat(said(begun).filter(line -> line.contains(" ERROR ") && line.contains(FILE)))
                    .isEmpty();
            await("every probe has its result").atMost(LONG).untilAsserted(() -> assertThat(missing(probes))
                    .isEmpty());
            results = results();
        } finally {
            Files.delete(file);
        }
        await("the probes are gone").atMost(LONG).until(() -> said(begun)
                .anyMatch(line -> line.contains(FILE + " is gone")));
        return probes.stream()
                .filter(probe -> !fits(probe, results.get(probe.name())))
                .collect(Collectors.toMap(Probe::name, probe -> results.get(probe.name())));
    }

    /**
     * Has {@code check} look at all that is refused.
     *
     * @return the probes that it finds something else wrong with, with what that is
     */
    Map<String, List<String>> refused() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(installation.folder().resolve("refused"));
        for (Probe probe : probes(true)) {
            Files.writeString(folder.resolve(probe.name() + ".camel.yaml"), probe.file("direct:" + probe.name()));
        }
        Map<String, List<String>> errors = new HashMap<>();
        for (JsonNode finding : checked(folder).path("findings")) {
            if (finding.path("severity").asText().equals("error")) {
                String name =
                        Path.of(finding.path("file").asText()).getFileName().toString();
                errors.computeIfAbsent(name.replace(".camel.yaml", ""), any -> new ArrayList<>())
                        .add(finding.path("problem").asText() + "; "
                                + finding.path("advice").asText());
            }
        }
        return probes(true).stream()
                .filter(probe -> errors.getOrDefault(probe.name(), List.of()).stream()
                        .noneMatch(error -> error.contains(probe.refused().orElseThrow())))
                .collect(Collectors.toMap(Probe::name, probe -> errors.getOrDefault(probe.name(), List.of())));
    }

    static List<Probe> probes(boolean refused) {
        return Probe.all().stream()
                .filter(probe -> probe.refused().isPresent() == refused)
                .toList();
    }

    private static String text(List<Probe> probes) {
        return Stream.concat(
                        probes.stream().map(probe -> probe.file("direct:" + probe.name())),
                        probes.stream().map(probe -> CALLER.replace("NAME", probe.name())))
                .collect(Collectors.joining());
    }

    private static boolean fits(Probe probe, String result) {
        String[] words = result.split(" ", 2);
        return words[0].equals(probe.fails().isPresent() ? "failed" : "done")
                && probe.fails().map(words[1]::contains).orElseGet(() -> probe.expects(words[1]));
    }

    private JsonNode checked(Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("found.json");
        Process check = new ProcessBuilder(Program.command(List.of(), "check", folder.toString(), "--json"))
                .directory(installation.folder().toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(check.waitFor(LONG.toSeconds(), TimeUnit.SECONDS))
                    .as("check ends")
                    .isTrue();
            assertThat(check.exitValue()).isEqualTo(1);
            return new ObjectMapper().readTree(out.toFile());
        } finally {
            check.destroyForcibly();
        }
    }

    private List<String> missing(List<Probe> probes) throws IOException {
        Map<String, String> results = results();
        return probes.stream()
                .map(Probe::name)
                .filter(name -> !results.containsKey(name))
                .toList();
    }

    /** @return "done BODY" or "failed STACKTRACE", by the name of the probe */
    private Map<String, String> results() throws IOException {
        Path folder = installation.folder().resolve("probed");
        Map<String, String> results = new HashMap<>();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    String[] name = file.getFileName().toString().split("\\.");
                    if (!name[0].startsWith("unfinished-")) {
                        results.put(name[0], name[1] + " " + Files.readString(file));
                    }
                }
            }
        }
        return results;
    }

    private Stream<String> said(int begun) {
        try {
            return installation.said().substring(begun).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
