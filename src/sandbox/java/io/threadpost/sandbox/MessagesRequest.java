package io.threadpost.sandbox;

import java.util.List;
import java.util.UUID;

/**
 * A {@code messages/getAll} that is well-formed.
 *
 * @param enterprises as asked for; null means all in the token's scope
 * @param created the range of {@code CreatedUtc}, or null
 * @param cursor the id of the last message of the page before, or null
 * @param minimal whether an empty page shall be 204
 */
record MessagesRequest(
        String accessToken,
        List<UUID> enterprises,
        List<UUID> threads,
        TickRange created,
        int count,
        UUID cursor,
        boolean minimal) {

    /**
     * One message of a {@code messages/add}.
     *
     * @param identifier null for none
     */
    record Addition(UUID thread, String text, String identifier) {}
}
