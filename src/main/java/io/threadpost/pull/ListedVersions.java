package io.threadpost.pull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.pull.VersionBlock.Version;

/** Which versions the platform lists now, and which of them were committed. */
@Singleton
final class ListedVersions {
    /** Of an interval that holds too many pages, this part of the newest time is tried next. */
    private static final int PART = 4;

    private static final long SHORTEST_NANOS = 1_000_000_000L;

    private final IntervalPages pages;
    private final PageDigests digests;
    private final ThreadVersions versions;

    ListedVersions(IntervalPages pages, PageDigests digests, ThreadVersions versions) {
        this.pages = pages;
        this.digests = digests;
        this.versions = versions;
    }

    /**
     * What the platform lists.
     *
     * @param interval all of which is listed; null: none can be
     */
    record Listing(Interval interval, Set<Version> versions) {}

    /**
     * Lists an interval, or the newest part of it that so many pages hold. Only what is drained is listed: pages come
     * newest first, but of enterprises that need several requests those of one part after the other, and the platform
     * may mean the time of creation.
     *
     * @param enterprises whose threads; empty: those of all enterprises that the connection pulls
     */
    Listing newest(String connection, Interval asked, List<String> enterprises, int mostPages) {
        for (long width = asked.end() - asked.start(); ; width /= PART) {
            Interval interval = new Interval(asked.end() - width, asked.end());
            Listing listing = list(connection, interval, enterprises, mostPages);
            if (listing.interval() != null || width < SHORTEST_NANOS) {
                return listing;
            }
        }
    }

    /** Lists an interval, or nothing when it holds more pages than that. */
    Listing list(String connection, Interval interval, List<String> enterprises, int mostPages) {
        Set<Version> listed = new HashSet<>();
        boolean drained = pages.read(
                connection,
                interval.start(),
                interval.end(),
                enterprises,
                mostPages,
                page -> PageDigests.versions(page).stream()
                        .filter(version -> interval.contains(version.updated()))
                        .forEach(listed::add));
        return drained ? new Listing(interval, listed) : new Listing(null, Set.of());
    }

    /** @return those of the versions that were committed, as far as that is recorded */
    Set<Version> known(String connection, Set<Version> listed) {
        List<Version> all = List.copyOf(listed);
        Set<Version> known = new HashSet<>(digests.known(connection, all));
        known.addAll(versions.known(connection, all));
        return known;
    }
}
