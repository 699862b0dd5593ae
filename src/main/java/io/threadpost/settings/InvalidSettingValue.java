package io.threadpost.settings;

/** A value that its type does not accept; the message says why, and what to write instead. */
final class InvalidSettingValue extends Exception {
    /** @param message may quote the value: what looks like a token in it is not shown */
    InvalidSettingValue(String message) {
        super(TokenLike.masked(message));
    }
}
