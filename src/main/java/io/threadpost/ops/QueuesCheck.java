package io.threadpost.ops;

import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.threadpost.queue.QueueReaders;
import io.threadpost.queue.QueueReaders.Trouble;

/** Down while a queue that a route reads cannot be read: messages wait at the broker then, and become no threads. */
@Readiness
@ApplicationScoped
public class QueuesCheck implements HealthCheck {
    private final QueueReaders readers;
    private final Words words;

    @Inject
    QueuesCheck(QueueReaders readers, Words words) {
        this.readers = readers;
        this.words = words;
    }

    @Override
    public HealthCheckResponse call() {
        Findings findings = new Findings("threadpost-queues");
        for (Trouble trouble : readers.troubles()) {
            findings.wrong(
                    trouble.queue(),
                    "cannot be read since " + trouble.since().truncatedTo(ChronoUnit.SECONDS) + ": "
                            + words.clean(trouble.reason()));
        }
        return findings.response();
    }
}
