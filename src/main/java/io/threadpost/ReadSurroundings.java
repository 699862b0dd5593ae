package io.threadpost;

import java.util.Collection;
import java.util.Optional;

import io.threadpost.routecheck.Surroundings;
import io.threadpost.settings.Reading;
import io.threadpost.settings.SecretSearch;

/** The settings that were read, for route files that name them. */
final class ReadSurroundings implements Surroundings {
    private final Reading reading;
    private final SecretSearch secrets;

    ReadSurroundings(Reading reading) {
        this.reading = reading;
        this.secrets = reading.secretSearch();
    }

    @Override
    public Optional<String> setting(String key) {
        return reading.value(key);
    }

    @Override
    public Collection<String> settings() {
        return reading.keys();
    }

    @Override
    public boolean holdsSecret(String text) {
        return secrets.finds(text);
    }
}
