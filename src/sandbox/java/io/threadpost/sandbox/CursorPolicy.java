package io.threadpost.sandbox;

/**
 * What a cursor means once its thread was updated so that it no longer matches the filter. The platform does not
 * document this, so clients must survive every one of them.
 */
public enum CursorPolicy {
    /** Continue below the thread's current place in the order. */
    POSITION,
    /** Answer 400 "Invalid cursor". */
    INVALID,
    /** Answer 200 with no threads and a null cursor. */
    EMPTY,
    /** Answer as if no cursor had been sent. */
    RESTART
}
