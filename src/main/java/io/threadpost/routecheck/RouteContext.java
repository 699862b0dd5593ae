package io.threadpost.routecheck;

import java.util.Collection;
import java.util.Optional;

/** The application whose routes are checked: its settings and secrets at this moment, and what it adds to Camel. */
public interface RouteContext {
    /** @return the value of a setting or its default; empty for an unknown setting and for one without a value */
    Optional<String> setting(String key);

    /** @return all keys that {@link #setting} knows, for suggesting the nearest one */
    Collection<String> settings();

    /** @return whether the text holds the value of a configured secret */
    boolean holdsSecret(String text);

    /** @return whether the text refers to a secret that the application keeps to itself */
    default boolean refersToOwnSecret(String text) {
        return false;
    }

    /** @return what the application adds to Camel; the same at each call */
    default RouteVocabulary vocabulary() {
        return new RouteVocabulary() {};
    }
}
