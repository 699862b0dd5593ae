package io.threadpost.ops;

import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.queue.QueueReaders;
import io.threadpost.queue.QueueReaders.Trouble;

/**
 * Down while a queue that a route consumes cannot be read: its messages wait at the broker then and do not become
 * threads.
 */
@Readiness
@ApplicationScoped
public class QueuesCheck implements ReportingCheck {
    private final QueueReaders readers;
    private final RedactedText redactedText;

    QueuesCheck(QueueReaders readers, RedactedText redactedText) {
        this.readers = readers;
        this.redactedText = redactedText;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-queues");
        for (Trouble trouble : readers.troubles()) {
            report.down(
                    trouble.queue(),
                    "cannot be read since " + trouble.since().truncatedTo(ChronoUnit.SECONDS) + ": "
                            + redactedText.clean(trouble.reason()),
                    trouble.since(),
                    HealthReport.Remedy.NONE);
        }
        return report;
    }
}
