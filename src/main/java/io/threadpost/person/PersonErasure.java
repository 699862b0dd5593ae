package io.threadpost.person;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.mail.mime.Address;
import io.threadpost.person.PersonTraces.OwnMail;
import io.threadpost.spool.SpoolContents;

/**
 * Erases a person from ledger, state and files. It is safe while everything runs, and when the process is killed at any
 * point: what links the rest to the person goes last, so that a repetition finds the rest.
 */
@Singleton
public final class PersonErasure {
    /** What is in flight is done by then, if its target works. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Ledger ledger;
    private final PersonFinder finder;
    private final PersonRows rows;
    private final PersonFiles files;
    private final SpoolContents spools;
    private final Unreachable unreachable;
    private final Duration patience;

    @Inject
    PersonErasure(
            Ledger ledger,
            PersonFinder finder,
            PersonRows rows,
            PersonFiles files,
            SpoolContents spools,
            Unreachable unreachable) {
        this(ledger, finder, rows, files, spools, unreachable, PATIENCE);
    }

    /** @param patience how long to wait for what is in flight */
    PersonErasure(
            Ledger ledger,
            PersonFinder finder,
            PersonRows rows,
            PersonFiles files,
            SpoolContents spools,
            Unreachable unreachable,
            Duration patience) {
        this.ledger = ledger;
        this.finder = finder;
        this.rows = rows;
        this.files = files;
        this.spools = spools;
        this.unreachable = unreachable;
        this.patience = patience;
    }

    /**
     * The result.
     *
     * @param complete whether nothing is left that this installation can reach
     * @param mails the person's mails, of which only hashes are left
     * @param conversations conversations and replies that were removed
     * @param items items that were removed from spools
     * @param files files that were deleted or rewritten
     * @param journeys versions and items that were removed from journeys
     * @param masked mails, items and texts of others in which the person was masked
     * @param left what remains, and what to do about it, one line each
     * @param unreachable what this installation cannot erase, one line each
     */
    public record Erased(
            boolean complete,
            int mails,
            int conversations,
            int items,
            int files,
            int journeys,
            int masked,
            List<String> left,
            List<String> unreachable) {}

    /** What was done so far. */
    private static final class Totals {
        private int mails;
        private int conversations;
        private int items;
        private int files;
        private int masked;
        private int journeys;
        private long unresolved;

        private int inFlight;
        private int inProgress;
        private int beingWritten;
        private int unreadable;
        private List<String> foreign = List.of();
        /** Of the person's items, those that are removed already included. */
        private final Set<String> keys = new HashSet<>();

        private int done() {
            return mails + conversations + items + files + journeys + masked;
        }
    }

    /** @param address in any form */
    public Erased erase(String address) {
        String canonical = Address.canonical(address.strip()).toLowerCase(Locale.ROOT);
        Totals totals = new Totals();
        long end = System.nanoTime() + patience.toNanos();
        boolean again = true;
        Optional<PersonTraces> found = Optional.empty();
        while (again) {
            int before = totals.done();
            PersonTraces traces = finder.find(canonical, found);
            found = Optional.of(traces);
            pass(traces, totals);
            boolean open = totals.inFlight + totals.inProgress + totals.beingWritten > 0;
            // What was in flight has become something else meanwhile.
            again = totals.done() > before || open && System.nanoTime() < end;
            if (open && again) {
                pause();
            }
        }
        List<String> left = left(canonical, totals);
        left.addAll(ledger.scrub(ledger.read(LedgerTexts::tables)));
        return new Erased(
                left.isEmpty(),
                totals.mails,
                totals.conversations,
                totals.items,
                totals.files,
                totals.journeys,
                totals.masked,
                left,
                unreachable.lines(totals.unresolved));
    }

    private void pass(PersonTraces traces, Totals totals) {
        PersonMatcher matcher = traces.matcher();
        MailMask mask = new MailMask(matcher);
        totals.inProgress = 0;
        for (long mention : traces.mentions()) {
            if (rows.maskMail(mention, finder.bytes(mention), mask, matcher)) {
                totals.masked++;
            } else {
                totals.inProgress++;
            }
        }
        SpoolContents.Edited edited = spools.edit(new ItemRule(traces)::edit);
        totals.items += edited.removed();
        totals.masked += edited.replaced();
        totals.inFlight = edited.inFlight();
        totals.unreadable = edited.unreadable();
        PersonFiles.Erased written = files.erase(traces, this::isUnfinished);
        totals.files += written.deleted() + written.rewritten();
        totals.beingWritten = written.open();
        totals.foreign = written.left().stream().map(String::valueOf).toList();
        totals.masked += rows.maskTexts(matcher, traces, false);
        traces.items().stream()
                .filter(PersonTraces.Item::own)
                .filter(item -> item.key() != null)
                .forEach(item -> totals.keys.add(item.key()));
        if (edited.inFlight() == 0) {
            totals.journeys += rows.eraseJourneys(traces, totals.keys);
            // The rest of the person was found by these, so they come last.
            totals.unresolved += rows.unresolved(traces.mails());
            for (OwnMail mail : traces.mails()) {
                rows.eraseMail(mail);
                totals.mails++;
            }
            totals.conversations += rows.eraseConversations(traces);
            totals.masked += rows.maskReadings(matcher, traces.address());
            totals.masked += rows.maskTexts(matcher, traces, true);
        }
    }

    private boolean isUnfinished(long batch) {
        return ledger.read(tx -> tx.exists("SELECT 1 FROM spool_batch WHERE number = ?", batch));
    }

    private List<String> left(String address, Totals totals) {
        List<String> left = new ArrayList<>();
        if (totals.inFlight > 0) {
            left.add(totals.inFlight + " items are in flight; repeat this when they are delivered or have failed");
        }
        if (totals.inProgress > 0) {
            left.add(totals.inProgress
                    + " mails of others that name the person are in progress; repeat this when they are settled");
        }
        if (totals.beingWritten > 0) {
            left.add(totals.beingWritten + " files that name the person are being written; repeat this in a minute");
        }
        if (totals.unreadable > 0) {
            left.add(totals.unreadable + " parcels cannot be read; discard these dead items");
        }
        totals.foreign.forEach(file -> left.add("the file " + file.replaceAll("\\p{Cntrl}", "_")
                + " names the person, and is of a kind that is not rewritten; delete it"));
        files.replacedLedgers()
                .forEach(file -> left.add(file + " is a ledger that was replaced, and may name the person; delete it"
                        + " when nobody needs it any more"));
        rows.remaining(new PersonMatcher(address, List.of()), address)
                .forEach(column -> left.add(column + " names the person, where nothing may change yet; repeat this"
                        + " when what is waiting is settled"));
        return left;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
