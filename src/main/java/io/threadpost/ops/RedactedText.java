package io.threadpost.ops;

import jakarta.inject.Singleton;

import io.threadpost.secrets.Redactor;
import io.threadpost.settings.Settings;

/** Redacts texts of failures: whatever a route or a library puts into them, no secret is shown. */
@Singleton
public final class RedactedText {
    private final Redactor redactor;

    RedactedText(Settings settings) {
        this.redactor = new Redactor(settings.secrets());
    }

    /** @return the text without secrets; null for null */
    public String clean(String text) {
        return redactor.redact(text);
    }
}
