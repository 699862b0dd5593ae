package io.threadpost.add;

/** How an add ended for good. */
sealed interface Outcome {
    /** There is exactly one thread. @param thread its {@code Id} */
    record Added(String thread) implements Outcome {}

    /**
     * There is none, or nobody can tell which.
     *
     * @param code for machines, such as {@code refused-400}
     * @param words one line for people
     */
    record Refused(String code, String words) implements Outcome {}
}
