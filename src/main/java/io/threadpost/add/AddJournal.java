package io.threadpost.add;

import io.threadpost.add.AddState.Attempt;

/** What the ledger records about additions of one kind: intents, what is known about each, and outcomes. */
interface AddJournal<T extends Addition> {
    /** @throws IllegalArgumentException when there is no such connection, in one line for people */
    AddState<T> state(T addition);

    /**
     * Records the intent to send the first request.
     *
     * @param since the platform's time, milliseconds since the epoch
     * @return false when it has to wait for another one, or another process has begun this one
     */
    boolean recordIntent(T addition, long since);

    /**
     * Records the intent to repeat the request.
     *
     * @return false when another process has begun to
     */
    boolean recordRepeat(T addition, Attempt before);

    /**
     * The request had no effect: restores what was recorded before it.
     *
     * @param before null when it was the first one
     */
    void revert(T addition, Attempt before);

    /** The last request has ended, with an unknown outcome. */
    void answered(T addition);

    /** The platform was asked and did not have it. A process that takes over an addition waits the whole time. */
    void recordNotFound(T addition, Attempt attempt);

    /** @return whether the last request can have no effect any more, by this process's own clock */
    boolean isOver(AddState<T> state, Attempt attempt);
}
