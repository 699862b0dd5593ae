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
 * Refuses what could make a small file large or deep: aliases, anchors, long texts, deep nesting. It follows the
 * parser's events, before any node is built.
 */
final class YamlLimits {
    private static final int DEEPEST = 100;
    private static final int LONGEST = 20_000;

    private final FindingCollector findings;
    private final Deque<CollectionStartEvent> open = new ArrayDeque<>();
    private ScalarEvent last;
    private int documents;

    YamlLimits(FindingCollector findings) {
        this.findings = findings;
    }

    /** @return whether the file is within the limits; a finding says why not */
    boolean accept(Iterable<Event> events) {
        for (Event event : events) {
            if (!accept(event)) {
                return false;
            }
        }
        if (documents == 0) {
            findings.error(SourcePosition.At.BEGINNING, "the file is empty", "write routes into it, or remove it");
        }
        return documents > 0;
    }

    /** @return the start of the innermost open bracket */
    Optional<Mark> openBracket() {
        return open.stream()
                .filter(CollectionStartEvent::isFlow)
                .flatMap(event -> event.getStartMark().stream())
                // A pair within a list is a map without a bracket.
                .filter(mark -> "[{".indexOf(mark.getBuffer()[mark.getPointer()]) >= 0)
                .findFirst();
    }

    /**
     * @param line counted from 0
     * @return the start of the last text, if it is quoted and spans several lines up to this one
     */
    Optional<Mark> longQuote(int line) {
        return Optional.ofNullable(last)
                .filter(scalar -> !scalar.isPlain() && !scalar.isLiteral() && !scalar.isFolded())
                .filter(scalar -> scalar.getEndMark().map(Mark::getLine).orElse(-1) == line)
                .flatMap(Event::getStartMark)
                .filter(start -> start.getLine() < line);
    }

    private boolean accept(Event event) {
        switch (event.getEventId()) {
            case Alias -> {
                return refuse(event, "the YAML alias " + findings.quote("*" + ((AliasEvent) event).getAlias()));
            }
            case Scalar -> {
                last = (ScalarEvent) event;
                if (last.getValue().length() > LONGEST) {
                    return error(
                            event, "a text is longer than " + LONGEST + " characters", "move it to a separate file");
                }
            }
            case SequenceStart, MappingStart -> open.push((CollectionStartEvent) event);
            case SequenceEnd, MappingEnd -> open.pop();
            case DocumentStart -> {
                if (++documents > 1) {
                    return error(event, "a second document begins here", "remove `---`, or use a separate file");
                }
            }
            default -> {}
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            return refuse(
                    event,
                    "the YAML anchor "
                            + findings.quote("&" + node.getAnchor().get().getValue()));
        }
        return open.size() <= DEEPEST
                || error(event, "this is nested deeper than " + DEEPEST + " levels", "remove what is not a route");
    }

    private boolean refuse(Event event, String what) {
        return error(event, what + " is not allowed", "write out what it stands for");
    }

    private boolean error(Event event, String problem, String advice) {
        Mark mark = event.getStartMark().orElseThrow();
        findings.error(SourcePosition.At.of(mark), problem, advice);
        return false;
    }
}
