package io.threadpost.ops;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.Readiness;

/** Down while the ledger accepts no writes: nothing works then. */
@Readiness
@ApplicationScoped
public class LedgerCheck implements ReportingCheck {
    private final LedgerProbe probe;
    private final RedactedText redactedText;

    LedgerCheck(LedgerProbe probe, RedactedText redactedText) {
        this.probe = probe;
        this.redactedText = redactedText;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-ledger");
        String failure = probe.failure();
        if (failure == null) {
            report.up("ledger", probe.written() ? "takes writes" : "not tried yet");
        } else {
            report.down("ledger", redactedText.clean(failure), probe.failingSince(), HealthReport.Remedy.NONE);
        }
        return report;
    }
}
