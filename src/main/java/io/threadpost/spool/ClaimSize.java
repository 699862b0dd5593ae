package io.threadpost.spool;

/**
 * How many items are claimed at once. What failed is claimed alone.
 *
 * @param fresh items that nobody has had yet, at most
 * @param postponed items that only had to wait, at most
 * @param dangerous whether what was in hand when a process ended is claimed, too
 */
record ClaimSize(int fresh, int postponed, boolean dangerous) {
    /** Few: the others have to wait for them. */
    private static final int POSTPONED = 20;

    /** Items that go out one by one, or a few side by side. */
    static ClaimSize oneByOne(int fresh) {
        return new ClaimSize(fresh, POSTPONED, true);
    }

    /** Items that go out as one list: one that left its list is not put into another one. */
    static ClaimSize list(int fresh) {
        return new ClaimSize(fresh, 1, true);
    }

    ClaimSize dangerous(boolean too) {
        return new ClaimSize(fresh, postponed, too);
    }
}
