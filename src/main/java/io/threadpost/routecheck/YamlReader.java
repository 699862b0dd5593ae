package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML into {@link Part}s. What could make a small file large or deep is refused before anything is built from it. */
final class YamlReader {
    /** Characters; a route file of a thousand steps is not a tenth of it. */
    static final int LARGEST = 1 << 20;

    private final LoadSettings settings = LoadSettings.builder()
            .setUseMarks(true)
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(2 * LARGEST)
            .build();
    private final Report report;

    YamlReader(Report report) {
        this.report = report;
    }

    /** @return the one document of the text; empty when there is none that can be used, and the report says why */
    Optional<Part> read(String text) {
        if (text.length() > LARGEST) {
            report.error(
                    0,
                    0,
                    "the file is larger than " + LARGEST / 1024 + " kB",
                    "route files are small: split it, or take out what is no route");
            return Optional.empty();
        }
        YamlGuard guard = new YamlGuard(report);
        try {
            if (guard.lets(new Parse(settings).parseString(text))) {
                return new Compose(settings).composeString(text).map(this::part);
            }
        } catch (YamlEngineException e) {
            new SyntaxProblem(e, text, guard).tell(report);
        } catch (RuntimeException | StackOverflowError e) {
            report.error(1, 1, "this is no YAML that can be read", "compare it with a file that is loaded");
        }
        return Optional.empty();
    }

    private Part part(Node node) {
        if (node instanceof MappingNode map) {
            return make(Part.Kind.MAP, "", node, entries(map), List.of());
        }
        if (node instanceof SequenceNode list) {
            List<Part> items = list.getValue().stream().map(this::part).toList();
            return make(Part.Kind.LIST, "", node, List.of(), items);
        }
        ScalarNode scalar = (ScalarNode) node;
        boolean empty = scalar.getTag().equals(Tag.NULL) && scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return make(
                empty ? Part.Kind.EMPTY : Part.Kind.TEXT, empty ? "" : scalar.getValue(), node, List.of(), List.of());
    }

    private List<Part.Entry> entries(MappingNode map) {
        List<Part.Entry> entries = new ArrayList<>();
        Map<String, Part> seen = new HashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            Part key = part(tuple.getKeyNode());
            if (key.is(Part.Kind.LIST) || key.is(Part.Kind.MAP)) {
                report.error(key, "a key is " + key.kind().words() + " here", "write a name, a colon and a value");
                continue;
            }
            Part first = seen.putIfAbsent(key.text(), key);
            if (first != null) {
                report.error(
                        key,
                        "the key " + report.quote(key.text()) + " stands twice, here and in line " + first.line(),
                        "keep one of them");
                continue;
            }
            entries.add(new Part.Entry(key, part(tuple.getValueNode())));
        }
        return List.copyOf(entries);
    }

    private static Part make(Part.Kind kind, String text, Node node, List<Part.Entry> entries, List<Part> items) {
        Mark start = node.getStartMark().orElseThrow();
        int last = node.getEndMark().orElse(start).getLine();
        return new Part(kind, text, start.getLine() + 1, start.getColumn() + 1, last + 1, entries, items);
    }
}
