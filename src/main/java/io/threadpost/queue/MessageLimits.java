package io.threadpost.queue;

/**
 * What a message of a queue may hold.
 *
 * @param bytes of it as a whole
 * @param values strings, numbers, maps, lists and whatever else is in it
 * @param depth of maps and lists in each other
 * @param properties application properties
 * @param propertyBytes all of them together
 */
record MessageLimits(int bytes, int values, int depth, int properties, int propertyBytes) {
    private static final int SHARE = 32;
    private static final int LEAST = 1 << 20;
    private static final int MOST = 64 << 20;

    /**
     * A message is in memory a few times, as bytes, as text and as what is written to the ledger, and another one
     * behind it.
     */
    static MessageLimits ofThisMachine() {
        long share = Runtime.getRuntime().maxMemory() / SHARE;
        return new MessageLimits((int) Math.max(LEAST, Math.min(MOST, share)), 100_000, 100, 10_000, 1 << 20);
    }
}
