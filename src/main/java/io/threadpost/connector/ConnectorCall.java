package io.threadpost.connector;

import java.util.List;
import java.util.Map;

import io.threadpost.settings.ConnectionSettings;

/**
 * One call in flight, kept as an exchange property between the steps of its route.
 *
 * @param action the operation, such as {@code messages/add}
 * @param connection whose tokens it carries
 * @param identifiers of the messages to add, in their order; empty for other operations
 * @param headers the caller's headers, given back with the answer
 * @param slot its part of the budget; null before it was taken
 * @param takenNanos {@link System#nanoTime()} when the slot was taken
 */
record ConnectorCall(
        String action,
        ConnectionSettings connection,
        List<String> identifiers,
        Map<String, Object> headers,
        RequestQueue.Slot slot,
        long takenNanos) {
    ConnectorCall with(RequestQueue.Slot taken) {
        return new ConnectorCall(action, connection, identifiers, headers, taken, System.nanoTime());
    }
}
