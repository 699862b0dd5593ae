package io.threadpost.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import io.threadpost.routecheck.NearestWord;

/**
 * A part of an example file, with its line.
 *
 * @param text of a scalar; null for a map, a list, and an empty value
 * @param quoted whether a scalar is text whatever it looks like
 * @param line counted from 1
 * @param entries of a map, in order; empty otherwise
 * @param items of a list; empty otherwise
 */
record ExampleNode(Kind kind, String text, boolean quoted, int line, List<Entry> entries, List<ExampleNode> items) {
    /** What it is. */
    enum Kind {
        MAP,
        LIST,
        SCALAR,
        EMPTY
    }

    /** An entry of a map. */
    record Entry(String name, int line, ExampleNode value) {}

    /** @throws ExampleProblem when it is not YAML */
    static ExampleNode read(String yaml) throws ExampleProblem {
        try {
            Node node = new Compose(LoadSettings.builder()
                            .setUseMarks(true)
                            .setAllowDuplicateKeys(false)
                            .build())
                    .composeString(yaml)
                    .orElseThrow(() -> new ExampleProblem(1, "the file is empty"));
            return of(node);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ExampleProblem(line, "this is not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new ExampleProblem(1, "this is not valid YAML: " + e.getMessage());
        }
    }

    private static ExampleNode of(Node node) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        if (node instanceof MappingNode map) {
            List<Entry> entries = new ArrayList<>();
            map.getValue().forEach(tuple -> {
                ExampleNode key = of(tuple.getKeyNode());
                entries.add(new Entry(String.valueOf(key.text()), key.line(), of(tuple.getValueNode())));
            });
            return new ExampleNode(Kind.MAP, null, false, line, List.copyOf(entries), List.of());
        }
        if (node instanceof SequenceNode list) {
            List<ExampleNode> items =
                    list.getValue().stream().map(ExampleNode::of).toList();
            return new ExampleNode(Kind.LIST, null, false, line, List.of(), items);
        }
        ScalarNode scalar = (ScalarNode) node;
        boolean empty = scalar.getTag().equals(Tag.NULL);
        return new ExampleNode(
                empty ? Kind.EMPTY : Kind.SCALAR,
                empty ? null : scalar.getValue(),
                scalar.getTag().equals(Tag.STR),
                line,
                List.of(),
                List.of());
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    Optional<ExampleNode> at(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equals(name))
                .map(Entry::value)
                .findFirst();
    }

    /** @return a scalar of this name; null without one */
    String textAt(String name) {
        return at(name).map(ExampleNode::text).orElse(null);
    }

    /** @return it as JSON: numbers as they are written */
    String json() {
        return switch (kind) {
            case EMPTY -> "null";
            case SCALAR -> quoted ? quote(text) : text;
            case LIST ->
                "[" + String.join(",", items.stream().map(ExampleNode::json).toList()) + "]";
            case MAP ->
                "{"
                        + String.join(
                                ",",
                                entries.stream()
                                        .map(entry -> quote(entry.name()) + ":"
                                                + entry.value().json())
                                        .toList())
                        + "}";
        };
    }

    /**
     * Requires a map with these names only.
     *
     * @param where it is, for people
     */
    void requireNames(Set<String> names, String where) throws ExampleProblem {
        if (!is(Kind.MAP)) {
            throw new ExampleProblem(line, where + " is a map; write names with a colon and a value");
        }
        for (Entry entry : entries) {
            if (!names.contains(entry.name())) {
                throw new ExampleProblem(
                        entry.line(),
                        "unknown `" + entry.name() + "` in " + where + "; "
                                + new NearestWord(names)
                                        .likely(entry.name())
                                        .map(word -> "did you mean `" + word + "`?")
                                        .orElse("write one of "
                                                + String.join(
                                                        ", ",
                                                        names.stream().sorted().toList())));
            }
        }
    }

    static String quote(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
