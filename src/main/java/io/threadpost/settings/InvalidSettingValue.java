package io.threadpost.settings;

import io.threadpost.secrets.TokenMask;

/** A value that its type refuses; the message says why, and what to write instead. */
final class InvalidSettingValue extends Exception {
    /** @param message may quote the value: what looks like a token in it is masked */
    InvalidSettingValue(String message) {
        super(TokenMask.mask(message));
    }
}
