package io.threadpost.audit;

import java.time.Instant;

/**
 * An operator action.
 *
 * @param id its number, never used again
 * @param who how the operator was admitted, and the user that a command names
 * @param origin the address that the request came from
 * @param action such as {@code spools/hold}
 * @param target what it was about; may be empty
 * @param result null when the process ended before the action did
 */
public record AuditEntry(long id, Instant at, String who, String origin, String action, String target, String result) {}
