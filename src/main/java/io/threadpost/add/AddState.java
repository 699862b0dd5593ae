package io.threadpost.add;

import java.util.Optional;

/**
 * What the ledger knows about an inbound message before anything is done about it.
 *
 * @param outcome how it ended, if it did
 * @param attempt the unresolved add, if there is one
 * @param oldest the platform's time before the oldest unresolved add of the scope that somebody still cares for,
 *     milliseconds since the epoch; {@link Long#MAX_VALUE} when there is none
 * @param now this side's time, milliseconds since the epoch
 */
record AddState(Optional<AddOutcome> outcome, Optional<AddAttempt> attempt, long oldest, long now) {}
