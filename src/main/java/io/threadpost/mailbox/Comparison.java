package io.threadpost.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * When a folder's mails are numbered anew, compares those that are there with those of the numbering before, by what can be asked for cheaply: most
 * are recognised, some are older than the beginning. A few others are fetched like new ones; many may be an archive that somebody moved in, and a
 * person has to say.
 */
final class Comparison {
    /** Mails asked for at once. */
    private static final int CHUNK = 200;

    private final String mailbox;
    private final ImapConnection connection;
    private final Places places;
    private final Instant begins;
    private final BooleanSupplier open;
    private int unknown;

    Comparison(String mailbox, ImapConnection connection, Places places, Instant begins, BooleanSupplier open) {
        this.mailbox = mailbox;
        this.connection = connection;
        this.places = places;
        this.begins = begins;
        this.open = open;
    }

    /** @param uids what existed when the era began, and nothing is known about @return how many of them nobody has heard of */
    int unknown(Era era, List<Long> uids) {
        for (int from = 0; from < uids.size() && open.getAsBoolean(); from += CHUNK) {
            chunk(era, uids.subList(from, Math.min(uids.size(), from + CHUNK)));
        }
        return unknown;
    }

    private void chunk(Era era, List<Long> uids) {
        try {
            answers(era, uids.get(0) + ":" + uids.get(uids.size() - 1), Set.copyOf(uids));
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("comparing mails", e);
            }
            // One of them is to blame, perhaps.
            uids.forEach(uid -> alone(era, uid));
        }
    }

    private void alone(Era era, long uid) {
        try {
            answers(era, String.valueOf(uid), Set.of(uid));
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("comparing mails", e);
            }
            unknown++;
        }
    }

    /** @param range also has UIDs that are known already */
    private void answers(Era era, String range, Set<Long> asked) throws ProtocolException {
        for (Glance mail : Glance.at(connection, range)) {
            if (asked.contains(mail.uid())) {
                compare(era, mail);
            }
        }
    }

    private void compare(Era era, Glance mail) {
        if (places.recognised(mailbox, era, mail)) {
            return;
        }
        if (mail.trace().before(begins, mail.received(), true)) {
            places.out(mailbox, era, mail.uid(), "came before " + begins);
        } else if (!places.heardOf(mailbox, mail.trace().messageId())) {
            unknown++;
        }
    }
}
