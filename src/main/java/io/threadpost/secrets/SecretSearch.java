package io.threadpost.secrets;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Finds secrets in texts that people write. A secret of fewer than eight characters may be a word: it is found only
 * where it is the whole text, so that a database password {@code files} does not forbid a spool of that name.
 */
public final class SecretSearch {
    private static final int WORD = 8;

    private final List<String> words = new ArrayList<>();
    private final Redactor redactor;

    /** @param secrets what to find; empty ones are ignored */
    public SecretSearch(Collection<String> secrets) {
        List<String> others = new ArrayList<>();
        secrets.forEach(secret -> (secret.length() < WORD ? words : others).add(secret));
        this.redactor = new Redactor(others);
    }

    /** Whether the text holds one of them. */
    public boolean finds(String text) {
        String bare = text.strip();
        return !bare.isEmpty() && words.contains(bare) || !redactor.redact(text).equals(text);
    }
}
