package io.threadpost.secrets;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;

/** Secrets that are obtained at run time: access tokens, and refresh tokens that replace a setting's. */
@Singleton
@Unremovable
public final class RunTimeSecrets {
    /** Older ones have expired by then. */
    private static final int MOST = 100;

    private final Deque<String> secrets = new ArrayDeque<>();
    private volatile Redactor redactor = new Redactor(List.of());

    /** Made once for the process, by injection; tests make their own. */
    public RunTimeSecrets() {}

    /** Redacts this from now on. */
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
