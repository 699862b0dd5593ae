package io.threadpost.add;

import java.util.Optional;

/**
 * What the ledger knows about an addition before anything is done about it.
 *
 * @param addition with the texts it was sent with, if it was: the platform has these, whatever the route makes of the
 *     item by now
 * @param outcome how its add ended; empty while it has not
 * @param attempt the unresolved add, if there is one
 * @param oldest the platform's time before the oldest unresolved add that a read-back may look for as well,
 *     milliseconds since the epoch; {@link Long#MAX_VALUE} without one
 * @param now the ledger's time, milliseconds since the epoch
 */
record AddState<T extends Addition>(
        T addition, Optional<AddOutcome> outcome, Optional<Attempt> attempt, long oldest, long now) {
    /**
     * An unresolved add.
     *
     * @param since the platform's time before its first request, milliseconds since the epoch
     * @param requests that were, or may have been, sent
     * @param over when the last of them can no longer take effect, milliseconds since the epoch by the clock of
     *     {@code process}
     * @param process the process that set {@code over}
     * @param readBacks how often the platform was asked since the last request
     */
    record Attempt(long since, int requests, long over, String process, int readBacks) {}
}
