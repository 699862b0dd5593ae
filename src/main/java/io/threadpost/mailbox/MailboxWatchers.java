package io.threadpost.mailbox;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;

/** Makes a watch for each mailbox that is on. */
@Singleton
class MailboxWatchers {
    private final List<MailboxSettings> mailboxes;
    private final MailboxLedger ledger;
    private final ImapLogins imapLogins;
    private final Heartbeats heartbeats;

    MailboxWatchers(Settings settings, MailboxLedger ledger, ImapLogins imapLogins, Heartbeats heartbeats) {
        this.mailboxes = settings.mailboxes();
        this.ledger = ledger;
        this.imapLogins = imapLogins;
        this.heartbeats = heartbeats;
    }

    List<MailboxSettings> mailboxes() {
        return mailboxes;
    }

    /** @param taker takes each mail that is fetched */
    MailboxWatcher begin(MailboxSettings mailbox, FolderPoll.Taker taker) {
        return new MailboxWatcher(
                mailbox,
                imapLogins.of(mailbox),
                imapLogins.state(),
                ledger,
                taker,
                poll(mailbox),
                pace(),
                heartbeats.begin("watch of mailbox " + mailbox.name()));
    }

    /** How often a mailbox is looked into. */
    Duration poll(MailboxSettings mailbox) {
        return mailbox.poll();
    }

    /** How long to wait after a failure. */
    MailboxWatcher.Pace pace() {
        return MailboxWatcher.Pace.USUAL;
    }
}
