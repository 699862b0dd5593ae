package io.threadpost.sandbox;

import java.time.Instant;

/**
 * A message of a thread.
 *
 * @param sender {@code Enterprise} for the hotel's staff, {@code Application} for a client of the API
 * @param created the platform's time, to its precision
 */
public record SandboxMessage(String id, String threadId, String text, String sender, Instant created) {
    /** The hotel's staff. */
    public static final String ENTERPRISE = "Enterprise";
    /** A client of the API. */
    public static final String APPLICATION = "Application";
}
