package io.threadpost.sandbox;

import java.util.List;
import java.util.UUID;

/**
 * A {@code messageThreads/getAll} that is well-formed.
 *
 * @param enterprises as asked for; null means all in the token's scope
 * @param threads the ids asked for, or null
 * @param created the range of {@code CreatedUtc}, or null
 * @param updated the range of {@code UpdatedUtc}, or null
 * @param cursor the id of the last thread of the page before, or null
 * @param minimal whether an empty page shall be 204
 */
record GetAllRequest(
        String accessToken,
        List<UUID> enterprises,
        List<UUID> threads,
        TickRange created,
        TickRange updated,
        int count,
        UUID cursor,
        boolean minimal) {}
