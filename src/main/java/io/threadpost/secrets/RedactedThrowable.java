package io.threadpost.secrets;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Replaces an exception that holds a secret in a log record, and prints as it would, without the secret. */
public final class RedactedThrowable extends Throwable {
    private static final int DEEPEST = 100;
    private final String text;

    private RedactedThrowable(String text, RedactedThrowable cause, StackTraceElement[] trace) {
        super(text, cause, true, true);
        this.text = text;
        setStackTrace(trace);
    }

    /**
     * The same exception when neither it nor its causes nor what they suppressed hold a secret, else a copy without.
     */
    public static Throwable of(Throwable thrown, UnaryOperator<String> redact) {
        return holds(thrown, redact, identities()) ? copy(thrown, redact, identities(), 0) : thrown;
    }

    private static Set<Throwable> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean holds(Throwable thrown, UnaryOperator<String> redact, Set<Throwable> seen) {
        if (thrown == null || seen.size() > DEEPEST || !seen.add(thrown)) {
            return false;
        }
        String text = String.valueOf(thrown);
        String message = String.valueOf(thrown.getMessage());
        if (!redact.apply(text).equals(text)
                || !redact.apply(message).equals(message)
                || holds(thrown.getCause(), redact, seen)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (holds(suppressed, redact, seen)) {
                return true;
            }
        }
        return false;
    }

    private static RedactedThrowable copy(
            Throwable thrown, UnaryOperator<String> redact, Set<Throwable> seen, int depth) {
        seen.add(thrown);
        Throwable cause = thrown.getCause();
        RedactedThrowable because =
                cause == null || seen.contains(cause) || depth == DEEPEST ? null : copy(cause, redact, seen, depth + 1);
        RedactedThrowable copy =
                new RedactedThrowable(redact.apply(String.valueOf(thrown)), because, thrown.getStackTrace());
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!seen.contains(suppressed) && depth < DEEPEST) {
                copy.addSuppressed(copy(suppressed, redact, seen, depth + 1));
            }
        }
        return copy;
    }

    /** The original's class name and message. */
    @Override
    public String toString() {
        return text;
    }
}
