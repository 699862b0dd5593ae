package io.threadpost;

import java.util.Collection;
import java.util.Optional;

import io.threadpost.routecheck.RouteContext;
import io.threadpost.secrets.SecretSearch;
import io.threadpost.settings.SettingsResult;

/** The settings that were read, for route files that name them. */
final class SettingsRouteContext implements RouteContext {
    private final SettingsResult settingsResult;
    private final SecretSearch secrets;

    SettingsRouteContext(SettingsResult settingsResult) {
        this.settingsResult = settingsResult;
        this.secrets = settingsResult.secretSearch();
    }

    @Override
    public Optional<String> setting(String key) {
        return settingsResult.value(key);
    }

    @Override
    public Collection<String> settings() {
        return settingsResult.keys();
    }

    @Override
    public boolean holdsSecret(String text) {
        return secrets.finds(text);
    }
}
