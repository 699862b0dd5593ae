package io.threadpost.devmode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.threadpost.example.PassedInputs.Passed;
import io.threadpost.preview.LineDifference;
import io.threadpost.preview.Preview;
import io.threadpost.preview.PreviewFolder;
import io.threadpost.preview.PreviewText;
import io.threadpost.preview.UnloadableRoutes;
import io.threadpost.routecheck.RouteSource;

/** What an edit changes for some threads and mails: the same change is described once, however many it is about. */
final class EditEffect {
    /**
     * A line that differs and is not a step, which is indented deeper: an edited text of a step that decides the same
     * changes nothing.
     */
    private static final Pattern OUTCOME = Pattern.compile("[-+] {1,7}\\S.*");

    private static final int MOST_CHANGES = 5;
    private static final int MOST_LINES = 30;

    private final Path home;
    private final String profile;

    EditEffect(Path home, String profile) {
        this.home = home;
        this.profile = profile;
    }

    /**
     * Compares.
     *
     * @param before the route files before the edit
     * @param after and after it
     * @return lines for people: how many change, then what changes
     * @throws UnloadableRoutes when a preview cannot load one of them
     */
    List<String> lines(List<RouteSource> before, List<RouteSource> after, List<Passed> passed) throws UnloadableRoutes {
        Map<List<String>, List<String>> changes = new LinkedHashMap<>();
        try (PreviewFolder old = new PreviewFolder(home, before, profile);
                PreviewFolder edited = new PreviewFolder(home, after, profile)) {
            Preview was = old.with(Map.of());
            Preview is = edited.with(Map.of());
            for (Passed one : passed) {
                Preview.Result first = was.run(one.given());
                Preview.Result second = is.run(one.given());
                List<String> difference =
                        LineDifference.of(PreviewText.comparable(first), PreviewText.comparable(second));
                if (difference.stream().anyMatch(line -> OUTCOME.matcher(line).matches())) {
                    changes.computeIfAbsent(anonymous(difference, one.key()), lines -> new ArrayList<>())
                            .add(one.key());
                }
            }
        }
        long changed = changes.values().stream().mapToLong(List::size).sum();
        List<String> lines = new ArrayList<>();
        lines.add(
                changed == 0
                        ? "nothing changes for the last " + count(passed.size())
                        : changed + " of the last " + count(passed.size()) + " take another way:");
        changes.entrySet().stream().limit(MOST_CHANGES).forEach(change -> {
            List<String> keys = change.getValue();
            lines.add(keys.get(0) + (keys.size() == 1 ? "" : " and " + (keys.size() - 1) + " more"));
            change.getKey().stream().limit(MOST_LINES).forEach(line -> lines.add("  " + line));
            if (change.getKey().size() > MOST_LINES) {
                lines.add("  …");
            }
        });
        if (changes.size() > MOST_CHANGES) {
            lines.add("… and " + (changes.size() - MOST_CHANGES) + " other changes");
        }
        return lines;
    }

    private static String count(int passed) {
        return passed == 1 ? "thread or mail" : passed + " threads and mails";
    }

    /** The same change of two threads differs only in what identifies each. */
    private static List<String> anonymous(List<String> lines, String key) {
        String[] parts = key.split("@", 2);
        String time = parts.length == 2 ? parts[1] : key;
        return lines.stream()
                .map(line -> line.replace(key, "KEY")
                        .replace(parts[0], "ID")
                        .replace(time, "TIME")
                        .replace(time.replace(':', '-'), "TIME"))
                .toList();
    }
}
