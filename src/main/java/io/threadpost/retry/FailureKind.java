package io.threadpost.retry;

/**
 * Whose failure it is, the item's or the target's, and how certain that is. Declared in order of precedence: an
 * exception has a chain of causes, and the kind that comes first here wins.
 */
public enum FailureKind {
    /** The item has to wait, and neither it nor the target is at fault. */
    POSTPONED,
    /** The target answers that it is overloaded: no item causes that, not even a list of them. */
    TARGET_BUSY,
    /** The target answers in a way that says nothing about the item: a login, an address, its own error. */
    TARGET_REFUSES,
    /** The item can never succeed. */
    ITEM_REJECTED,
    /** The item failed by itself; no target was involved. */
    ITEM_FAILED,
    /** The target never heard of the item: there was no connection, or no login. */
    TARGET_UNREACHABLE,
    /** The target failed, perhaps because of this item. */
    TARGET_DOWN,
    /** The target refused the item and does not say whether the item is at fault. */
    UNCLEAR,
    /** Nothing speaks against the target, so it is the item's failure unless several items in a row fail. */
    UNKNOWN;

    /** Of the last three, the outermost cause in a chain decides. */
    private int rank() {
        return Math.min(ordinal(), TARGET_DOWN.ordinal());
    }

    boolean outranks(FailureKind other) {
        return rank() < other.rank();
    }
}
