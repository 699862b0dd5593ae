package io.threadpost.add;

import java.util.List;

/** The final outcome of an add. */
sealed interface AddOutcome {
    /** @param id the {@code Id} of the one thread, or of the one message */
    record Added(String id) implements AddOutcome {}

    /**
     * Nothing was added, or it cannot be told what.
     *
     * @param code for machines, such as {@code refused-400}
     * @param words one line for people
     */
    record Refused(String code, String words) implements AddOutcome {
        /** The codes of refusals after a request: those of a connection. */
        static final List<String> CODES =
                List.of("refused-400", "refused-403", "refused-413", "rough-match", "ambiguous");
    }
}
