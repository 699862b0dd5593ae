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
    private final Words words;

    @Inject
    LedgerCheck(LedgerProbe probe, Words words) {
        this.probe = probe;
        this.words = words;
    }

    @Override
    public HealthCheckResponse call() {
        Findings findings = new Findings("threadpost-ledger");
        String failure = probe.failure();
        if (failure == null) {
            findings.fine("ledger", probe.written() ? "takes writes" : "not tried yet");
        } else {
            findings.wrong("ledger", words.clean(failure));
        }
        return findings.response();
    }
}
