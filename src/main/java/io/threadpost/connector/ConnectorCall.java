package io.threadpost.connector;

import java.util.Map;

import io.threadpost.settings.ConnectionSettings;

/**
 * One call in flight, kept as an exchange property between the steps of its route.
 *
 * @param action the operation, such as {@code messageThreads/getAll}
 * @param connection whose tokens it carries
 * @param headers the caller's headers, given back with the answer
 * @param slot its part of the budget; null before it was taken
 * @param takenNanos {@link System#nanoTime()} when the slot was taken
 */
record ConnectorCall(
        String action,
        ConnectionSettings connection,
        Map<String, Object> headers,
        RequestQueue.Slot slot,
        long takenNanos) {
    ConnectorCall with(RequestQueue.Slot taken) {
        return new ConnectorCall(action, connection, headers, taken, System.nanoTime());
    }
}
