package io.threadpost.reply;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.SpoolStatus;

/**
 * Periodic maintenance: replies whose item is dead are refused, those whose item is gone are withheld, and those that
 * are settled are purged after {@code threadpost.replies.keep}, and earlier when there are more than
 * {@code threadpost.replies.keep-max}. Each reply is still sent exactly once: a conversation knows until when its
 * replies are purged, and nothing that the hotel wrote until then is staged again.
 */
@Singleton
public final class ReplyMaintenance extends Retained {
    private static final int PURGED = 500;
    private static final int LISTED = 500;
    /** The item of a reply that was just staged may be in a transaction that is not committed yet. */
    private static final Duration SETTLED = Duration.ofMinutes(1);
    /** What the hotel wrote before this is not requested again; the platform shows messages within a day. */
    private static final Duration ASKED = Duration.ofDays(1);
    /** How the step {@code sendMail} begins its errors. */
    private static final String SERVER = "mail server ";

    private static final String PURGEABLE = " FROM reply r JOIN conversation c ON c.thread = r.thread"
            + " WHERE r.state <> 'waiting' AND r.changed < ? AND r.created < c.asked - " + ASKED.toMillis();

    private final DeadItems dead;
    private final SpoolStatus spools;
    private final RefusedReplies refused;
    private final Replies replies;

    ReplyMaintenance(
            Ledger ledger,
            DeadItems dead,
            SpoolStatus spools,
            RefusedReplies refused,
            Replies replies,
            Settings settings) {
        super(
                ledger,
                new Retention(
                        Retention.Kind.SETTLED_REPLIES,
                        settings.get(SettingsCatalogue.REPLIES_KEEP),
                        settings.get(SettingsCatalogue.REPLIES_KEEP_MAX)));
        this.dead = dead;
        this.spools = spools;
        this.refused = refused;
        this.replies = replies;
    }

    /** Also settles the replies whose items are dead or gone. */
    @Override
    public long run() {
        refuseGivenUp();
        withholdForgotten();
        return purge(rule::expired, Long.MAX_VALUE) + purge(rule::removable, excess());
    }

    /** The process may have been killed before this was recorded. */
    private void refuseGivenUp() {
        dead.forEachPage(Replies.SPOOL, items -> items.stream()
                .filter(item -> item.key() != null)
                .forEach(item ->
                        refused.record(item.key(), item.reason(), item.reason().startsWith(SERVER))));
    }

    /** Replies that wait although the spool is empty: their items were discarded or moved. */
    private void withholdForgotten() {
        if (spools.isEmpty(Replies.SPOOL)) {
            ledger.execute(tx -> {
                for (String message : tx.texts(
                        "SELECT message FROM reply WHERE state = 'waiting' AND seen < ? AND changed < ? LIMIT "
                                + LISTED,
                        tx.now() - SETTLED.toMillis(),
                        tx.now() - SETTLED.toMillis())) {
                    replies.withhold(tx, message, false, "its item left spool:replies without an outcome");
                }
            });
        }
    }

    @Override
    protected long kept(Transaction tx) throws SQLException {
        return tx.number("SELECT COUNT(*) FROM reply WHERE state <> 'waiting'");
    }

    private long purge(Ledger.Work<Long> before, long most) {
        return removeInChunks(most, left -> {
            int purged = ledger.write(tx -> purge(tx, before.in(tx), Math.min(PURGED, left)));
            return new Chunk(purged == PURGED, purged, purged);
        });
    }

    private record Old(String message, String thread, long created) {}

    private static int purge(Transaction tx, long before, long limit) throws SQLException {
        List<Old> old = tx.list(
                "SELECT r.message, r.thread, r.created" + PURGEABLE + " ORDER BY r.thread, r.created LIMIT " + limit,
                row -> new Old(row.getString(1), row.getString(2), row.getLong(3)),
                before);
        for (Old reply : old) {
            // First: a pull that stages it anew waits for this row, and sees that it is purged.
            tx.update(
                    "UPDATE conversation SET purged = ? WHERE thread = ? AND purged < ?",
                    reply.created(),
                    reply.thread(),
                    reply.created());
            tx.update("DELETE FROM reply WHERE message = ?", reply.message());
        }
        return old.size();
    }
}
