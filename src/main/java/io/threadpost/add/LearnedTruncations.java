package io.threadpost.add;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import io.threadpost.ledger.Transaction;

/**
 * Where the platform truncates the two texts of a thread, as its answers have shown, and so which threads have the
 * texts that were sent.
 */
record LearnedTruncations(FieldTruncations sender, FieldTruncations subject) {
    /** Characters that a thread truncated in an unknown way must share with what was sent to be taken for it. */
    private static final int IN_COMMON = 10;

    /** How a text on the platform relates to one that was sent. */
    enum Likeness {
        /** Equal but for case and white space, or for what the platform is known to make of it. */
        SAME,
        /** A beginning of it, truncated where no other one was seen to be. */
        BEGINNING,
        OTHER
    }

    /** @param scope connections that see the same threads */
    static LearnedTruncations of(Transaction tx, String scope) throws SQLException {
        return new LearnedTruncations(field(tx, scope, "sender"), field(tx, scope, "subject"));
    }

    private static FieldTruncations field(Transaction tx, String scope, String field) throws SQLException {
        return new FieldTruncations(new HashSet<>(tx.list(
                "SELECT length FROM add_cut WHERE scope = ? AND field = ?", row -> row.getInt(1), scope, field)));
    }

    /**
     * Stores what a thread teaches.
     *
     * @param sent the texts that it was made of
     */
    static void learn(Transaction tx, String scope, ThreadTexts sent, CreatedThread thread) throws SQLException {
        learn(tx, scope, "sender", FieldTruncations.seen(sent.sender(), thread.sender()));
        learn(tx, scope, "subject", FieldTruncations.seen(sent.subject(), thread.subject()));
    }

    private static void learn(Transaction tx, String scope, String field, Set<Integer> lengths) throws SQLException {
        for (int length : lengths) {
            tx.update(
                    "INSERT INTO add_cut (scope, field, length) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    scope,
                    field,
                    length);
        }
    }

    /** @return equal for texts that could not be distinguished on the platform */
    String pair(ThreadTexts texts) {
        return ThreadTexts.folded(sender.shortest(texts.sender()) + "\n" + subject.shortest(texts.subject()));
    }

    Likeness compare(ThreadTexts sent, CreatedThread thread) {
        Likeness senders = sender.compare(sent.sender(), thread.sender());
        Likeness subjects = subject.compare(sent.subject(), thread.subject());
        if (senders == Likeness.OTHER || subjects == Likeness.OTHER) {
            return Likeness.OTHER;
        }
        if (senders == Likeness.SAME && subjects == Likeness.SAME) {
            return Likeness.SAME;
        }
        int common = common(sent.sender(), thread.sender()) + common(sent.subject(), thread.subject());
        return common >= IN_COMMON ? Likeness.BEGINNING : Likeness.OTHER;
    }

    private static int common(String sent, String found) {
        int cut = FieldTruncations.cut(sent, ThreadTexts.normalized(found));
        return cut == 0 ? sent.length() : cut;
    }

    /**
     * Where the platform truncates one field. It may count code points or UTF-16 units, trim what is left, and append
     * an ellipsis.
     *
     * @param lengths that were seen, in UTF-16 units or code points, whichever the platform counts
     */
    record FieldTruncations(Set<Integer> lengths) {
        /**
         * @param sent normalised
         * @param found as the platform has it
         */
        Likeness compare(String sent, String found) {
            String text = ThreadTexts.normalized(found);
            if (text.equalsIgnoreCase(sent)) {
                return Likeness.SAME;
            }
            int cut = cut(sent, text);
            if (cut == 0) {
                return Likeness.OTHER;
            }
            return around(sent, cut).stream().anyMatch(lengths::contains) ? Likeness.SAME : Likeness.BEGINNING;
        }

        /** @return the lengths that an answer teaches; empty when the text was not truncated */
        static Set<Integer> seen(String sent, String found) {
            String text = ThreadTexts.normalized(found);
            int cut = text.equalsIgnoreCase(sent) ? 0 : cut(sent, text);
            return cut == 0 ? Set.of() : around(sent, cut);
        }

        /** @return the text truncated to the shortest length that was seen */
        String shortest(String sent) {
            int shortest = lengths.stream().mapToInt(Integer::intValue).min().orElse(sent.length());
            if (shortest >= sent.length()) {
                return sent;
            }
            boolean halved = shortest > 0 && Character.isHighSurrogate(sent.charAt(shortest - 1));
            return sent.substring(0, halved ? shortest - 1 : shortest).strip();
        }

        /** @return how much of the sent text the text holds, in UTF-16 units; 0 when it is not a beginning of it */
        private static int cut(String sent, String text) {
            for (String ending : new String[] {"", "…", "...", "\uFFFD"}) {
                String body = text.endsWith(ending)
                        ? text.substring(0, text.length() - ending.length()).strip()
                        : "";
                if (!body.isEmpty()
                        && body.length() < sent.length()
                        && sent.regionMatches(true, 0, body, 0, body.length())) {
                    return body.length();
                }
            }
            return 0;
        }

        /** A space at the cut may have been trimmed, and half a surrogate pair dropped. */
        private static Set<Integer> around(String sent, int cut) {
            Set<Integer> lengths = new TreeSet<>();
            int points = sent.codePointCount(0, cut);
            lengths.add(cut);
            lengths.add(points);
            if (sent.charAt(cut) == ' ') {
                lengths.add(points + 1);
            }
            for (int at = cut; at < cut + 2 && at < sent.length(); at++) {
                if (sent.charAt(at) == ' ' || Character.isHighSurrogate(sent.charAt(at))) {
                    lengths.add(at + 1);
                }
            }
            return lengths;
        }
    }
}
