package io.threadpost.routecheck;

import java.util.Collection;
import java.util.List;

/** Looks at route files. Nothing is loaded and no system is touched. */
public final class RouteChecks {
    private final Surroundings surroundings;

    public RouteChecks(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Looks at one file by itself. Any text at all gives a result, never an exception. */
    public Checked check(Source source) {
        throw new UnsupportedOperationException(source.name() + surroundings);
    }

    /** Looks at files together: names that stand twice or nowhere. @return findings in the order of the files */
    public List<Finding> together(Collection<Checked> files) {
        throw new UnsupportedOperationException();
    }
}
