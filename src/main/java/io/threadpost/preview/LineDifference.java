package io.threadpost.preview;

import java.util.ArrayList;
import java.util.List;

/** The lines that two previews do not have in common, each with the heading that it is under. */
public final class LineDifference {
    private LineDifference() {}

    /**
     * Compares.
     *
     * @return lines that begin with {@code -} for one before only, {@code +} for one after only, and a space for a
     *     heading; empty when nothing differs
     */
    public static List<String> of(List<String> before, List<String> after) {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> lines = new ArrayList<>();
        String heading = "";
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            if (i < before.size() && j < after.size() && before.get(i).equals(after.get(j))) {
                heading = heading(before.get(i)) ? before.get(i) : heading;
                i++;
                j++;
                continue;
            }
            boolean removed = j == after.size() || i < before.size() && common[i + 1][j] >= common[i][j + 1];
            String line = removed ? before.get(i++) : after.get(j++);
            if (line.isBlank()) {
                continue;
            }
            if (heading(line)) {
                heading = "";
            } else if (!heading.isEmpty()) {
                lines.add("  " + heading);
                heading = "";
            }
            lines.add((removed ? "- " : "+ ") + line);
        }
        return lines;
    }

    private static boolean heading(String line) {
        return !line.isEmpty() && line.charAt(0) != ' ';
    }
}
