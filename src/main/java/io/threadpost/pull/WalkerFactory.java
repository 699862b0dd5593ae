package io.threadpost.pull;

import java.util.List;
import java.util.concurrent.ExecutorService;

import jakarta.inject.Singleton;

import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** What walkers need: where windows come from, how pages are got, and what follows when it fails. */
@Singleton
final class WalkerFactory {
    private final Windows windows;
    private final PageFetcher pageFetcher;
    private final PullFailurePolicy pullFailurePolicy;
    private final Settings settings;
    private final Heartbeats heartbeats;

    WalkerFactory(
            Windows windows,
            PageFetcher pageFetcher,
            PullFailurePolicy pullFailurePolicy,
            Settings settings,
            Heartbeats heartbeats) {
        this.windows = windows;
        this.pageFetcher = pageFetcher;
        this.pullFailurePolicy = pullFailurePolicy;
        this.settings = settings;
        this.heartbeats = heartbeats;
    }

    Windows windows() {
        return windows;
    }

    PullFailurePolicy setbacks() {
        return pullFailurePolicy;
    }

    Heartbeats pulses() {
        return heartbeats;
    }

    List<String> connections() {
        return settings.connections().stream().map(ConnectionSettings::name).toList();
    }

    /** @return walkers side by side, for each connection */
    int number() {
        return settings.get(SettingsCatalogue.PULL_WALKERS);
    }

    WindowWalk walk(Window window, String owner, ExecutorService fetching) {
        return new WindowWalk(window, owner, pageFetcher, fetching, settings.get(SettingsCatalogue.PULL_PAGE_SIZE));
    }
}
