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
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.MailboxSettings;

/** One look into a mailbox's folder: what is new there is fetched, each mail by itself, and handed on. */
final class FolderPoll {
    private static final Logger LOG = Logger.getLogger(FolderPoll.class);
    /** Mails nobody has heard of that are taken without asking, when a folder is numbered anew. */
    private static final int UNASKED = 100;
    /**
     * SINCE goes by days of the server's own time zone, and by INTERNALDATE; what it lets through is looked at again.
     */
    private static final Duration DAYS = Duration.ofDays(2);

    private final MailboxSettings mailbox;
    private final String folder;
    private final ImapConnection connection;
    private final StateFolder state;
    private final MailboxLedger ledger;
    private final Taker taker;
    private final BooleanSupplier open;
    private UidValidityPeriod uidValidityPeriod;
    private final int room;
    private int taken;

    /**
     * @param folder as the server calls it
     * @param room mails that may be staged at most
     * @param open whether to go on
     */
    FolderPoll(
            MailboxSettings mailbox,
            String folder,
            ImapConnection connection,
            StateFolder state,
            MailboxLedger ledger,
            Taker taker,
            int room,
            BooleanSupplier open) {
        this.room = room;
        this.mailbox = mailbox;
        this.folder = folder;
        this.connection = connection;
        this.state = state;
        this.ledger = ledger;
        this.taker = taker;
        this.open = open;
    }

    /** Takes a mail that was fetched. */
    @FunctionalInterface
    interface Taker {
        /** @throws Exception when it was not put down */
        void take(StagingRequest stagingRequest) throws Exception;
    }

    /** @return whether there is more to be taken now */
    boolean run() throws IOException {
        Instant now = ledger.standings().now();
        OpenedFolder opened = connection.examine(folder);
        Optional<UidValidityPeriod> known = era(opened);
        if (known.isEmpty()) {
            begin(opened, now);
            known = era(opened);
        }
        uidValidityPeriod = known.orElseThrow();
        if (ledger.standings().find(mailbox.name()).orElseThrow().heldSince() != null) {
            return false;
        }
        Instant begins = ledger.standings().find(mailbox.name()).orElseThrow().begins();
        return (uidValidityPeriod.compared() || compare(uidValidityPeriod, begins)) && take(uidValidityPeriod, begins);
    }

    /** @return how many mails were fetched and put down, or left out */
    int taken() {
        return taken;
    }

    /** @return the era that the folder was found in; null before the look */
    UidValidityPeriod era() {
        return uidValidityPeriod;
    }

    private Optional<UidValidityPeriod> era(OpenedFolder opened) {
        return ledger.eras().of(mailbox.name(), mailbox.source(), opened);
    }

    private void begin(OpenedFolder opened, Instant now) {
        String name = mailbox.name();
        if (ledger.eras().any(name)) {
            LOG.warnf(
                    "mailbox %s: %s is numbered anew (UIDVALIDITY %d); its %d mails are compared with those that are known",
                    name, mailbox.source(), opened.validity(), opened.mails());
            ledger.eras().beginAnew(name, mailbox.source(), opened);
            return;
        }
        // INTERNALDATE has no fractions of a second.
        Instant begins = mailbox.start().from(now).truncatedTo(ChronoUnit.SECONDS);
        boolean fromNow = !mailbox.start().from(now).isBefore(now);
        List<Long> before = fromNow
                ? connection.uids(Math.max(1, opened.next() - UidValidityPeriod.REACH), opened.next() - 1, null)
                : List.of();
        ledger.eras().beginFirst(name, mailbox.source(), opened, begins.toEpochMilli(), fromNow, before);
        LOG.infof(
                "mailbox %s: the first look into %s, which has %d mails; %s",
                name,
                mailbox.source(),
                opened.mails(),
                begins.equals(Instant.EPOCH) ? "all are taken" : "what came before " + begins + " stays out");
    }

    /** @return whether it can go on without a person */
    private boolean compare(UidValidityPeriod uidValidityPeriod, Instant begins) {
        List<Long> uids = new ArrayList<>(connection.uids(1, uidValidityPeriod.existed() - 1, since(begins)));
        uids.removeAll(ledger.places().known(uidValidityPeriod, 1));
        int unknown = new RenumberedFolderComparison(mailbox.name(), connection, ledger.places(), begins, open)
                .unknown(uidValidityPeriod, uids);
        if (!open.getAsBoolean()) {
            return false;
        }
        if (unknown > UNASKED) {
            String reason = "its mails were numbered anew, and " + unknown + " of them are not known here";
            LOG.errorf("mailbox %s: %s; a person has to say whether they shall become threads", mailbox.name(), reason);
            ledger.standings().hold(mailbox.name(), reason);
            return false;
        }
        ledger.eras().compared(uidValidityPeriod);
        return true;
    }

    private boolean take(UidValidityPeriod uidValidityPeriod, Instant begins) throws IOException {
        if (room == 0) {
            return true;
        }
        List<Long> uids = uids(uidValidityPeriod, begins);
        for (long uid : uids.subList(0, Math.min(room, uids.size()))) {
            if (!open.getAsBoolean()) {
                return false;
            }
            take(uidValidityPeriod, begins, uid);
        }
        if (uids.size() > room) {
            return true;
        }
        if (uidValidityPeriod.next() < uidValidityPeriod.existed()) {
            // All that was there was looked at, whatever the highest of those UIDs is.
            ledger.eras().advance(uidValidityPeriod, uidValidityPeriod.existed() - 1);
        }
        return false;
    }

    /** What was not looked at yet, what came late, and what could not be fetched before. */
    private List<Long> uids(UidValidityPeriod uidValidityPeriod, Instant begins) {
        long from = uidValidityPeriod.from();
        List<Long> uids = new ArrayList<>();
        if (from < uidValidityPeriod.existed()) {
            uids.addAll(connection.uids(from, uidValidityPeriod.existed() - 1, since(begins)));
        }
        uids.addAll(connection.uids(Math.max(from, uidValidityPeriod.existed()), Long.MAX_VALUE, null));
        Set<Long> known = ledger.places().known(uidValidityPeriod, from);
        uids.removeIf(known::contains);
        uids.addAll(ledger.places().due(uidValidityPeriod));
        return uids;
    }

    static LocalDate since(Instant begins) {
        return begins.isBefore(Instant.EPOCH.plus(DAYS))
                ? null
                : begins.minus(DAYS).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private void take(UidValidityPeriod uidValidityPeriod, Instant begins, long uid) throws IOException {
        Path raw = state.arriving(mailbox.name());
        try {
            Optional<FetchedMail> fetched = connection.fetch(uid, raw);
            if (fetched.isEmpty()) {
                ledger.places().gone(uidValidityPeriod, uid);
                return;
            }
            FetchedMail mail = fetched.get();
            MessageTrace messageTrace = MessageTrace.of(raw);
            if (messageTrace.before(begins, mail.received(), uid < uidValidityPeriod.existed())) {
                ledger.places().out(mailbox.name(), uidValidityPeriod, uid, "came before " + begins);
            } else if (open.getAsBoolean()) {
                taker.take(new StagingRequest(mailbox, uidValidityPeriod, mail, messageTrace));
            }
            taken++;
        } catch (MailboxDownException e) {
            // Perhaps it is the mail that makes the server hang up: it keeps no other waiting.
            ledger.places().failed(mailbox.name(), uidValidityPeriod, uid, e.getMessage());
            throw e;
        } catch (Exception | Error e) {
            ProcessGuard.report(e);
            // Where it is the ledger that fails, and not for this mail alone, so does this.
            String reason = FailureReason.of(e);
            ledger.places().failed(mailbox.name(), uidValidityPeriod, uid, reason);
            LOG.warnf("mailbox %s: UID %d is left for later: %s", mailbox.name(), uid, reason);
        } finally {
            Files.deleteIfExists(raw);
        }
    }
}
