package io.threadpost.docs;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.threadpost.Sources;
import io.threadpost.routecheck.Surroundings;

/** The shipped settings with their defaults, and those that a page makes up. */
record PageSurroundings(Map<String, String> values) implements Surroundings {
    static PageSurroundings of(Page page) {
        Map<String, String> values = new TreeMap<>(Sources.settings());
        page.settings().forEach((key, value) -> values.put(key, value.isEmpty() ? "given" : value));
        return new PageSurroundings(values);
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    @Override
    public Collection<String> settings() {
        return values.keySet();
    }

    @Override
    public boolean holdsSecret(String text) {
        return false;
    }
}
