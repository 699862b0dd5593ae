package io.threadpost.add;

/**
 * A message that is to be added to a thread: a mail's text, or one part of it.
 *
 * @param id of its row in the ledger; messages of a thread are added in the order of their ids
 * @param connection the connection (hotel) of the thread
 * @param key of its item in {@code spool:messages}
 * @param part its position among the item's messages, from 0
 * @param thread the thread's {@code Id}
 * @param text null when it is settled
 */
record StagedMessage(long id, String connection, String key, int part, String thread, String text) implements Addition {
    @Override
    public String toString() {
        return connection + ", item " + key + ", message " + (part + 1);
    }
}
