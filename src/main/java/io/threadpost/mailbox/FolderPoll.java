package io.threadpost.mailbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.mailbox.ImapConnection.OpenedFolder;
import io.threadpost.mailbox.UidValidityPeriods.UidValidityPeriod;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.MailboxSettings;

/** One poll of a mailbox's folder: fetches new mails one by one and hands them on. */
final class FolderPoll {
    private static final Logger LOG = Logger.getLogger(FolderPoll.class);
    /** Unknown mails that are taken without asking after a change of UIDVALIDITY. */
    private static final int UNASKED = 100;
    /** SINCE uses INTERNALDATE and days in the server's time zone; what it lets through is checked again. */
    private static final Duration DAYS = Duration.ofDays(2);

    private final MailboxSettings mailbox;
    private final String folder;
    private final ImapConnection connection;
    private final StateFolder state;
    private final MailboxLedger ledger;
    private final MailHandler handler;
    private final BooleanSupplier open;
    private final int room;
    private UidValidityPeriod period;
    private int taken;

    /**
     * @param folder the server's name of it
     * @param room the most mails that may be staged
     * @param open whether to go on
     */
    FolderPoll(
            MailboxSettings mailbox,
            String folder,
            ImapConnection connection,
            StateFolder state,
            MailboxLedger ledger,
            MailHandler handler,
            int room,
            BooleanSupplier open) {
        this.room = room;
        this.mailbox = mailbox;
        this.folder = folder;
        this.connection = connection;
        this.state = state;
        this.ledger = ledger;
        this.handler = handler;
        this.open = open;
    }

    /** Handles a mail that was fetched. */
    @FunctionalInterface
    interface MailHandler {
        /** @throws Exception when it was not staged */
        void handle(StagingRequest stagingRequest) throws Exception;
    }

    /** @return whether there is more to fetch at once */
    boolean run() throws IOException {
        Instant now = ledger.states().now();
        OpenedFolder opened = connection.examine(folder);
        Optional<UidValidityPeriod> known = period(opened);
        if (known.isEmpty()) {
            begin(opened, now);
            known = period(opened);
        }
        period = known.orElseThrow();
        if (ledger.states().find(mailbox.name()).orElseThrow().heldSince() != null) {
            return false;
        }
        Instant begins = ledger.states().find(mailbox.name()).orElseThrow().begins();
        return (period.compared() || compare(period, begins)) && take(period, begins);
    }

    /** @return how many mails were fetched, and staged or left out */
    int taken() {
        return taken;
    }

    /** @return the folder's UIDVALIDITY period; null before the poll */
    UidValidityPeriod period() {
        return period;
    }

    private Optional<UidValidityPeriod> period(OpenedFolder opened) {
        return ledger.periods().of(mailbox.name(), mailbox.source(), opened);
    }

    private void begin(OpenedFolder opened, Instant now) {
        String name = mailbox.name();
        if (ledger.periods().any(name)) {
            LOG.warnf(
                    "mailbox %s: %s has a new UIDVALIDITY, %d; comparing its %d mails with the known ones",
                    name, mailbox.source(), opened.validity(), opened.mails());
            ledger.periods().beginAnew(name, mailbox.source(), opened);
            return;
        }
        // INTERNALDATE has no fractions of a second.
        Instant begins = mailbox.start().from(now).truncatedTo(ChronoUnit.SECONDS);
        boolean fromNow = !mailbox.start().from(now).isBefore(now);
        List<Long> before = fromNow
                ? connection.uids(Math.max(1, opened.next() - UidValidityPeriod.REACH), opened.next() - 1, null)
                : List.of();
        ledger.periods().beginFirst(name, mailbox.source(), opened, begins.toEpochMilli(), fromNow, before);
        LOG.infof(
                "mailbox %s: first poll of %s, which has %d mails; %s",
                name,
                mailbox.source(),
                opened.mails(),
                begins.equals(Instant.EPOCH) ? "all are fetched" : "those from before " + begins + " are left out");
    }

    /** @return whether it can go on without a person */
    private boolean compare(UidValidityPeriod period, Instant begins) {
        List<Long> uids = new ArrayList<>(connection.uids(1, period.existed() - 1, since(begins)));
        uids.removeAll(ledger.locations().known(period, 1));
        int unknown = new PeriodComparison(mailbox.name(), connection, ledger.locations(), begins, open)
                .unknown(period, uids);
        if (!open.getAsBoolean()) {
            return false;
        }
        if (unknown > UNASKED) {
            String reason = "it has a new UIDVALIDITY, and " + unknown + " of its mails are unknown";
            LOG.errorf("mailbox %s: %s; decide whether they become threads", mailbox.name(), reason);
            ledger.states().hold(mailbox.name(), reason);
            return false;
        }
        ledger.periods().compared(period);
        return true;
    }

    private boolean take(UidValidityPeriod period, Instant begins) throws IOException {
        if (room == 0) {
            return true;
        }
        List<Long> uids = uids(period, begins);
        for (long uid : uids.subList(0, Math.min(room, uids.size()))) {
            if (!open.getAsBoolean()) {
                return false;
            }
            take(period, begins, uid);
        }
        if (uids.size() > room) {
            return true;
        }
        if (period.next() < period.existed()) {
            // All that existed was seen, whatever the highest of those UIDs is.
            ledger.periods().advance(period, period.existed() - 1);
        }
        return false;
    }

    /** What is new, what came late, and what could not be fetched before. */
    private List<Long> uids(UidValidityPeriod period, Instant begins) {
        long from = period.from();
        List<Long> uids = new ArrayList<>();
        if (from < period.existed()) {
            uids.addAll(connection.uids(from, period.existed() - 1, since(begins)));
        }
        uids.addAll(connection.uids(Math.max(from, period.existed()), Long.MAX_VALUE, null));
        Set<Long> known = ledger.locations().known(period, from);
        uids.removeIf(known::contains);
        uids.addAll(ledger.locations().due(period));
        return uids;
    }

    static LocalDate since(Instant begins) {
        return begins.isBefore(Instant.EPOCH.plus(DAYS))
                ? null
                : begins.minus(DAYS).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private void take(UidValidityPeriod period, Instant begins, long uid) throws IOException {
        Path raw = state.arriving(mailbox.name());
        try {
            Optional<MessageSummary> fetched = new MailFetch(connection, uid).to(raw);
            if (fetched.isEmpty()) {
                ledger.locations().gone(period, uid);
                return;
            }
            MessageSummary mail = fetched.get();
            if (mail.before(begins, uid < period.existed())) {
                ledger.locations().out(mailbox.name(), period, uid, "came before " + begins);
            } else if (open.getAsBoolean()) {
                handler.handle(new StagingRequest(mailbox, period, mail, raw));
            }
            taken++;
        } catch (MailboxDownException e) {
            // The mail may be what makes the server hang up: it must not hold up others.
            ledger.locations().failed(mailbox.name(), period, uid, e.getMessage());
            throw e;
        } catch (Exception | Error e) {
            ProcessGuard.report(e);
            // When the ledger fails for all mails, so does this.
            String reason = FailureReason.of(e);
            ledger.locations().failed(mailbox.name(), period, uid, reason);
            LOG.warnf("mailbox %s: UID %d is retried later: %s", mailbox.name(), uid, reason);
        } finally {
            Files.deleteIfExists(raw);
        }
    }
}
