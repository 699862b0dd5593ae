package io.threadpost.settings;

/**
 * One thing wrong with the settings, for people; never holds the value of a secret.
 *
 * @param place where it stands, such as {@code application.properties:12}; empty when it stands nowhere
 * @param key the setting; empty when there is none
 * @param what what is wrong and what to do
 * @param missing whether a setting without a default is only not there yet
 */
public record SettingProblem(String place, String key, String what, boolean missing) {

    /** One line: place, key, and what to do. */
    public String line() {
        return (place.isEmpty() ? "" : place + ": ") + (key.isEmpty() ? "" : key + ": ") + what;
    }

    SettingProblem redacted(Redactor redactor) {
        return new SettingProblem(redactor.redact(place), redactor.redact(key), redactor.redact(what), missing);
    }
}
