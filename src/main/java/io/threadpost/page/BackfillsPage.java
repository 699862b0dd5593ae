package io.threadpost.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.pull.AuditHistory;
import io.threadpost.pull.Backfills;
import io.threadpost.pull.Coverage;
import io.threadpost.pull.CoverageAudit;
import io.threadpost.redelivery.Redeliveries;
import io.threadpost.settings.Settings;

/** Which time is covered, the backfills, and the re-deliveries. */
@Singleton
final class BackfillsPage {
    private static final int MOST = 100;

    private final Backfills backfills;
    private final Coverage coverage;
    private final CoverageAudit audit;
    private final Redeliveries redeliveries;
    private final Settings settings;

    BackfillsPage(
            Backfills backfills, Coverage coverage, CoverageAudit audit, Redeliveries redeliveries, Settings settings) {
        this.backfills = backfills;
        this.coverage = coverage;
        this.audit = audit;
        this.redeliveries = redeliveries;
        this.settings = settings;
    }

    /** The page. */
    @RegisterForReflection
    record View(List<Covered> connections, List<Row> backfills, List<Row> redeliveries) {}

    /**
     * What is covered of a connection.
     *
     * @param gaps in words
     * @param fillable whether nothing is going to fill some of them
     */
    @RegisterForReflection
    record Covered(String name, String line, List<String> gaps, boolean fillable, String audits) {}

    /**
     * A backfill or a re-delivery.
     *
     * @param percent from 0 to 100
     * @param error empty when there is none
     */
    @RegisterForReflection
    record Row(long id, String line, int percent, String error, boolean running, boolean paused, boolean over) {}

    View view() {
        return new View(
                settings.connectionNames().stream().map(this::covered).toList(),
                backfills.newest(Long.MAX_VALUE, MOST).stream()
                        .map(one -> row(one.id(), one.line(), one.share(), one.error(), one.state()))
                        .toList(),
                redeliveries.list().stream()
                        .limit(MOST)
                        .map(one -> row(one.id(), one.line(), one.share(), one.error(), one.state()))
                        .toList());
    }

    private static Row row(long id, String line, double share, String error, String state) {
        return new Row(
                id,
                PageFormat.readable(line),
                (int) (100 * share),
                PageFormat.text(error, ""),
                state.equals("running"),
                state.equals("paused"),
                state.equals("finished") || state.equals("cancelled"));
    }

    private Covered covered(String connection) {
        Optional<Coverage.Answer> answer = coverage.all(connection);
        List<Coverage.Gap> gaps = answer.map(Coverage.Answer::gaps).orElse(List.of());
        AuditHistory.Status status = audit.status(connection);
        return new Covered(
                connection,
                PageFormat.readable(answer.map(Coverage.Answer::line).orElse("never pulled")),
                gaps.stream()
                        .limit(MOST)
                        .map(gap -> PageFormat.time(gap.from()) + " to " + PageFormat.time(gap.to()) + ": "
                                + gap.reason().word())
                        .toList(),
                gaps.stream()
                        .anyMatch(gap ->
                                gap.reason() == Coverage.Reason.CANCELLED || gap.reason() == Coverage.Reason.UNPLANNED),
                status.last() == null
                        ? "not compared with the platform yet"
                        : PageFormat.count(status.audits(), "audit", "audits") + " in a week, the last one "
                                + PageFormat.ago(status.last(), Instant.now()) + "; "
                                + PageFormat.count(status.missing(), "thread was missing", "threads were missing"));
    }
}
