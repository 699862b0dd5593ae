package io.threadpost.docs;

import java.util.ArrayList;
import java.util.List;

/** Settings of one's own, given to the running program until closed. */
final class Given implements AutoCloseable {
    private final List<String> keys = new ArrayList<>();

    static Given of(String key, String value) {
        return new Given().and(key, value);
    }

    Given and(String key, String value) {
        System.setProperty(key, value);
        keys.add(key);
        return this;
    }

    @Override
    public void close() {
        keys.forEach(System::clearProperty);
    }
}
