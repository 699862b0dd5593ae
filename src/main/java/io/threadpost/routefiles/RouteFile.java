package io.threadpost.routefiles;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteFinding;

/** One file of the folder: the version that runs, and the one that was last read. Used by one thread. */
final class RouteFile {
    private final String name;
    private Running running;
    private CheckedFile candidate;
    private boolean deleted;
    /** Why Camel rejected the version in the folder; null when it did not. */
    private RouteFinding rejection;

    private boolean retry;
    private List<RouteFinding> own = List.of();
    private List<RouteFinding> joint = List.of();

    RouteFile(String name) {
        this.name = name;
    }

    /**
     * A version that is loaded.
     *
     * @param since when it started to run, in this process or in an earlier one
     */
    record Running(CheckedFile version, LoadedRoutes loaded, Instant since) {}

    String name() {
        return name;
    }

    Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    /**
     * @return the version in the folder, if it does not run yet, has no errors of its own, and Camel did not reject it
     */
    Optional<CheckedFile> candidate() {
        return rejection != null && !retry ? Optional.empty() : Optional.ofNullable(candidate);
    }

    boolean isDeleted() {
        return deleted;
    }

    /** Another version was read. */
    void read(CheckedFile version) {
        boolean runs = running != null && running.version().source().equals(version.source());
        seen(version.loadable() && !runs ? version : null, version.findings());
    }

    /** It exists, but cannot be read. */
    void unreadable(RouteFinding finding) {
        seen(null, List.of(finding));
    }

    /** It was deleted. */
    void deleted() {
        seen(null, List.of());
        deleted = true;
    }

    private void seen(CheckedFile version, List<RouteFinding> findings) {
        deleted = false;
        rejection = null;
        retry = false;
        candidate = version;
        own = findings;
        joint = List.of();
    }

    /**
     * Camel rejected the version in the folder.
     *
     * @return whether for the first time
     */
    boolean rejected(RouteFinding why) {
        boolean first = rejection == null;
        rejection = first ? why : rejection;
        retry = false;
        return first;
    }

    /** @return the version that Camel rejected, if nothing of the file runs */
    Optional<CheckedFile> rejected() {
        return rejection != null && running == null ? Optional.ofNullable(candidate) : Optional.empty();
    }

    /** Allows one more attempt with the rejected version. */
    void retry() {
        retry = true;
    }

    /** @param now the version that runs; null when none does */
    void runs(Running now) {
        running = now;
        if (now != null && candidate != null && now.version().source().equals(candidate.source())) {
            candidate = null;
            rejection = null;
        }
    }

    /** Replaces the findings about it together with the other files. */
    void joint(List<RouteFinding> findings) {
        joint = findings;
    }

    RouteFileStatus status() {
        return new RouteFileStatus(
                name,
                running == null ? null : running.since(),
                running == null ? List.of() : List.copyOf(running.loaded().routes()),
                Stream.of(own, joint, rejection == null ? List.<RouteFinding>of() : List.of(rejection))
                        .flatMap(List::stream)
                        .toList());
    }
}
