package io.threadpost.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * When a folder's mails are numbered anew, compares those that are there with those of the numbering before, by what
 * can be asked for cheaply: most are recognised, some are older than the beginning. A few others are fetched like new
 * ones; many may be an archive that somebody moved in, and a person has to say.
 */
final class RenumberedFolderComparison {
    /** Mails asked for at once. */
    private static final int CHUNK = 200;

    private final String mailbox;
    private final ImapConnection connection;
    private final MessageLocations messageLocations;
    private final Instant begins;
    private final BooleanSupplier open;
    private int unknown;

    RenumberedFolderComparison(
            String mailbox,
            ImapConnection connection,
            MessageLocations messageLocations,
            Instant begins,
            BooleanSupplier open) {
        this.mailbox = mailbox;
        this.connection = connection;
        this.messageLocations = messageLocations;
        this.begins = begins;
        this.open = open;
    }

    /**
     * @param uids what existed when the era began, and nothing is known about @return how many of them nobody has heard
     *     of
     */
    int unknown(UidValidityPeriod uidValidityPeriod, List<Long> uids) {
        for (int from = 0; from < uids.size() && open.getAsBoolean(); from += CHUNK) {
            chunk(uidValidityPeriod, uids.subList(from, Math.min(uids.size(), from + CHUNK)));
        }
        return unknown;
    }

    private void chunk(UidValidityPeriod uidValidityPeriod, List<Long> uids) {
        try {
            answers(uidValidityPeriod, uids.get(0) + ":" + uids.get(uids.size() - 1), Set.copyOf(uids));
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("comparing mails", e);
            }
            // One of them is to blame, perhaps.
            uids.forEach(uid -> alone(uidValidityPeriod, uid));
        }
    }

    private void alone(UidValidityPeriod uidValidityPeriod, long uid) {
        try {
            answers(uidValidityPeriod, String.valueOf(uid), Set.of(uid));
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("comparing mails", e);
            }
            unknown++;
        }
    }

    /** @param range also has UIDs that are known already */
    private void answers(UidValidityPeriod uidValidityPeriod, String range, Set<Long> asked) throws ProtocolException {
        for (MessageSummary mail : MessageSummary.at(connection, range)) {
            if (asked.contains(mail.uid())) {
                compare(uidValidityPeriod, mail);
            }
        }
    }

    private void compare(UidValidityPeriod uidValidityPeriod, MessageSummary mail) {
        if (messageLocations.recognised(mailbox, uidValidityPeriod, mail)) {
            return;
        }
        if (mail.trace().before(begins, mail.received(), true)) {
            messageLocations.out(mailbox, uidValidityPeriod, mail.uid(), "came before " + begins);
        } else if (!messageLocations.heardOf(mailbox, mail.trace().messageId())) {
            unknown++;
        }
    }
}
