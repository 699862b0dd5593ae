package io.threadpost.spool;

import java.util.List;

/** Where a batch comes from. */
enum ClaimSource {
    /** It was formed before, and is not acknowledged yet. */
    UNFINISHED,
    /** What lies by itself: an item that failed before, or some that only had to wait. */
    FAILED,
    /** Items that nobody has had yet. */
    FRESH;

    /**
     * Where to look for the next batch, in order: those that failed and the others take turns, and a batch is finished
     * before another one is begun. But while the target is down, each probe is another one's: it may have been that
     * batch's own fault.
     *
     * @param last where the last batch came from
     * @param down whether the target was down
     */
    static List<ClaimSource> after(ClaimSource last, boolean down) {
        if (last == FAILED) {
            return List.of(UNFINISHED, FRESH, FAILED);
        }
        return down && last == UNFINISHED ? List.of(FRESH, FAILED, UNFINISHED) : List.of(FAILED, UNFINISHED, FRESH);
    }
}
