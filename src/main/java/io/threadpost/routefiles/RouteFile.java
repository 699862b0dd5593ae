package io.threadpost.routefiles;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.threadpost.routecheck.Checked;
import io.threadpost.routecheck.Finding;

/** One file of the folder: what runs of it, and what was last read from it. Used by one thread. */
final class RouteFile {
    private final String name;
    private Running running;
    private Checked wanted;
    private boolean gone;
    /** Why Camel refused the version in the folder; null when it did not. */
    private Finding refusal;

    private boolean retry;
    private List<Finding> own = List.of();
    private List<Finding> joint = List.of();

    RouteFile(String name) {
        this.name = name;
    }

    /** A version that is loaded. @param since when it began to run, in this process or in one before */
    record Running(Checked version, Loaded loaded, Instant since) {}

    String name() {
        return name;
    }

    Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    /** @return the version in the folder, when another one runs, nothing in itself stands against it, and Camel did not refuse it */
    Optional<Checked> wanted() {
        return refusal != null && !retry ? Optional.empty() : Optional.ofNullable(wanted);
    }

    boolean gone() {
        return gone;
    }

    /** Another version was read. */
    void read(Checked version) {
        boolean runs = running != null && running.version().source().equals(version.source());
        seen(version.loadable() && !runs ? version : null, version.findings());
    }

    /** It is there, but could not be read. */
    void unreadable(Finding finding) {
        seen(null, List.of(finding));
    }

    /** It was deleted. */
    void deleted() {
        seen(null, List.of());
        gone = true;
    }

    private void seen(Checked version, List<Finding> findings) {
        gone = false;
        refusal = null;
        retry = false;
        wanted = version;
        own = findings;
        joint = List.of();
    }

    /** Camel refused the version in the folder. @return whether for the first time */
    boolean failed(Finding why) {
        boolean first = refusal == null;
        refusal = first ? why : refusal;
        retry = false;
        return first;
    }

    /** @return what Camel refused, when nothing of the file runs */
    Optional<Checked> refused() {
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
    void joint(List<Finding> findings) {
        joint = findings;
    }

    RouteFileStatus status() {
        return new RouteFileStatus(
                name,
                running == null ? null : running.since(),
                running == null ? List.of() : List.copyOf(running.loaded().routes()),
                Stream.of(own, joint, refusal == null ? List.<Finding>of() : List.of(refusal))
                        .flatMap(List::stream)
                        .toList());
    }
}
