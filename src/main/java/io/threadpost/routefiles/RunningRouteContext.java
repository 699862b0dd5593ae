package io.threadpost.routefiles;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

import org.eclipse.microprofile.config.Config;

import io.threadpost.routecheck.RouteContext;
import io.threadpost.secrets.SecretSearch;

/** What a running process knows for the checks: the settings as they hold, and its secrets. */
record RunningRouteContext(Config config, SecretSearch secrets) implements RouteContext {
    @Override
    public Optional<String> setting(String key) {
        return config.getOptionalValue(key, String.class);
    }

    @Override
    public Collection<String> settings() {
        Collection<String> keys = new TreeSet<>();
        config.getPropertyNames().forEach(keys::add);
        return keys;
    }

    @Override
    public boolean holdsSecret(String text) {
        return secrets.finds(text);
    }
}
