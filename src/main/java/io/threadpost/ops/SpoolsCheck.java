package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.Targets.Standing;

/**
 * Down while a spool is stuck. It is when it has items, or an empty tick that must be delivered, and its target is
 * down, or no route drains it, or nothing has left it for {@code threadpost.pull.alarm-after}, or its target was on
 * before and is off. Also down while two routes drain one spool, because each item reaches only one of them.
 */
@Readiness
@ApplicationScoped
public class SpoolsCheck implements ReportingCheck {
    private final SpoolStatus status;
    private final RedactedText redactedText;
    private final long alarmMillis;

    SpoolsCheck(SpoolStatus status, RedactedText redactedText, Settings settings) {
        this.status = status;
        this.redactedText = redactedText;
        this.alarmMillis = settings.get(SettingsCatalogue.PULL_ALARM_AFTER).toMillis();
    }

    @Override
    public HealthReport report() {
        return report(status.spools());
    }

    /** @param spools as they were read a moment ago */
    public HealthReport report(List<SpoolStatus.Spool> spools) {
        HealthReport report = new HealthReport("threadpost-spools");
        for (SpoolStatus.Spool spool : spools) {
            List<String> wrong = wrong(spool);
            if (wrong.isEmpty()) {
                report.up(spool.name(), holds(spool) + opens(spool) + retried(spool));
            } else {
                report.down(
                        spool.name(),
                        holds(spool) + "; " + String.join("; ", wrong) + retried(spool),
                        since(spool),
                        remedy(spool, wrong));
            }
        }
        return report;
    }

    private static HealthReport.Remedy remedy(SpoolStatus.Spool spool, List<String> wrong) {
        if (spool.drains() > 1 && wrong.size() == 1) {
            return HealthReport.Remedy.EDIT;
        }
        if (spool.hold() != null) {
            return HealthReport.Remedy.RELEASE;
        }
        return spool.pause() != null ? HealthReport.Remedy.TRY : HealthReport.Remedy.NONE;
    }

    private static Instant since(SpoolStatus.Spool spool) {
        if (spool.hold() != null) {
            return Instant.ofEpochMilli(spool.hold().since());
        }
        return spool.pause() != null
                ? Instant.ofEpochMilli(spool.pause().since())
                : Instant.now().minusMillis(spool.oldestMillis());
    }

    private static String holds(SpoolStatus.Spool spool) {
        return spool.items() == 0
                ? "empty"
                : spool.items() + (spool.items() == 1 ? " item" : " items") + ", the oldest for "
                        + DurationFormat.text(Duration.ofMillis(spool.oldestMillis()));
    }

    private static String opens(SpoolStatus.Spool spool) {
        return spool.times() == null || spool.times().openMillis() > 0
                ? ""
                : "; opens at " + seconds(spool.times().next());
    }

    /** It takes nothing down, like dead items: nothing else waits for it. */
    private String retried(SpoolStatus.Spool spool) {
        SpoolStatus.Retried retried = spool.retried();
        return retried == null
                ? ""
                : "; " + retried.items() + (retried.items() == 1 ? " fails" : " fail")
                        + " again and again, the oldest is "
                        + redactedText.clean(retried.key()) + ", " + retried.failures() + " times: "
                        + redactedText.clean(retried.reason());
    }

    private List<String> wrong(SpoolStatus.Spool spool) {
        List<String> wrong = new ArrayList<>();
        if (spool.drains() > 1) {
            wrong.add(spool.drains() + " routes drain it, each item goes to one of them only");
        }
        TargetSystem targetSystem = TargetSystem.of(spool.name()).orElse(null);
        if (spool.standing() == Standing.OFF && spool.drains() > 0) {
            wrong.add("a route reads it, but it takes nothing, since " + String.join(" or ", targetSystem.switchKeys())
                    + " is empty");
        }
        boolean emptyTick = spool.times() != null && spool.times().openMillis() > 0 && spool.pause() != null;
        if (spool.items() == 0 && !emptyTick) {
            return wrong;
        }
        if (spool.standing() == Standing.LEFT) {
            wrong.add(String.join(" or ", targetSystem.switchKeys()) + " is empty, though the target "
                    + targetSystem.id() + " was on before");
        } else if (spool.drains() == 0) {
            wrong.add("no route that reads spool:" + spool.name() + " is running");
        }
        if (spool.hold() != null) {
            wrong.add("held by a person since " + seconds(spool.hold().since()) + ": "
                    + redactedText.clean(spool.hold().reason()));
        }
        SpoolStatus.Pause pause = spool.pause();
        if (pause != null) {
            wrong.add("nothing leaves it since " + seconds(pause.since()) + ", next try at " + seconds(pause.until())
                    + ": " + redactedText.clean(pause.reason()));
        } else if (spool.hold() == null
                && spool.drains() > 0
                && waiting(spool) > alarmMillis
                && spool.idleMillis() > alarmMillis) {
            wrong.add("nothing left it for " + DurationFormat.text(Duration.ofMillis(spool.idleMillis())));
        }
        return wrong;
    }

    /** @return for how long something could have left the spool */
    private static long waiting(SpoolStatus.Spool spool) {
        return spool.times() == null
                ? spool.oldestMillis()
                : Math.min(spool.oldestMillis(), spool.times().openMillis());
    }

    private static Instant seconds(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS);
    }
}
