package io.threadpost.connector;

import io.threadpost.json.RawJson;

/**
 * One version of a message thread, as the platform returned it.
 *
 * @param id its {@code Id}; null when it is missing or not a text
 * @param updatedUtc its {@code UpdatedUtc} as written; null when it is missing or not a text
 * @param json the thread exactly as the platform wrote it
 */
public record MessageThread(String id, String updatedUtc, RawJson json) {}
