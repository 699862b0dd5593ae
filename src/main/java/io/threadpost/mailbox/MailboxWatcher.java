package io.threadpost.mailbox;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.heartbeat.Heartbeats.Heartbeat;
import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.Backoff;
import io.threadpost.retry.DurationFormat;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.MailboxSettings;

/** Watches one mailbox: polls it, and shows in it what became of its mails. Its failures affect no other mailbox. */
final class MailboxWatcher {
    /** How long the states of mails are shown before new mails are polled. */
    private static final long SHOWING_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** A connection that the server closed while idle fails sooner than this; a server that hangs does not. */
    private static final long IDLE_END_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = Logger.getLogger(MailboxWatcher.class);
    private static final long IDLE_MILLIS = 500;
    /** The wait while as many mails as allowed wait for their threads. */
    private static final long FULL_MILLIS = 1_000;

    private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final MailboxSettings mailbox;
    private final ImapLogin login;
    private final StateFolder state;
    private final MailboxLedger ledger;
    private final FolderPoll.MailHandler handler;
    private final Duration poll;
    private final Pace pace;
    private final Heartbeat heartbeat;
    private final String owner;
    private final Semaphore wakeup = new Semaphore(0);
    private volatile boolean open = true;
    private ImapConnection connection;
    private int taken;
    private boolean refused;
    /** Whether the last poll left mails behind. */
    private boolean behind;
    /** Mails that the last poll was allowed to stage. */
    private int room;

    private ServerFolders folders;
    private long leased;

    /**
     * How long to wait, and how far to run ahead. All mailboxes share one spool, which moves at the platform's pace: a
     * flood waits in its mailbox, so that mails of other mailboxes pass within half a minute at the platform's usual
     * limit.
     *
     * @param down the wait after a failure
     * @param refused the wait after a refused login, which may lock the account
     * @param ahead the most mails of a mailbox that wait for their threads at once
     */
    record Pace(Backoff down, Backoff refused, int ahead) {
        static final Pace USUAL = new Pace(
                new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5)),
                new Backoff(Duration.ofMinutes(2), Duration.ofMinutes(30)),
                200);
    }

    MailboxWatcher(
            MailboxSettings mailbox,
            ImapLogin login,
            StateFolder state,
            MailboxLedger ledger,
            FolderPoll.MailHandler handler,
            Duration poll,
            Pace pace,
            Heartbeat heartbeat) {
        this.mailbox = mailbox;
        this.login = login;
        this.state = state;
        this.ledger = ledger;
        this.owner = ledger.states().newOwner();
        this.handler = handler;
        this.poll = poll;
        this.pace = pace;
        this.heartbeat = heartbeat;
    }

    /** Makes {@link #run} return after the mail in flight. */
    void close() {
        open = false;
        heartbeat.end();
        wakeup.release();
    }

    /** Watches until closed. It never throws: what fails is retried. */
    void run() {
        while (open) {
            heartbeat.beat();
            long wait = IDLE_MILLIS;
            try {
                wait = turn();
            } catch (LedgerException e) {
                LOG.errorf("mailbox %s: %s", mailbox.name(), FailureReason.of(e));
            } catch (IOException e) {
                LOG.errorf("mailbox %s: %s", mailbox.name(), FailureReason.of(e));
                broken(e);
            } catch (RuntimeException | Error e) {
                ProcessGuard.report(e);
                LOG.errorf(e, "mailbox %s: %s", mailbox.name(), FailureReason.of(e));
                broken(e);
            }
            rest(wait);
        }
        disconnect();
        try {
            ledger.states().giveUp(mailbox.name(), owner);
        } catch (LedgerException e) {
            LOG.debugf("mailbox %s stays leased for a while: %s", mailbox.name(), e.getMessage());
        }
    }

    /** A failure on this side, not the server's. It is retried, and until then health reports it. */
    private void broken(Throwable failure) {
        disconnect();
        try {
            ledger.states()
                    .down(
                            mailbox.name(),
                            FailureReason.of(failure),
                            1,
                            pace.down().max().toMillis());
        } catch (LedgerException e) {
            LOG.errorf("mailbox %s: %s", mailbox.name(), FailureReason.of(e));
        }
    }

    /** @return milliseconds until the next turn */
    private long turn() throws IOException {
        MailboxStates states = ledger.states();
        if (!states.lease(mailbox.name(), owner)) {
            disconnect();
            return IDLE_MILLIS;
        }
        leased = System.nanoTime();
        MailboxStates.MailboxState state = states.find(mailbox.name()).orElseThrow();
        Instant now = states.now();
        if (state.until().isAfter(now)) {
            return Math.min(IDLE_MILLIS, Duration.between(now, state.until()).toMillis());
        }
        heartbeat.away();
        taken = 0;
        try {
            boolean more = poll();
            if (state.downSince() != null) {
                LOG.infof(
                        "mailbox %s is up again after %s",
                        mailbox.name(), DurationFormat.text(Duration.between(state.downSince(), now)));
            }
            return more ? room == 0 ? Math.min(FULL_MILLIS, poll.toMillis()) : 0 : poll.toMillis();
        } catch (MailboxDownException e) {
            disconnect();
            // The backoff starts over when a connection that breaks now and then brought mails in between,
            // and at the first refused login after an outage.
            down(taken > 0 || e.refused() != refused ? 1 : state.failures() + 1, e);
            refused = e.refused();
            return 0;
        }
    }

    private void down(int failures, MailboxDownException e) {
        if (!open) {
            return;
        }
        Backoff backoff = e.refused() ? pace.refused() : pace.down();
        long wait = backoff.millisFromHalf(failures);
        ledger.states().down(mailbox.name(), e.getMessage(), failures, wait);
        LOG.warnf("mailbox %s is down, next try in %.0f s: %s", mailbox.name(), wait / 1000.0, e.getMessage());
    }

    private boolean poll() throws IOException {
        boolean kept = connection != null;
        long begun = System.nanoTime();
        try {
            return pollOnce();
        } catch (MailboxDownException e) {
            if (!kept || !open || System.nanoTime() - begun > IDLE_END_NANOS) {
                throw e;
            }
            // Servers close idle connections: that is not a failure.
            disconnect();
            return pollOnce();
        }
    }

    private boolean pollOnce() throws IOException {
        if (connection == null) {
            state.clear(mailbox.name());
            connection = login.connect();
            folders = new ServerFolders(connection);
        }
        room = room();
        FolderPoll folderPoll = new FolderPoll(
                mailbox, folders.name(mailbox.folder()), connection, state, ledger, this::take, room, () -> open);
        boolean more;
        try {
            more = folderPoll.run();
            behind = more;
        } finally {
            taken += folderPoll.taken();
        }
        if (folderPoll.period() == null) {
            ledger.states().works(mailbox.name(), null);
            return more;
        }
        long end = System.nanoTime() + SHOWING_NANOS;
        FolderProjection folderProjection = new FolderProjection(
                mailbox, connection, folders, ledger.projected(), () -> open && System.nanoTime() < end);
        ledger.states().works(mailbox.name(), folderProjection.run(folderPoll.period()));
        return more || folderProjection.unfinished();
    }

    /** Behind a flood, half has to be settled first: each poll asks for the UIDs of all mails. */
    private int room() {
        int free = pace.ahead() - ledger.locations().waiting(mailbox.name(), pace.ahead());
        return behind && free < pace.ahead() / 2 ? 0 : free;
    }

    private void take(StagingRequest stagingRequest) throws Exception {
        if (System.nanoTime() - leased > RENEW_NANOS) {
            ledger.states().lease(mailbox.name(), owner);
            leased = System.nanoTime();
        }
        handler.handle(stagingRequest);
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
            folders = null;
        }
    }

    private void rest(long millis) {
        try {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            while (open && System.nanoTime() < end) {
                heartbeat.beat();
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1;
                if (wakeup.tryAcquire(Math.min(left, 10_000), TimeUnit.MILLISECONDS)) {
                    wakeup.drainPermits();
                    return;
                }
            }
        } catch (InterruptedException e) {
            open = false;
        }
    }
}
