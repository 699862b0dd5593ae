package io.threadpost.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.threadpost.node.Nodes;
import io.threadpost.node.Nodes.Node;
import io.threadpost.ops.HealthReport;
import io.threadpost.ops.HealthReport.Remedy;

/** What health reports, in the words and with the button of the overview. */
class ProblemTopicTest {
    private static final Instant NOW = Instant.parse("2026-11-28T19:14:30Z");

    private static Problem problem(String check, String subject, Remedy remedy) {
        HealthReport report = new HealthReport(check);
        report.down(subject, "refused since 2026-11-28T19:02:00Z", NOW.minusSeconds(750), remedy);
        HealthReport.Line line = report.lines().get(0);
        return ProblemTopic.of(check).orElseThrow().problem(line, PageFormat.since(line.since(), NOW));
    }

    @Test
    void saysWhatSinceWhenAndWhatToDo() {
        Problem problem = problem("threadpost-access", "main", Remedy.NONE);

        assertThat(problem.headline()).isEqualTo("The platform refuses connection main");
        assertThat(problem.since()).isEqualTo("since 19:02 UTC, for 12 min");
        assertThat(problem.advice()).contains("threadpost.connections.main.access-token");
        assertThat(problem.reason()).isEqualTo("refused since 2026-11-28 19:02:00 UTC");
        assertThat(PageFormat.since(NOW.minusSeconds(200_000), NOW)).isEqualTo("since 2026-11-26 11:41 UTC, for 2 d");
    }

    @Test
    void theButtonIsWhatAPersonCanDo() {
        assertThat(problem("threadpost-spools", "digest-mails", Remedy.TRY))
                .extracting(Problem::headline, Problem::button, Problem::link)
                .containsExactly(
                        "Digest mails are not sent (spool digest-mails)",
                        "Try now",
                        "/actions/spool-try?spool=digest-mails");
        assertThat(problem("threadpost-mailboxes", "front desk", Remedy.RELEASE).link())
                .isEqualTo("/actions/mailbox-release?mailbox=front%20desk");
        assertThat(problem("threadpost-spools", "mine", Remedy.NONE))
                .extracting(Problem::headline, Problem::link)
                .containsExactly("Nothing is delivered from spool mine", "/spools/mine");
        assertThat(problem("threadpost-adds", "main, messages", Remedy.NONE).headline())
                .isEqualTo("Further mails of guests are not added to their threads of connection main");
        assertThat(problem("threadpost-spools", "mine", Remedy.EDIT))
                .extracting(Problem::headline, Problem::link)
                .containsExactly("Several routes read spool mine", "/#files");
        assertThat(problem("threadpost-replies", "routes", Remedy.EDIT).headline())
                .isEqualTo("Answers of the hotel do not reach guests by mail (no route pulls them)");
        assertThat(problem("threadpost-route-files", "a.camel.yaml", Remedy.NONE)
                        .link())
                .isEqualTo("/routes/a.camel.yaml");
        assertThat(problem("threadpost-route-files", "folder", Remedy.NONE).link())
                .isEqualTo("/#files");
    }

    @Test
    void aNodeIsGoneUnlessAnotherStartedSince() {
        Node silent = node("silent", 3600, 600);
        Node old = node("running", 7200, 1);
        Node replacement = node("running", 300, 1);
        Node forgotten = node("silent", 9000, 7200);

        assertThat(Nodes.gone(List.of(old, silent, forgotten), NOW)).containsExactly(silent);
        assertThat(Nodes.gone(List.of(old, silent, replacement), NOW)).isEmpty();
        assertThat(Nodes.gone(List.of(silent, silent, replacement), NOW)).hasSize(1);
    }

    private static Node node(String state, long startedAgo, long seenAgo) {
        return new Node(
                "id-" + startedAgo,
                "host",
                1,
                "1",
                NOW.minusSeconds(startedAgo),
                NOW.minusSeconds(seenAgo),
                state,
                false,
                0,
                List.of());
    }
}
