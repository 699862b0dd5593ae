package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;

/**
 * A node of a YAML file with its position.
 *
 * @param text of a scalar; empty for other kinds
 * @param lastLine the line on which it ends
 * @param entries of a map, in the order of the file
 * @param items of a list
 */
record YamlNode(Kind kind, String text, int line, int column, int lastLine, List<Entry> entries, List<YamlNode> items)
        implements SourcePosition {

    /** Kinds of nodes. {@code EMPTY} is a key without a value, or {@code null}. */
    enum Kind {
        TEXT("a text"),
        EMPTY("nothing"),
        LIST("a list"),
        MAP("a map");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** @return what findings call it */
        String words() {
            return words;
        }
    }

    /** A key of a map with its value. */
    record Entry(YamlNode key, YamlNode value) {
        String name() {
            return key.text;
        }
    }

    static YamlNode scalar(String text, SourcePosition at) {
        return new YamlNode(Kind.TEXT, text, at.line(), at.column(), at.line(), List.of(), List.of());
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isText() {
        return kind == Kind.TEXT;
    }

    boolean isMap() {
        return kind == Kind.MAP;
    }

    /** @return the entry with this key; empty when there is none, and for other kinds than maps */
    Optional<Entry> entry(String key) {
        return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
    }

    /** @return the value of a key; empty when there is none */
    Optional<YamlNode> at(String key) {
        return entry(key).map(Entry::value);
    }

    /** @return the value of a key, if it is a scalar */
    Optional<YamlNode> text(String key) {
        return at(key).filter(YamlNode::isText);
    }

    /** @return the text of a key's value, if it is a scalar */
    Optional<String> textAt(String key) {
        return text(key).map(YamlNode::text);
    }

    /** @return the items of the list that a key has as its value */
    List<YamlNode> itemsAt(String key) {
        return at(key).map(YamlNode::items).orElse(List.of());
    }

    /** @return the entries of the map that a key has as its value */
    List<Entry> entriesAt(String key) {
        return at(key).map(YamlNode::entries).orElse(List.of());
    }
}
