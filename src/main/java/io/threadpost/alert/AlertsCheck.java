package io.threadpost.alert;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

import org.eclipse.microprofile.health.Readiness;

import io.threadpost.ops.HealthReport;
import io.threadpost.ops.ReportingCheck;
import io.threadpost.settings.Settings;

/** Down while a channel of alerts does not work: then nobody hears by it of what does not work. */
@Readiness
@ApplicationScoped
public class AlertsCheck implements ReportingCheck {
    private static final int FAILURES = 3;

    private final Settings settings;
    private final Provider<Alerts> alerts;

    @Inject
    AlertsCheck(Settings settings, Provider<Alerts> alerts) {
        this.settings = settings;
        this.alerts = alerts;
    }

    @Override
    public HealthReport report() {
        HealthReport report = new HealthReport("threadpost-alerts");
        if (!Alerts.isOn(settings)) {
            return report;
        }
        for (AlertChannel channel : alerts.get().channels()) {
            AlertLedger.ChannelState state = alerts.get().ledger().state(channel.name());
            if (state.failures() >= FAILURES) {
                report.down(channel.name(), "is not possible: " + state.reason());
            }
        }
        return report;
    }
}
