package io.threadpost.ops;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.inject.Singleton;

/** Delays the responses to wrong tokens, by the address of the client. The right token is never delayed. */
@Singleton
public final class WrongTokens {
    /** Milliseconds that each wrong token adds, and the longest delay. */
    private static final int STEP = 50;

    private static final int LONGEST = 1_000;
    private static final int PEERS = 1_000;
    /** Responses that may be delayed at once: each holds a connection. */
    private static final int WAITING = 32;

    private final Map<String, Integer> wrong = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > PEERS;
        }
    };
    private int waiting;

    /** @return milliseconds to wait; when it is more than 0, {@link #answered} follows */
    public synchronized long shown(String peer) {
        int failures = wrong.merge(peer, 1, Integer::sum);
        if (waiting >= WAITING) {
            return 0;
        }
        waiting++;
        return Math.min(LONGEST, STEP * Math.min(failures, LONGEST));
    }

    public synchronized void answered() {
        waiting--;
    }

    /** The client showed the right token. */
    public synchronized void right(String peer) {
        wrong.remove(peer);
    }
}
