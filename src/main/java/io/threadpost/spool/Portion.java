package io.threadpost.spool;

/**
 * How many items are claimed at once. What failed is claimed alone.
 *
 * @param fresh items that nobody has had yet, at most
 * @param postponed items that only had to wait, at most
 * @param dangerous whether what was in hand when a process ended is claimed, too
 */
record Portion(int fresh, int postponed, boolean dangerous) {
    /** Few: the others have to wait for them. */
    private static final int POSTPONED = 20;

    /** Items that go out one by one, or a few side by side. */
    static Portion oneByOne(int fresh) {
        return new Portion(fresh, POSTPONED, true);
    }

    /** Items that go out as one list: one that left its list is not put into another one. */
    static Portion list(int fresh) {
        return new Portion(fresh, 1, true);
    }

    Portion dangerous(boolean too) {
        return new Portion(fresh, postponed, too);
    }
}
