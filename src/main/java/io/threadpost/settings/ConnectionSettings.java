package io.threadpost.settings;

import java.util.List;

/**
 * One access token and what is pulled with it.
 *
 * @param name as in {@code threadpost.connections.<name>.access-token}: letters, digits, {@code -} and {@code _}
 * @param accessToken the secret
 * @param enterpriseIds UUIDs to restrict the pull to; empty for everything in the token's scope
 */
public record ConnectionSettings(String name, String accessToken, List<String> enterpriseIds) {

    /** Keeps a copy of the ids. */
    public ConnectionSettings {
        enterpriseIds = List.copyOf(enterpriseIds);
    }

    /** @param name of a connection that has a value */
    static ConnectionSettings of(SettingValues values, String name) {
        return new ConnectionSettings(
                name,
                values.get(SettingsCatalogue.CONNECTIONS_ACCESS_TOKEN, name),
                values.get(SettingsCatalogue.CONNECTIONS_ENTERPRISE_IDS, name));
    }

    /** Without the access token. */
    @Override
    public String toString() {
        return "Connection[name=" + name + ", accessToken=***, enterpriseIds=" + enterpriseIds + "]";
    }
}
