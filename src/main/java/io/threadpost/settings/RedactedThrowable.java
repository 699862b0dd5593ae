package io.threadpost.settings;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stands in a log record for an exception that names a secret; prints as that exception would, without the secret. */
final class RedactedThrowable extends Throwable {
    private static final int DEEPEST = 100;
    private final String text;

    private RedactedThrowable(String text, RedactedThrowable cause, StackTraceElement[] trace) {
        super(text, cause, true, true);
        this.text = text;
        setStackTrace(trace);
    }

    /** The same exception when neither it nor its causes nor what they suppressed hold a secret, else a copy without. */
    static Throwable of(Throwable thrown, Redactor redactor) {
        return holds(thrown, redactor, identities()) ? copy(thrown, redactor, identities(), 0) : thrown;
    }

    private static Set<Throwable> identities() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean holds(Throwable thrown, Redactor redactor, Set<Throwable> seen) {
        if (thrown == null || seen.size() > DEEPEST || !seen.add(thrown)) {
            return false;
        }
        String text = String.valueOf(thrown);
        String message = String.valueOf(thrown.getMessage());
        if (!redactor.redact(text).equals(text)
                || !redactor.redact(message).equals(message)
                || holds(thrown.getCause(), redactor, seen)) {
            return true;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (holds(suppressed, redactor, seen)) {
                return true;
            }
        }
        return false;
    }

    private static RedactedThrowable copy(Throwable thrown, Redactor redactor, Set<Throwable> seen, int depth) {
        seen.add(thrown);
        Throwable cause = thrown.getCause();
        RedactedThrowable because = cause == null || seen.contains(cause) || depth == DEEPEST
                ? null
                : copy(cause, redactor, seen, depth + 1);
        RedactedThrowable copy =
                new RedactedThrowable(redactor.redact(String.valueOf(thrown)), because, thrown.getStackTrace());
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (!seen.contains(suppressed) && depth < DEEPEST) {
                copy.addSuppressed(copy(suppressed, redactor, seen, depth + 1));
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
