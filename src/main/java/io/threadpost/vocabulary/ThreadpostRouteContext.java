package io.threadpost.vocabulary;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.threadpost.routecheck.RouteContext;
import io.threadpost.routecheck.RouteVocabulary;
import io.threadpost.secrets.SecretSearch;
import io.threadpost.settings.SecretReference;

/** What the linter knows about Threadpost: its vocabulary, and the settings and secrets of this process or folder. */
public final class ThreadpostRouteContext implements RouteContext {
    private final Function<String, Optional<String>> values;
    private final Supplier<? extends Collection<String>> keys;
    private final SecretSearch secrets;
    private final SecretReference references = new SecretReference();
    private final RouteVocabulary vocabulary = new ThreadpostVocabulary();

    /**
     * @param values of settings or their defaults, by key
     * @param keys of all settings
     * @param secrets those that are configured
     */
    public ThreadpostRouteContext(
            Function<String, Optional<String>> values,
            Supplier<? extends Collection<String>> keys,
            SecretSearch secrets) {
        this.values = values;
        this.keys = keys;
        this.secrets = secrets;
    }

    @Override
    public Optional<String> setting(String key) {
        return values.apply(key);
    }

    @Override
    public Collection<String> settings() {
        return keys.get();
    }

    @Override
    public boolean holdsSecret(String text) {
        return secrets.finds(text);
    }

    @Override
    public boolean refersToOwnSecret(String text) {
        return references.in(text);
    }

    @Override
    public RouteVocabulary vocabulary() {
        return vocabulary;
    }
}
