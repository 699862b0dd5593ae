package io.threadpost.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard by themselves; RunningProcessTest compares them with the exposed metrics. */
class MonitoringTest {
    private static final Pattern VALUE = Pattern.compile("\\{\\{ \\$(?:value(?: \\| humanize\\w*)?|labels\\.\\w+) }}");

    @Test
    void everyAlertHasWhatItsReaderNeeds() {
        List<JsonNode> rules = Monitoring.rules();

        assertThat(rules).hasSizeGreaterThan(20);
        assertThat(rules.stream().map(rule -> rule.path("alert").asText())).doesNotHaveDuplicates();
        for (JsonNode rule : rules) {
            String name = rule.path("alert").asText();
            assertThat(name).matches("Threadpost[A-Z]\\w+");
            assertThat(rule.path("for").asText("1m")).as(name).matches("\\d+[mh]");
            assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(new PromQl(rule.path("expr").asText()).selectors())
                    .as(name)
                    .isNotEmpty();
            for (String text : List.of("summary", "description")) {
                String annotation = rule.path("annotations").path(text).asText();
                assertThat(VALUE.matcher(annotation).replaceAll(""))
                        .as(name)
                        .isNotBlank()
                        .doesNotContain("{", "}");
            }
            String[] runbook = rule.at("/annotations/runbook").asText().split("#");
            assertThat(anchors(Path.of(runbook[0]))).as(name).contains(runbook[1]);
        }
    }

    @Test
    void alertsWatchWhatCanGoWrong() {
        Set<String> watched = Monitoring.rules().stream()
                .flatMap(rule -> new PromQl(rule.path("expr").asText()).selectors().stream())
                .map(PromQl.Selector::metric)
                .collect(Collectors.toSet());

        assertThat(watched)
                .contains(
                        "up",
                        "threadpost_pull_refused",
                        "threadpost_pull_age_seconds",
                        "threadpost_pull_lag_seconds",
                        "threadpost_connector_budget_held",
                        "threadpost_spool_paused",
                        "threadpost_spool_dead_items",
                        "threadpost_spool_age_seconds",
                        "threadpost_mail_parked_mails",
                        "threadpost_mailbox_down",
                        "threadpost_routefiles_broken",
                        "threadpost_retention_expiring",
                        "jvm_memory_usage_after_gc");
    }

    @Test
    void dashboardIsOneScreenWithoutGapsOrOverlaps() {
        boolean[][] cells = new boolean[24][24];
        List<Integer> ids = new ArrayList<>();
        for (JsonNode panel : Monitoring.dashboard().path("panels")) {
            ids.add(panel.path("id").asInt());
            JsonNode at = panel.path("gridPos");
            assertThat(panel.path("targets")).isNotEmpty();
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(cells[x][y]).as(panel.path("title").asText()).isFalse();
                    cells[x][y] = true;
                }
            }
        }

        assertThat(ids).doesNotHaveDuplicates();
        for (boolean[] column : cells) {
            assertThat(column).containsOnly(true);
        }
        Monitoring.queries().keySet().forEach(PromQl::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sum(", "max by (spool) threadpost", "a{b=c}", "rate(a[5])", "a == ", "a b", "nope(a)", "a; b"})
    void whatIsNoQueryIsRejected(String query) {
        assertThatThrownBy(() -> new PromQl(query)).isInstanceOf(IllegalArgumentException.class);
    }

    /** What links to a page's headings look like. */
    private static Set<String> anchors(Path page) {
        return Pattern.compile("(?m)^#+ (.*)$")
                .matcher(Monitoring.text(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase()
                        .replaceAll("[^\\w -]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }
}
