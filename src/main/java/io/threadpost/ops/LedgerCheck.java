package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down while the ledger takes no writes: then nothing at all can be done, and nothing is. */
@Readiness
@ApplicationScoped
public class LedgerCheck implements HealthCheck {
    private final LedgerProbe probe;
    private final RedactedText redactedText;

    @Inject
    LedgerCheck(LedgerProbe probe, RedactedText redactedText) {
        this.probe = probe;
        this.redactedText = redactedText;
    }

    @Override
    public HealthCheckResponse call() {
        HealthReport healthReport = new HealthReport("threadpost-ledger");
        String failure = probe.failure();
        if (failure == null) {
            healthReport.fine("ledger", probe.written() ? "takes writes" : "not tried yet");
        } else {
            healthReport.wrong("ledger", redactedText.clean(failure));
        }
        return healthReport.response();
    }
}
