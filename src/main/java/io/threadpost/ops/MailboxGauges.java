package io.threadpost.ops;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.mailbox.MailboxStatus;
import io.threadpost.mailbox.MailboxStatus.Mailbox;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;

/** Gauges of each mailbox that is on. Read from the ledger at the scrape. */
@Singleton
final class MailboxGauges {
    private final List<MailboxSettings> on;
    private final GaugeFamily<Mailbox> mailboxes;

    /** Meters are bound before the ledger is open, so what reads it comes later. */
    MailboxGauges(Settings settings, Provider<MailboxStatus> status) {
        this.on = settings.mailboxes();
        this.mailboxes = new GaugeFamily<>(
                "threadpost.mailbox.", "mailbox", () -> status.get().mailboxes(), Mailbox::name);
    }

    void bindTo(MeterRegistry meters) {
        for (MailboxSettings mailbox : on) {
            String name = mailbox.name();
            mailboxes
                    .gauge(name, "age", "Time since it was looked through; NaN when it never was", MailboxGauges::age)
                    .baseUnit("seconds")
                    .register(meters);
            mailboxes
                    .gauge(
                            name,
                            "down",
                            "1 while the server is down or refuses the login",
                            of -> of.downSince() == null ? 0 : 1)
                    .register(meters);
            mailboxes
                    .gauge(name, "held", "1 while it waits for a person", of -> of.heldSince() == null ? 0 : 1)
                    .register(meters);
            mailboxes
                    .gauge(name, "unfetched", "Mails that the server does not hand out", Mailbox::unfetched)
                    .baseUnit("mails")
                    .register(meters);
        }
    }

    private static double age(Mailbox mailbox) {
        return mailbox.looked() == null
                ? Double.NaN
                : GaugeFamily.seconds(
                        Duration.between(mailbox.looked(), Instant.now()).toMillis());
    }
}
