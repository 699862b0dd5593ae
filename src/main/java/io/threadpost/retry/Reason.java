package io.threadpost.retry;

import java.net.UnknownHostException;
import java.nio.file.FileSystemException;

import jakarta.jms.JMSException;

/** A failure in one line for people: its kind and what it says, without a stack trace. */
public final class Reason {
    private static final int LONGEST = 500;

    private Reason() {}

    /** @return one line of at most 500 characters, never null */
    public static String of(Throwable thrown) {
        Throwable failure = telling(thrown);
        String said = failure.getMessage();
        String kind = failure.getClass().getSimpleName();
        if (said == null || said.isBlank()) {
            return clean(kind);
        }
        return clean(saysOnlyWhat(failure) ? kind + ": " + said : said);
    }

    /** What a message broker said is inside of what its client makes of it. */
    private static Throwable telling(Throwable thrown) {
        Throwable failure = thrown;
        while (failure.getCause() instanceof JMSException) {
            failure = failure.getCause();
        }
        return failure;
    }

    /** The message of these is a path or a host alone, and what is wrong with it is in their name. */
    private static boolean saysOnlyWhat(Throwable failure) {
        return failure instanceof UnknownHostException
                || failure instanceof FileSystemException file && file.getReason() == null;
    }

    /** @return somebody's words as one line of at most 500 characters, without control characters */
    public static String clean(String words) {
        String clean = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…";
    }
}
