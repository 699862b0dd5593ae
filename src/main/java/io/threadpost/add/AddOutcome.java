package io.threadpost.add;

import java.util.List;

/** How an add ended for good. */
sealed interface AddOutcome {
    /** There is exactly one thread. @param thread its {@code Id} */
    record Added(String thread) implements AddOutcome {}

    /**
     * There is none, or nobody can tell which.
     *
     * @param code for machines, such as {@code refused-400}
     * @param words one line for people
     */
    record Refused(String code, String words) implements AddOutcome {
        /** After a request, and so for a connection. */
        static final List<String> CODES =
                List.of("refused-400", "refused-403", "refused-413", "rough-match", "ambiguous");
    }
}
