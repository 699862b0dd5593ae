package io.threadpost.pull;

/** What one turn of the cursor loop found, and so what its commit does. */
sealed interface CursorStep {
    /**
     * A page to be routed and stored.
     *
     * @param cursor where to ask on; null after the last page, or when the window starts again at its head
     * @param cursorUpdated {@code UpdatedUtc} of the cursor's thread, or null
     */
    record Store(PulledPage page, String cursor, String cursorUpdated, boolean last) implements CursorStep {}

    /** No page: the cursor goes back to an earlier one, or (null) to the head, which counts. */
    record Retreat(String cursor, String cursorUpdated) implements CursorStep {}

    /** The window is empty behind the cursor: it is drained. */
    record Drained() implements CursorStep {}

    /** Too heavy for the platform: two smaller windows. */
    record Halve(long middle) implements CursorStep {}
}
