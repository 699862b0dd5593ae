package io.threadpost.settings;

/** A value that its type does not accept; the message says why, and what to write instead. */
final class RefusedValue extends Exception {
    RefusedValue(String message) {
        super(message);
    }
}
