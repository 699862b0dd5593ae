package io.threadpost.routecheck;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.threadpost.settings.SecretReference;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** Settings as a test wants them; those with an empty value are known, but not set. Secret is only {@link #SECRET}. */
public record TestRouteContext(Map<String, String> values) implements RouteContext {
    static final String SECRET = "s3cr3t-token-of-a-hotel";

    static TestRouteContext usual() {
        Map<String, String> values = new HashMap<>(Map.ofEntries(
                Map.entry("threadpost.pull.period", "30s"),
                Map.entry("threadpost.files.directory", "out/threads"),
                Map.entry("threadpost.connector.address", ""),
                Map.entry("threadpost.smtp.password", ""),
                Map.entry("threadpost.kafka.topic", "threadpost"),
                Map.entry("threadpost.queue.destination", "threads"),
                Map.entry("my.address", "http://localhost:8080/threads"),
                Map.entry("my.vault", "{{aws:crm-token}}"),
                Map.entry("threadpost.routes.fields", "Added, Also"),
                Map.entry("my.hook", "https://localhost:8080/hook?api-version=2024-05-01&sig=abc%2Bdef"),
                Map.entry("my.recipient", "Food & Beverage <fb+digest@hotel.example>")));
        for (String off : List.of("queue", "queue.inbound", "digest", "kafka", "mail")) {
            values.put("threadpost." + off + ".on", "false");
        }
        return new TestRouteContext(values);
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
        return text.contains(SECRET);
    }

    @Override
    public boolean refersToOwnSecret(String text) {
        return new SecretReference().in(text);
    }

    @Override
    public RouteVocabulary vocabulary() {
        return new ThreadpostVocabulary();
    }
}
