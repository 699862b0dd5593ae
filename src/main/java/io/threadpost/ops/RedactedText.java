package io.threadpost.ops;

import jakarta.inject.Singleton;

import io.threadpost.secrets.Redactor;
import io.threadpost.settings.Settings;

/** What others say about a failure, made fit to be shown: whatever a route or a library writes, no secret is in it. */
@Singleton
final class RedactedText {
    private final Redactor redactor;

    RedactedText(Settings settings) {
        this.redactor = new Redactor(settings.secrets());
    }

    /** @return the text without secrets; null for null */
    String clean(String text) {
        return redactor.redact(text);
    }
}
