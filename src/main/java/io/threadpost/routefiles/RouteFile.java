package io.threadpost.routefiles;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.RouteFinding;

/** One file of the folder: what runs of it, and what was last read from it. Used by one thread. */
final class RouteFile {
    private final String name;
    private Running running;
    private CheckedFile wanted;
    private boolean gone;
    /** Why Camel refused the version in the folder; null when it did not. */
    private RouteFinding refusal;

    private boolean retry;
    private List<RouteFinding> own = List.of();
    private List<RouteFinding> joint = List.of();

    RouteFile(String name) {
        this.name = name;
    }

    /** A version that is loaded. @param since when it began to run, in this process or in one before */
    record Running(CheckedFile version, LoadedRoutes loaded, Instant since) {}

    String name() {
        return name;
    }

    Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    /**
     * @return the version in the folder, when another one runs, nothing in itself stands against it, and Camel did not
     *     refuse it
     */
    Optional<CheckedFile> wanted() {
        return refusal != null && !retry ? Optional.empty() : Optional.ofNullable(wanted);
    }

    boolean gone() {
        return gone;
    }

    /** Another version was read. */
    void read(CheckedFile version) {
        boolean runs = running != null && running.version().source().equals(version.source());
        seen(version.loadable() && !runs ? version : null, version.findings());
    }

    /** It is there, but could not be read. */
    void unreadable(RouteFinding routeFinding) {
        seen(null, List.of(routeFinding));
    }

    /** It was deleted. */
    void deleted() {
        seen(null, List.of());
        gone = true;
    }

    private void seen(CheckedFile version, List<RouteFinding> findings) {
        gone = false;
        refusal = null;
        retry = false;
        wanted = version;
        own = findings;
        joint = List.of();
    }

    /** Camel refused the version in the folder. @return whether for the first time */
    boolean failed(RouteFinding why) {
        boolean first = refusal == null;
        refusal = first ? why : refusal;
        retry = false;
        return first;
    }

    /** @return what Camel refused, when nothing of the file runs */
    Optional<CheckedFile> refused() {
        return refusal != null && running == null ? Optional.ofNullable(wanted) : Optional.empty();
    }

    /** What Camel refused may be tried once more. */
    void again() {
        retry = true;
    }

    /** It runs now, or, with null, nothing of it does. */
    void runs(Running now) {
        running = now;
        if (now != null && wanted != null && now.version().source().equals(wanted.source())) {
            wanted = null;
            refusal = null;
        }
    }

    /** What was found when it was held against the other files, instead of what was before. */
    void joint(List<RouteFinding> findings) {
        joint = findings;
    }

    RouteFileStatus status() {
        return new RouteFileStatus(
                name,
                running == null ? null : running.since(),
                running == null ? List.of() : List.copyOf(running.loaded().routes()),
                Stream.of(own, joint, refusal == null ? List.<RouteFinding>of() : List.of(refusal))
                        .flatMap(List::stream)
                        .toList());
    }
}
