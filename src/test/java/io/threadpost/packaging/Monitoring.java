package io.threadpost.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules and the dashboard in {@code deploy/}. */
public final class Monitoring {
    static final Path ALERTS = Path.of("deploy/prometheus/threadpost-alerts.yaml");
    static final Path DASHBOARD = Path.of("deploy/grafana/threadpost.json");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LEGEND = Pattern.compile("\\{\\{(?:\\s*\\$labels\\.)?(\\w+)\\s*}}");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{([^\\n]*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    /** Prometheus adds them to every sample. */
    private static final Set<String> TARGET = Set.of("job", "instance");

    private Monitoring() {}

    static JsonNode alerts() {
        return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Monitoring.text(ALERTS)));
    }

    static JsonNode dashboard() {
        try {
            return JSON.readTree(DASHBOARD.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> rules() {
        List<JsonNode> rules = new ArrayList<>();
        alerts().path("groups").forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    /** Each query with the texts that name its labels. */
    static Map<String, List<String>> queries() {
        Map<String, List<String>> queries = new TreeMap<>();
        rules().forEach(rule -> queries.computeIfAbsent(rule.path("expr").asText(), expr -> new ArrayList<>())
                .add(rule.path("annotations").toString()));
        dashboard().path("panels").forEach(panel -> panel.path("targets")
                .forEach(target -> queries.computeIfAbsent(target.path("expr").asText(), expr -> new ArrayList<>())
                        .add(target.path("legendFormat").asText())));
        return queries;
    }

    /**
     * What alerts and dashboard use and an answer of {@code /observe/metrics} does not have.
     *
     * @return {@code metric} or {@code metric{label}}
     */
    public static Set<String> missingIn(String metrics) {
        Map<String, Set<String>> exposed = new TreeMap<>(Map.of("up", Set.of()));
        SAMPLE.matcher(metrics).results().forEach(sample -> {
            Set<String> labels = exposed.computeIfAbsent(sample.group(1), metric -> new TreeSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> labels.add(label.group(1)));
            }
        });
        Set<String> missing = new TreeSet<>();
        queries().forEach((query, texts) -> new PromQl(query).selectors().forEach(selector -> {
            Set<String> labels = new TreeSet<>(selector.labels());
            texts.forEach(text -> labels.addAll(named(text)));
            labels.removeAll(TARGET);
            if (!exposed.containsKey(selector.metric())) {
                missing.add(selector.metric());
            } else {
                labels.removeAll(exposed.get(selector.metric()));
                labels.forEach(label -> missing.add(selector.metric() + "{" + label + "}"));
            }
        }));
        return missing;
    }

    /** The labels in <code>{{spool}}</code> of a legend, or <code>{{ $labels.spool }}</code> of an annotation. */
    static Set<String> named(String text) {
        Set<String> labels = new TreeSet<>();
        for (Matcher label = LEGEND.matcher(text); label.find(); ) {
            labels.add(label.group(1));
        }
        return labels;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
