package io.threadpost.spool;

import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Something that a spool drains to: it can be down, and it can refuse some items for ever. */
final class Target implements Processor {
    /** How often each body was offered. */
    final Map<String, Integer> offered = new ConcurrentHashMap<>();

    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final Set<String> poison;
    private final Failing failing;
    private volatile boolean down;

    Target(String... poison) {
        this(body -> new IllegalArgumentException("cannot take " + body), poison);
    }

    /** @param failing how it fails on poison */
    Target(Failing failing, String... poison) {
        this.failing = failing;
        this.poison = Set.of(poison);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        List<?> items = body instanceof List<?> list ? list : List.of(body);
        items.forEach(item -> offered.merge(item.toString(), 1, Integer::sum));
        if (down) {
            throw new ConnectException("connection refused");
        }
        for (Object item : items) {
            if (poison.contains(item.toString())) {
                throw failing.on(item.toString());
            }
        }
        items.forEach(item -> taken.add(item.toString()));
    }

    void down(boolean isDown) {
        down = isDown;
    }

    List<String> taken() {
        return taken;
    }

    int offers() {
        return offered.values().stream().collect(Collectors.summingInt(count -> count));
    }

    /** How it fails on an item. */
    @FunctionalInterface
    interface Failing {
        Exception on(String body);
    }
}
