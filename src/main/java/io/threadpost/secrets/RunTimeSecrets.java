package io.threadpost.secrets;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;

/**
 * Secrets that no setting holds, since they are learnt while the program runs: access tokens, and refresh tokens that
 * took a setting's place.
 */
@Singleton
@Unremovable
public final class RunTimeSecrets {
    /** Older ones are void by then. */
    private static final int MOST = 100;

    private final Deque<String> secrets = new ArrayDeque<>();
    private volatile Redactor redactor = new Redactor(List.of());

    /** Made once for the process, by injection; tests make their own. */
    public RunTimeSecrets() {}

    /** From now on this must not be seen. */
    public synchronized void learn(String secret) {
        if (secret.isEmpty() || secrets.contains(secret)) {
            return;
        }
        secrets.addLast(secret);
        if (secrets.size() > MOST) {
            secrets.removeFirst();
        }
        redactor = new Redactor(secrets);
    }

    /** The text without them: the same instance when it holds none; null for null. */
    public String redact(String text) {
        return redactor.redact(text);
    }
}
