package io.threadpost.spool;

import java.util.List;

/** Where {@code to: spool:NAME} puts an item that no exchange commits. */
interface ItemStore {
    /** Puts items into a spool: stored when this returns. */
    void deliver(String spool, List<SpoolItem> items);

    /**
     * Puts an item into a spool that can never succeed.
     *
     * @param error one line for people
     */
    void deliverDead(String spool, SpoolItem spoolItem, String error);
}
