package io.threadpost.add;

import io.threadpost.add.Truncation.Likeness;

/**
 * What is sent to the platform, and what a thread is known by.
 *
 * @param sender normalised
 * @param subject normalised
 */
record ThreadTexts(String sender, String subject) {
    /** Characters that a thread cut in an unknown way must have in common with what was sent to be taken for it. */
    private static final int IN_COMMON = 10;

    /** Normalises and caps. */
    static ThreadTexts of(String sender, String subject) {
        return new ThreadTexts(NormalizedText.capped(sender), NormalizedText.capped(subject));
    }

    boolean incomplete() {
        return sender.isEmpty() || subject.isEmpty();
    }

    /** @return equal for texts that could not be told apart on the platform */
    String pair(LearnedTruncations cuts) {
        return NormalizedText.folded(
                cuts.sender().shortest(sender) + "\n" + cuts.subject().shortest(subject));
    }

    Likeness compare(CreatedThread thread, LearnedTruncations cuts) {
        Likeness senders = cuts.sender().compare(sender, thread.sender());
        Likeness subjects = cuts.subject().compare(subject, thread.subject());
        if (senders == Likeness.OTHER || subjects == Likeness.OTHER) {
            return Likeness.OTHER;
        }
        if (senders == Likeness.SAME && subjects == Likeness.SAME) {
            return Likeness.SAME;
        }
        int common = common(sender, thread.sender()) + common(subject, thread.subject());
        return common >= IN_COMMON ? Likeness.BEGINNING : Likeness.OTHER;
    }

    private static int common(String sent, String found) {
        int cut = Truncation.cut(sent, NormalizedText.of(found));
        return cut == 0 ? sent.length() : cut;
    }
}
