package io.threadpost.mailbox;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.pulse.Pulses;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;

/** Makes a watch for each mailbox that is on. */
@Singleton
class Watches {
    private final List<MailboxSettings> mailboxes;
    private final MailboxLedger ledger;
    private final Logins logins;
    private final Pulses pulses;

    Watches(Settings settings, MailboxLedger ledger, Logins logins, Pulses pulses) {
        this.mailboxes = settings.mailboxes();
        this.ledger = ledger;
        this.logins = logins;
        this.pulses = pulses;
    }

    List<MailboxSettings> mailboxes() {
        return mailboxes;
    }

    /** @param taker takes each mail that is fetched */
    Watch begin(MailboxSettings mailbox, Look.Taker taker) {
        return new Watch(
                mailbox,
                logins.of(mailbox),
                logins.state(),
                ledger,
                taker,
                poll(mailbox),
                pace(),
                pulses.begin("watch of mailbox " + mailbox.name()));
    }

    /** How often a mailbox is looked into. */
    Duration poll(MailboxSettings mailbox) {
        return mailbox.poll();
    }

    /** How long to wait after a failure. */
    Watch.Pace pace() {
        return Watch.Pace.USUAL;
    }
}
