package io.threadpost.routecheck;

import java.util.Optional;

/** What route files may refer to outside of themselves. */
public interface RouteContext {
    /** @return the value of a setting or of its default; empty when there is none, and for a setting that is not set */
    Optional<String> setting(String key);

    /** @return every key that {@link #setting} may be asked for, for finding the nearest */
    java.util.Collection<String> settings();

    /** @return whether the text holds a configured secret */
    boolean holdsSecret(String text);
}
