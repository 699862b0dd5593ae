package io.threadpost.ops;

import java.util.List;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/**
 * Binds the gauges. The registry outlives an application that dev mode or a test starts again, so what is left there
 * goes first.
 */
@ApplicationScoped
public class MeterBinding {
    private static final int BEFORE_ANYTHING_COUNTS = 1;

    private final MeterRegistry meters;
    private final PullGauges pulls;
    private final SpoolGauges spools;
    private final AddGauges adds;
    private final MailGauges mails;
    private final MailboxGauges mailboxes;

    @Inject
    MeterBinding(
            MeterRegistry meters,
            PullGauges pulls,
            SpoolGauges spools,
            AddGauges adds,
            MailGauges mails,
            MailboxGauges mailboxes) {
        this.meters = meters;
        this.pulls = pulls;
        this.spools = spools;
        this.adds = adds;
        this.mails = mails;
        this.mailboxes = mailboxes;
    }

    void start(@Observes @Priority(BEFORE_ANYTHING_COUNTS) StartupEvent started) {
        List<Meter> left = meters.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("threadpost."))
                .toList();
        left.forEach(meters::remove);
        pulls.bindTo(meters);
        spools.bindTo(meters);
        adds.bindTo(meters);
        mails.bindTo(meters);
        mailboxes.bindTo(meters);
    }
}
