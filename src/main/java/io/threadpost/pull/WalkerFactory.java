package io.threadpost.pull;

import java.util.List;
import java.util.concurrent.ExecutorService;

import jakarta.inject.Singleton;

import io.threadpost.connector.PlatformClient;
import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** Starts walks, and holds what walkers share. */
@Singleton
final class WalkerFactory {
    private final Windows windows;
    private final PlatformClient platform;
    private final ThreadVersions versions;
    private final EnterpriseLookup enterprises;
    private final PageStore store;
    private final PullFailurePolicy failurePolicy;
    private final Settings settings;
    private final Heartbeats heartbeats;
    private final SpoolBackpressure backpressure;

    WalkerFactory(
            Windows windows,
            PlatformClient platform,
            ThreadVersions versions,
            EnterpriseLookup enterprises,
            PageStore store,
            PullFailurePolicy failurePolicy,
            Settings settings,
            Heartbeats heartbeats,
            SpoolBackpressure backpressure) {
        this.windows = windows;
        this.platform = platform;
        this.versions = versions;
        this.enterprises = enterprises;
        this.store = store;
        this.failurePolicy = failurePolicy;
        this.settings = settings;
        this.heartbeats = heartbeats;
        this.backpressure = backpressure;
    }

    Windows windows() {
        return windows;
    }

    PullFailurePolicy failurePolicy() {
        return failurePolicy;
    }

    Heartbeats heartbeats() {
        return heartbeats;
    }

    /** @return whether no window of a backfill is to be claimed now */
    boolean backfillsWait() {
        return backpressure.fullSpool() != null;
    }

    List<String> connections() {
        return settings.connections().stream().map(ConnectionSettings::name).toList();
    }

    /** @return concurrent walkers of live windows for each connection */
    int liveWalkers() {
        return settings.get(SettingsCatalogue.PULL_WALKERS);
    }

    /** @return concurrent walkers of backfills for each connection */
    int backfillWalkers() {
        return settings.get(SettingsCatalogue.PULL_BACKFILL_WALKERS);
    }

    WindowWalk walk(Window window, String owner, ExecutorService fetching) {
        PagePrefetch prefetch = new PagePrefetch(
                platform, versions, enterprises, fetching, settings.get(SettingsCatalogue.PULL_PAGE_SIZE));
        return new WindowWalk(window, owner, prefetch, store);
    }
}
