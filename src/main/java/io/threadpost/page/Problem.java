package io.threadpost.page;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Something that is wrong, in the words of somebody who does not know Threadpost.
 *
 * @param headline what is wrong
 * @param since since when; empty when that is not known
 * @param meaning what it means for guests and hotel
 * @param advice what to do
 * @param reason the technical reason; empty when the headline is all there is to know
 * @param button the label of the link; empty without a link
 * @param link where a person can act or look
 */
@RegisterForReflection
record Problem(
        Kind kind,
        String headline,
        String since,
        String meaning,
        String advice,
        String reason,
        String button,
        String link) {
    /** How bad it is, the worst first. */
    enum Kind {
        DOWN("bad", "Does not work", "more thing does not work", "more things do not work"),
        WAITS("warn", "Needs a person", "more thing needs a person", "more things need a person"),
        PASSES("warn", "Passes by itself", "more thing passes by itself", "more things pass by themselves");

        private final String tone;
        private final String label;
        private final String one;
        private final String many;

        Kind(String tone, String label, String one, String many) {
            this.tone = tone;
            this.label = label;
            this.one = one;
            this.many = many;
        }

        /** @return how many more there are, in words */
        String text(long count) {
            return PageFormat.count(count, one, many);
        }
    }

    /** @return {@code bad} or {@code warn} */
    public String tone() {
        return kind.tone;
    }

    /** @return the kind in words */
    public String label() {
        return kind.label;
    }
}
