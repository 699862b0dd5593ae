package io.threadpost.pull;

import java.util.List;
import java.util.concurrent.ExecutorService;

import jakarta.inject.Singleton;

import io.threadpost.pulse.Pulses;
import io.threadpost.settings.Connection;
import io.threadpost.settings.Settings;

/** What walkers need: where windows come from, how pages are got, and what follows when it fails. */
@Singleton
final class Walkers {
    private final Windows windows;
    private final Pages pages;
    private final Setbacks setbacks;
    private final Settings settings;
    private final Pulses pulses;

    Walkers(Windows windows, Pages pages, Setbacks setbacks, Settings settings, Pulses pulses) {
        this.windows = windows;
        this.pages = pages;
        this.setbacks = setbacks;
        this.settings = settings;
        this.pulses = pulses;
    }

    Windows windows() {
        return windows;
    }

    Setbacks setbacks() {
        return setbacks;
    }

    Pulses pulses() {
        return pulses;
    }

    List<String> connections() {
        return settings.connections().stream().map(Connection::name).toList();
    }

    /** @return walkers side by side, for each connection */
    int number() {
        return settings.pull().walkers();
    }

    Walk walk(Window window, String owner, ExecutorService fetching) {
        return new Walk(window, owner, pages, fetching, settings.pull().pageSize());
    }
}
