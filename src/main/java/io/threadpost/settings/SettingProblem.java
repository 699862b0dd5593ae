package io.threadpost.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * One problem of the settings, for people; never holds the value of a secret.
 *
 * @param place where it is, such as {@code application.properties:12}; empty when it is nowhere
 * @param key the setting; empty when there is none
 * @param what what is wrong and what to do
 * @param warning whether {@code check} only warns of it, such as of a required setting that is not set yet
 */
public record SettingProblem(String place, String key, String what, boolean warning) {

    /** One line: place, key, and what to do. */
    public String line() {
        return (place.isEmpty() ? "" : place + ": ") + (key.isEmpty() ? "" : key + ": ") + what;
    }

    /** Why a file cannot be used, in a few words. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason().toLowerCase(Locale.ROOT)
                : e.getClass().getSimpleName();
    }
}
