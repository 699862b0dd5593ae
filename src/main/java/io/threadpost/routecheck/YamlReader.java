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

/** Reads YAML into {@link YamlNode}s, within {@link YamlLimits}. */
final class YamlReader {
    /** Characters; a route file of a thousand steps is not a tenth of it. */
    static final int LARGEST = 1 << 20;

    private final LoadSettings settings = LoadSettings.builder()
            .setUseMarks(true)
            .setAllowDuplicateKeys(true)
            .setCodePointLimit(2 * LARGEST)
            .build();
    private final FindingCollector findings;

    YamlReader(FindingCollector findings) {
        this.findings = findings;
    }

    /** @return the document; empty when it cannot be read, which is reported */
    Optional<YamlNode> read(String text) {
        if (text.length() > LARGEST) {
            findings.error(
                    SourcePosition.At.WHOLE_FILE,
                    "the file is larger than " + LARGEST / 1024 + " kB",
                    "split it, or remove what is not a route");
            return Optional.empty();
        }
        YamlLimits limits = new YamlLimits(findings);
        try {
            if (limits.accept(new Parse(settings).parseString(text))) {
                return new Compose(settings).composeString(text).map(this::part);
            }
        } catch (YamlEngineException e) {
            new SyntaxProblem(e, text, limits).reportTo(findings);
        } catch (RuntimeException | StackOverflowError e) {
            findings.error(
                    SourcePosition.At.BEGINNING, "this is not valid YAML", "compare it with a file that is loaded");
        }
        return Optional.empty();
    }

    private YamlNode part(Node node) {
        if (node instanceof MappingNode map) {
            return make(YamlNode.Kind.MAP, "", node, entries(map), List.of());
        }
        if (node instanceof SequenceNode list) {
            List<YamlNode> items = list.getValue().stream().map(this::part).toList();
            return make(YamlNode.Kind.LIST, "", node, List.of(), items);
        }
        ScalarNode scalar = (ScalarNode) node;
        boolean empty = scalar.getTag().equals(Tag.NULL) && scalar.getScalarStyle() == ScalarStyle.PLAIN;
        return make(
                empty ? YamlNode.Kind.EMPTY : YamlNode.Kind.TEXT,
                empty ? "" : scalar.getValue(),
                node,
                List.of(),
                List.of());
    }

    private List<YamlNode.Entry> entries(MappingNode map) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Map<String, YamlNode> seen = new HashMap<>();
        for (NodeTuple tuple : map.getValue()) {
            YamlNode key = part(tuple.getKeyNode());
            if (key.is(YamlNode.Kind.LIST) || key.is(YamlNode.Kind.MAP)) {
                findings.error(key, "a key is " + key.kind().words() + " here", "write a name, a colon and a value");
                continue;
            }
            YamlNode first = seen.putIfAbsent(key.text(), key);
            if (first != null) {
                findings.error(
                        key,
                        "duplicate key " + findings.quote(key.text()) + ", first in line " + first.line(),
                        "keep one of them");
                continue;
            }
            entries.add(new YamlNode.Entry(key, part(tuple.getValueNode())));
        }
        return List.copyOf(entries);
    }

    private static YamlNode make(
            YamlNode.Kind kind, String text, Node node, List<YamlNode.Entry> entries, List<YamlNode> items) {
        Mark start = node.getStartMark().orElseThrow();
        int last = node.getEndMark().orElse(start).getLine();
        return new YamlNode(kind, text, start.getLine() + 1, start.getColumn() + 1, last + 1, entries, items);
    }
}
