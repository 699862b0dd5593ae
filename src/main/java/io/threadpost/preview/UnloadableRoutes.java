package io.threadpost.preview;

/** Camel rejects a route file that the linter accepts; its message is one line with file and place. */
public final class UnloadableRoutes extends Exception {
    private static final long serialVersionUID = 1L;

    UnloadableRoutes(String message) {
        super(message);
    }
}
