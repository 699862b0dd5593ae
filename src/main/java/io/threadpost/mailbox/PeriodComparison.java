package io.threadpost.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.eclipse.angus.mail.iap.ProtocolException;

import io.threadpost.mailbox.UidValidityPeriods.UidValidityPeriod;

/**
 * After a change of UIDVALIDITY, compares the mails of a folder with those of the period before, by their summaries:
 * most are recognised, some are older than the mailbox's start. A few others are fetched like new ones; many may be an
 * archive that was moved in, and a person has to decide.
 */
final class PeriodComparison {
    /** Mails asked for at once. */
    private static final int CHUNK = 200;

    private final String mailbox;
    private final ImapConnection connection;
    private final MessageLocations locations;
    private final Instant begins;
    private final BooleanSupplier open;
    private int unknown;

    PeriodComparison(
            String mailbox,
            ImapConnection connection,
            MessageLocations locations,
            Instant begins,
            BooleanSupplier open) {
        this.mailbox = mailbox;
        this.connection = connection;
        this.locations = locations;
        this.begins = begins;
        this.open = open;
    }

    /**
     * @param uids unknown mails that existed when the period began
     * @return how many of them are new here
     */
    int unknown(UidValidityPeriod period, List<Long> uids) {
        for (int from = 0; from < uids.size() && open.getAsBoolean(); from += CHUNK) {
            chunk(period, uids.subList(from, Math.min(uids.size(), from + CHUNK)));
        }
        return unknown;
    }

    private void chunk(UidValidityPeriod period, List<Long> uids) {
        try {
            compare(period, uids.get(0) + ":" + uids.get(uids.size() - 1), Set.copyOf(uids));
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("comparing mails", e);
            }
            // One of them may be the cause.
            uids.forEach(uid -> single(period, uid));
        }
    }

    private void single(UidValidityPeriod period, long uid) {
        try {
            compare(period, String.valueOf(uid), Set.of(uid));
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("comparing mails", e);
            }
            unknown++;
        }
    }

    /** @param range may include known UIDs */
    private void compare(UidValidityPeriod period, String range, Set<Long> asked) throws ProtocolException {
        for (MessageSummary mail : MessageSummary.fetch(connection, range)) {
            if (asked.contains(mail.uid())) {
                compare(period, mail);
            }
        }
    }

    private void compare(UidValidityPeriod period, MessageSummary mail) {
        if (locations.recognised(mailbox, period, mail)) {
            return;
        }
        if (mail.before(begins, true)) {
            locations.out(mailbox, period, mail.uid(), "came before " + begins);
        } else if (!locations.isStaged(mailbox, mail.messageId())) {
            unknown++;
        }
    }
}
