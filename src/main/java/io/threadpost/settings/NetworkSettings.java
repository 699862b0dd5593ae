package io.threadpost.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Proxy and certificates of outbound HTTP.
 *
 * @param proxy the HTTP proxy; without it, system properties and the environment may name one
 * @param noProxy hosts that are reached without it, separated by commas
 * @param authorities a PEM file of certificates to trust besides the JVM's
 */
public record NetworkSettings(Optional<ProxyAddress> proxy, String noProxy, Optional<Path> authorities) {
    /** With relative paths below a folder. */
    public NetworkSettings in(Path home) {
        return new NetworkSettings(proxy, noProxy, authorities.map(home::resolve));
    }

    static NetworkSettings of(SettingValues values) {
        String username = values.get(SettingsCatalogue.NETWORK_PROXY_USERNAME);
        return new NetworkSettings(
                values.find(SettingsCatalogue.NETWORK_PROXY)
                        .map(proxy -> username.isEmpty()
                                ? proxy
                                : proxy.with(username, values.get(SettingsCatalogue.NETWORK_PROXY_PASSWORD))),
                values.get(SettingsCatalogue.NETWORK_NO_PROXY),
                values.find(SettingsCatalogue.NETWORK_AUTHORITIES));
    }
}
