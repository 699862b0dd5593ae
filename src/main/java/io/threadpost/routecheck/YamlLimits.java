package io.threadpost.routecheck;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Looks at a file as it is read, before anything is built from it: what could make a small file large or deep is
 * refused.
 */
final class YamlLimits {
    private static final int DEEPEST = 100;
    private static final int LONGEST = 20_000;

    private final FindingCollector findingCollector;
    private final Deque<CollectionStartEvent> open = new ArrayDeque<>();
    private ScalarEvent last;
    private int documents;

    YamlLimits(FindingCollector findingCollector) {
        this.findingCollector = findingCollector;
    }

    /** @return whether the file may be used; if not, the report says why */
    boolean lets(Iterable<Event> events) {
        for (Event event : events) {
            if (!lets(event)) {
                return false;
            }
        }
        if (documents == 0) {
            findingCollector.error(1, 1, "the file is empty", "write routes into it, or remove it");
        }
        return documents > 0;
    }

    /** @return where the innermost bracket that is still open was opened */
    Optional<Mark> openBracket() {
        return open.stream()
                .filter(CollectionStartEvent::isFlow)
                .flatMap(event -> event.getStartMark().stream())
                // A pair within a list is a map without a bracket.
                .filter(mark -> "[{".indexOf(mark.getBuffer()[mark.getPointer()]) >= 0)
                .findFirst();
    }

    /**
     * @return where the last text began, if it was in quotes and reached over several lines up to this one, which
     *     counts from 0
     */
    Optional<Mark> longQuote(int line) {
        return Optional.ofNullable(last)
                .filter(scalar -> !scalar.isPlain() && !scalar.isLiteral() && !scalar.isFolded())
                .filter(scalar -> scalar.getEndMark().map(Mark::getLine).orElse(-1) == line)
                .flatMap(Event::getStartMark)
                .filter(start -> start.getLine() < line);
    }

    private boolean lets(Event event) {
        switch (event.getEventId()) {
            case Alias -> {
                return refuse(event, "the YAML alias " + findingCollector.quote("*" + ((AliasEvent) event).getAlias()));
            }
            case Scalar -> {
                last = (ScalarEvent) event;
                if (last.getValue().length() > LONGEST) {
                    return error(
                            event, "a text is longer than " + LONGEST + " characters", "put it into a file of its own");
                }
            }
            case SequenceStart, MappingStart -> open.push((CollectionStartEvent) event);
            case SequenceEnd, MappingEnd -> open.pop();
            case DocumentStart -> {
                if (++documents > 1) {
                    return error(event, "a second document begins here", "remove `---`, or write a file of its own");
                }
            }
            default -> {}
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            return refuse(
                    event,
                    "the YAML anchor "
                            + findingCollector.quote(
                                    "&" + node.getAnchor().get().getValue()));
        }
        return open.size() <= DEEPEST
                || error(event, "this is nested deeper than " + DEEPEST + " levels", "take out what is no route");
    }

    private boolean refuse(Event event, String what) {
        return error(event, what + " is not allowed", "write out what it stands for");
    }

    private boolean error(Event event, String problem, String advice) {
        Mark mark = event.getStartMark().orElseThrow();
        findingCollector.error(mark.getLine() + 1, mark.getColumn() + 1, problem, advice);
        return false;
    }
}
