package io.threadpost.routefiles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.FailedToCreateRouteException;

import io.threadpost.retry.FailureReason;
import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.FileOutline;
import io.threadpost.routecheck.RouteFinding;

/**
 * Why Camel rejected a file without errors of its own. Camel reports what is wrong, but seldom where; what the message
 * quotes locates the position.
 *
 * @param file the rejected version
 */
public record LoadFailure(CheckedFile file, Exception why) {
    /** The end of a message of Camel's YAML reader: the file, the position, and an excerpt. */
    private static final Pattern MARK = Pattern.compile("\\s+in \\S+, line (\\d+), column (\\d+):.*", Pattern.DOTALL);
    /** The outermost step that failed, such as {@code >>> SetBody[xpath{//a}] <<<}. */
    private static final Pattern STEP = Pattern.compile(" at: >>> ((\\w+)\\[.*) <<< in route: ", Pattern.DOTALL);

    private static final int SHORTEST = 2;
    private static final FileOutline.Name WHOLE = new FileOutline.Name("", 0, 0);

    /** @return the reason at its place */
    public RouteFinding finding() {
        FileOutline.Name place = place();
        return new RouteFinding(
                RouteFinding.Severity.ERROR,
                file.source().name(),
                place.line(),
                place.column(),
                "Camel cannot load it: "
                        + MARK.matcher(FailureReason.of(causes().get(0))).replaceFirst(""),
                "correct it and save it again");
    }

    private FileOutline.Name place() {
        for (Throwable cause : causes()) {
            Matcher mark = MARK.matcher(String.valueOf(cause.getMessage()));
            if (mark.find()) {
                return new FileOutline.Name("", Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
            }
        }
        return causes().stream()
                .filter(cause -> !(cause instanceof FailedToCreateRouteException))
                .flatMap(cause -> quoted(String.valueOf(cause.getMessage())).stream())
                .findFirst()
                .or(this::step)
                .or(() -> named(file.outline().routes()))
                .or(() -> named(file.outline().from()))
                .orElse(WHOLE);
    }

    /** The longest text of the failed route that the message quotes. */
    private Optional<FileOutline.Name> quoted(String message) {
        return file.outline().words().stream()
                .filter(this::inRoute)
                .filter(word -> word.name().length() >= SHORTEST)
                .filter(word -> within(word.name().replaceFirst("^#(bean:)?", ""), message))
                .max(Comparator.comparingInt(
                                (FileOutline.Name word) -> word.name().length())
                        .thenComparing(
                                Comparator.comparingInt(FileOutline.Name::line).reversed()));
    }

    /** The step that failed: of those with its name, the one with most of the values that Camel shows. */
    private Optional<FileOutline.Name> step() {
        Matcher step = STEP.matcher(String.valueOf(why.getMessage()));
        if (!step.find()) {
            return Optional.empty();
        }
        FileOutline.Name best = null;
        int most = -1;
        for (FileOutline.Name key : file.outline().keys()) {
            if (key.name().equalsIgnoreCase(step.group(2)) && inRoute(key)) {
                int shown = shown(key, step.group(1));
                best = shown > most ? key : best;
                most = Math.max(shown, most);
            }
        }
        return Optional.ofNullable(best);
    }

    /** How many of the values that follow a key appear in what Camel shows of the step, without a gap. */
    private int shown(FileOutline.Name key, String step) {
        return (int) file.outline().words().stream()
                .filter(word -> key.isBefore(word))
                .takeWhile(word -> within(word.name(), step))
                .count();
    }

    /** Whether it is between the failed route's id and the next one's. */
    private boolean inRoute(FileOutline.Name word) {
        Optional<FileOutline.Name> route = named(file.outline().routes());
        return route.isEmpty()
                || word.line() >= route.get().line()
                        && file.outline().routes().stream()
                                .noneMatch(next -> next.line() > route.get().line() && next.line() <= word.line());
    }

    private Optional<FileOutline.Name> named(List<FileOutline.Name> names) {
        return names.stream()
                .filter(name -> within(name.name(), String.valueOf(why)))
                .findFirst();
    }

    /** @return the causes, the deepest first */
    private List<Throwable> causes() {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = why; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(0, cause);
        }
        return causes;
    }

    private static boolean within(String word, String message) {
        String text = message.toLowerCase(Locale.ROOT);
        String wanted = word.strip().toLowerCase(Locale.ROOT);
        return !wanted.isEmpty()
                && Pattern.compile("(?<![\\w-])" + Pattern.quote(wanted) + "(?![\\w-])")
                        .matcher(text)
                        .find();
    }
}
