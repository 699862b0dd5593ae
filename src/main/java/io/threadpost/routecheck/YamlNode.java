package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;

/**
 * A piece of a YAML file with its place.
 *
 * @param text of a scalar; empty for the other kinds
 * @param line counted from 1
 * @param column counted from 1
 * @param lastLine the line on which it ends
 * @param entries of a map, in the order of the file
 * @param items of a list
 */
record YamlNode(Kind kind, String text, int line, int column, int lastLine, List<Entry> entries, List<YamlNode> items) {
    /** What it is. {@code EMPTY} is a key with nothing behind it, or {@code null}. */
    enum Kind {
        TEXT("a text"),
        EMPTY("nothing"),
        LIST("a list"),
        MAP("a map");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

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

    boolean is(Kind other) {
        return kind == other;
    }

    /** @return the value behind a key; empty when it is not there, and for what is no map */
    Optional<YamlNode> at(String key) {
        return entry(key).map(Entry::value);
    }

    /** @return the entry with this key; empty when it is not there, and for what is no map */
    Optional<Entry> entry(String key) {
        return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
    }

    /** @return the text behind a key; empty when none is written there */
    Optional<String> textAt(String key) {
        return at(key).filter(yamlNode -> yamlNode.is(Kind.TEXT)).map(YamlNode::text);
    }
}
