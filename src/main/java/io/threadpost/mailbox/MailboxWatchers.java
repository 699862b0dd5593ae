package io.threadpost.mailbox;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;

/** Creates the watcher of each mailbox that is on. */
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

    /** @param handler handles each mail that is fetched */
    MailboxWatcher begin(MailboxSettings mailbox, FolderPoll.MailHandler handler) {
        return new MailboxWatcher(
                mailbox,
                imapLogins.of(mailbox),
                imapLogins.state(),
                ledger,
                handler,
                poll(mailbox),
                pace(),
                heartbeats.begin("watch of mailbox " + mailbox.name()));
    }

    /** The poll interval of a mailbox. */
    Duration poll(MailboxSettings mailbox) {
        return mailbox.poll();
    }

    /** The backoff after failures. */
    MailboxWatcher.Pace pace() {
        return MailboxWatcher.Pace.USUAL;
    }
}
