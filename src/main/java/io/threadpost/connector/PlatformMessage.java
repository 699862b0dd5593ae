package io.threadpost.connector;

import io.threadpost.json.RawJson;

/**
 * One message of a message thread, as the platform returned it. Each text is null when it is missing or not a text.
 *
 * @param id its {@code Id}
 * @param threadId its {@code MessageThreadId}
 * @param text its {@code Text}
 * @param sender who wrote it: {@link #ENTERPRISE}, {@link #APPLICATION}, or what the platform adds to these
 * @param createdUtc its {@code CreatedUtc} as written
 * @param json the message exactly as the platform wrote it
 */
public record PlatformMessage(String id, String threadId, String text, String sender, String createdUtc, RawJson json) {
    /** The hotel's staff. */
    public static final String ENTERPRISE = "Enterprise";
    /** A client of the API: what a guest wrote. */
    public static final String APPLICATION = "Application";

    /** Whether the hotel's staff wrote it. */
    public boolean isFromEnterprise() {
        return ENTERPRISE.equals(sender);
    }
}
