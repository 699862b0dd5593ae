package io.threadpost.routefiles;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The lines in which two versions of a route file differ, with two lines around them. */
public final class SourceDifference {
    private static final int CONTEXT = 2;
    /** Comparing takes as many steps: more lines than that count as changed as a whole. */
    private static final long MOST_STEPS = 4_000_000;

    private final List<String> before;
    private final List<String> after;
    private final List<String> all = new ArrayList<>();

    private SourceDifference(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /**
     * Compares.
     *
     * @return lines that begin with {@code -} for one before only, {@code +} for one after only, a space for one of
     *     both, and {@code …} for lines of both that are left out; empty when the texts have the same lines
     */
    public static List<String> of(String before, String after) {
        SourceDifference difference =
                new SourceDifference(before.lines().toList(), after.lines().toList());
        difference.compare();
        return difference.shortened();
    }

    private void compare() {
        int head = 0;
        while (head < before.size() && head < after.size() && before.get(head).equals(after.get(head))) {
            all.add("  " + before.get(head++));
        }
        int tail = 0;
        while (tail < before.size() - head
                && tail < after.size() - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        between(before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
        before.subList(before.size() - tail, before.size()).forEach(line -> all.add("  " + line));
    }

    private void between(List<String> old, List<String> now) {
        if ((long) old.size() * now.size() > MOST_STEPS) {
            old.forEach(line -> all.add("- " + line));
            now.forEach(line -> all.add("+ " + line));
            return;
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                all.add("  " + old.get(i++));
                j++;
            } else if (j == now.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
                all.add("- " + old.get(i++));
            } else {
                all.add("+ " + now.get(j++));
            }
        }
    }

    private List<String> shortened() {
        BitSet near = new BitSet();
        for (int line = 0; line < all.size(); line++) {
            if (all.get(line).charAt(0) != ' ') {
                near.set(Math.max(0, line - CONTEXT), Math.min(all.size(), line + CONTEXT + 1));
            }
        }
        List<String> shown = new ArrayList<>();
        for (int line = 0; line < all.size() && !near.isEmpty(); line++) {
            if (near.get(line)) {
                shown.add(all.get(line));
            } else if (line == 0 || near.get(line - 1)) {
                shown.add("…");
            }
        }
        return shown;
    }
}
