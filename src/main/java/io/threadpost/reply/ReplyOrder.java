package io.threadpost.reply;

import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.spool.DeadItems;
import io.threadpost.spool.Spools;

/**
 * The order of the replies of a thread: as the hotel wrote them. One that is dead, or that could not be sent for a day,
 * holds no other one up.
 */
@Singleton
final class ReplyOrder {
    private final Ledger ledger;
    private final Replies replies;
    private final DeadItems dead;
    private final Spools spools;

    ReplyOrder(Ledger ledger, Replies replies, DeadItems dead, Spools spools) {
        this.ledger = ledger;
        this.replies = replies;
        this.dead = dead;
        this.spools = spools;
    }

    /** @return whether an earlier one has to be sent before */
    boolean isBehindAnother(Reply reply) {
        return replies.waitingBefore(reply).stream().anyMatch(message -> !dead.isDead(ReplyConstants.SPOOL, message));
    }

    /** A reply of the thread is settled: those that waited for it are due. */
    void settled(String thread) {
        List<String> waiting = replies.waiting(thread);
        if (!waiting.isEmpty()) {
            ledger.write(tx -> {
                spools.hasten(tx, ReplyConstants.SPOOL, waiting);
                return null;
            });
            spools.wake(List.of(ReplyConstants.SPOOL));
        }
    }
}
