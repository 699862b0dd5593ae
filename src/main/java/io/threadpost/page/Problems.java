package io.threadpost.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.ops.HealthReport;
import io.threadpost.ops.RedactedText;
import io.threadpost.ops.ReportingCheck;
import io.threadpost.ops.RetentionCheck;
import io.threadpost.ops.RouteFilesCheck;
import io.threadpost.ops.RoutesStartedCheck;
import io.threadpost.ops.SpoolsCheck;
import io.threadpost.page.Problem.Kind;
import io.threadpost.pull.PullStatus;
import io.threadpost.retry.FailureReason;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.spool.SpoolStatus;

/**
 * What is wrong: whatever takes a health check down, then what waits for a person, then what passes by itself. Each
 * names the place where the person can act.
 */
@Singleton
final class Problems {
    private static final String UNKNOWN = "The state is not known";
    /** Once a pull has worked, a shorter failure is not reported: it is retried within seconds. */
    private static final long NEWS_MILLIS = 60_000;
    /** A live window is some seconds long, unless the installation is new, or pulling did not work for a while. */
    private static final long LATE_MILLIS = Duration.ofMinutes(15).toMillis();
    /** Windows are planned by the platform's clock, but a person compares times. */
    private static final long CLOCK_MILLIS = 60_000;

    private final Instance<ReportingCheck> checks;
    private final RoutesStartedCheck started;
    private final RouteFiles files;
    private final PullStatus pulls;
    private final PersonTasks tasks;
    private final RedactedText redactedText;

    Problems(
            @Any Instance<ReportingCheck> checks,
            @Readiness RoutesStartedCheck started,
            RouteFiles files,
            PullStatus pulls,
            PersonTasks tasks,
            RedactedText redactedText) {
        this.checks = checks;
        this.started = started;
        this.files = files;
        this.pulls = pulls;
        this.tasks = tasks;
        this.redactedText = redactedText;
    }

    /**
     * @param spools read when needed
     * @return what does not work first
     */
    List<Problem> list(Supplier<List<SpoolStatus.Spool>> spools, Instant now) {
        List<Reported> reported = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        checks.forEach(check -> attempt(problems, () -> {
            reported.addAll(report(check, spools));
            return List.of();
        }));
        // A refused token is the cause, and that nothing was pulled since is its consequence.
        reported.removeIf(pull -> pull.topic() == ProblemTopic.PULL
                && reported.stream().anyMatch(access -> access.isAbout(ProblemTopic.ACCESS, pull.subject())));
        reported.stream()
                .sorted(Comparator.comparing(Reported::topic))
                .map(line -> line.topic()
                        .problem(line.line(), PageFormat.since(line.line().since(), now)))
                .forEach(problems::add);
        if (starting()) {
            problems.add(new Problem(
                    Kind.PASSES,
                    "Threadpost is starting",
                    "",
                    "Its route files are being loaded; pulling and delivering begin in a moment.",
                    "",
                    "",
                    "",
                    ""));
        }
        attempt(problems, () -> passing(reported, now));
        tasks.lists(spools, now).forEach(list -> attempt(problems, list));
        // Nothing else works, and little is known, while the ledger does not.
        if (reported.stream().anyMatch(line -> line.topic() == ProblemTopic.LEDGER)) {
            problems.removeIf(problem -> problem.headline().equals(UNKNOWN));
        }
        return problems.stream().sorted(Comparator.comparing(Problem::kind)).toList();
    }

    private record Reported(ProblemTopic topic, HealthReport.Line line) {
        String subject() {
            return line.subject();
        }

        boolean isAbout(ProblemTopic other, String thing) {
            return topic == other && subject().equals(thing);
        }
    }

    private List<Reported> report(ReportingCheck check, Supplier<List<SpoolStatus.Spool>> spools) {
        // Retention also counts what waits for nobody: a second for millions of delivered items.
        if (check instanceof RetentionCheck || check instanceof RouteFilesCheck && starting()) {
            return List.of();
        }
        HealthReport report = check instanceof SpoolsCheck those ? those.report(spools.get()) : check.report();
        return ProblemTopic.of(report.check()).stream()
                .flatMap(topic ->
                        report.lines().stream().filter(line -> !line.up()).map(line -> new Reported(topic, line)))
                .toList();
    }

    private boolean starting() {
        return files.statuses().isEmpty() && started.call().getStatus() == HealthCheckResponse.Status.DOWN;
    }

    /** What health does not report yet, since it usually passes. */
    private List<Problem> passing(List<Reported> reported, Instant now) {
        List<Problem> problems = new ArrayList<>();
        for (PullStatus.Connection connection : pulls.connections()) {
            boolean known = reported.stream()
                    .anyMatch(line -> line.isAbout(ProblemTopic.PULL, connection.name())
                            || line.isAbout(ProblemTopic.ACCESS, connection.name()));
            boolean news = !connection.pulled() || connection.sinceMillis() > NEWS_MILLIS;
            if (!known && connection.error() != null && news) {
                problems.add(new Problem(
                        Kind.PASSES,
                        "Nothing can be pulled right now for connection " + connection.name(),
                        PageFormat.since(now.minusMillis(connection.sinceMillis()), now),
                        "New messages arrive when the platform answers again. Nothing is lost.",
                        "Nothing yet: it is retried by itself.",
                        PageFormat.readable(redactedText.clean(connection.error())),
                        "See the connection",
                        "/#connections"));
            }
            if (!known && connection.error() == null && connection.behindMillis() > LATE_MILLIS) {
                problems.add(new Problem(
                        Kind.PASSES,
                        "Connection " + connection.name() + " is catching up",
                        "",
                        "Messages of the last " + PageFormat.duration(Duration.ofMillis(connection.behindMillis()))
                                + " are still being pulled, so some arrive late. Nothing is lost.",
                        "Nothing: it ends by itself.",
                        "",
                        "See the connection",
                        "/#connections"));
            }
            if (Math.abs(connection.clockMillis()) > CLOCK_MILLIS) {
                problems.add(new Problem(
                        Kind.WAITS,
                        "The clock of this installation differs from the platform's by "
                                + PageFormat.duration(Duration.ofMillis(Math.abs(connection.clockMillis()))),
                        "",
                        "Messages flow; times shown here and in files are wrong by that.",
                        "Set the clock by NTP.",
                        "",
                        "See the nodes",
                        "/system"));
            }
        }
        return problems.stream().distinct().toList();
    }

    /** Several fail for the same reason when the ledger is down. */
    private static void attempt(List<Problem> problems, Supplier<List<Problem>> reading) {
        try {
            problems.addAll(reading.get());
        } catch (RuntimeException e) {
            Problem failed = new Problem(
                    Kind.DOWN,
                    UNKNOWN,
                    "",
                    "Messages may be waiting.",
                    "Look at the log.",
                    FailureReason.of(e),
                    "",
                    "");
            if (!problems.contains(failed)) {
                problems.add(failed);
            }
        }
    }
}
