package io.threadpost.add;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.threadpost.settings.ConnectionSettings;

/**
 * Connections with the same token make their threads in the same place, and see each other's. A scope is named by the
 * first of them.
 */
final class TokenScopes {
    private final Map<String, String> scopes = new HashMap<>();

    TokenScopes(List<ConnectionSettings> connections) {
        Map<String, String> byToken = new HashMap<>();
        for (ConnectionSettings connectionSettings : connections) {
            scopes.put(
                    connectionSettings.name(),
                    byToken.computeIfAbsent(connectionSettings.accessToken(), token -> connectionSettings.name()));
        }
    }

    /** @throws IllegalArgumentException when there is no such connection, in one line for people */
    String of(String connection) {
        String scope = scopes.get(connection);
        if (scope == null) {
            throw new IllegalArgumentException("there is no connection '" + connection
                    + "'; set the header ThreadpostConnection to one of " + scopes.keySet());
        }
        return scope;
    }
}
