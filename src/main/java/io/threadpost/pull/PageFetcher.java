package io.threadpost.pull;

import jakarta.inject.Singleton;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;

/** Gets pages ready to be routed: asked for, and without the versions that are committed. */
@Singleton
final class PageFetcher {
    private final PullPlatformClient pullPlatformClient;
    private final ThreadVersions versions;

    PageFetcher(PullPlatformClient pullPlatformClient, ThreadVersions versions) {
        this.pullPlatformClient = pullPlatformClient;
        this.versions = versions;
    }

    /**
     * @param cursor where to ask on; null: at the window's head
     * @param before the page before, whose commit is still to come; null if there is none
     * @throws ConnectorException when there is no page, with what may be done about it
     */
    PulledPage get(Window window, String cursor, int size, PulledPage before) {
        Priority priority = window.live() ? Priority.LIVE : Priority.BACKFILL;
        ThreadPage page = pullPlatformClient.get(window.connection(), priority, window.request(cursor, size));
        return new PulledPage(window.connection(), page, versions, before);
    }
}
