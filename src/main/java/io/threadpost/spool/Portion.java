package io.threadpost.spool;

/**
 * How many items are claimed at once. What failed is claimed alone.
 *
 * @param fresh items that nobody has had yet, at most
 * @param postponed items that only had to wait, at most
 */
record Portion(int fresh, int postponed) {
    /** Few: the others have to wait for them. */
    private static final int POSTPONED = 20;

    /** Items that go out one by one, or a few side by side. */
    static Portion oneByOne(int fresh) {
        return new Portion(fresh, POSTPONED);
    }

    /** Items that go out as one list: one that left its list is not put into another one. */
    static Portion list(int fresh) {
        return new Portion(fresh, 1);
    }
}
