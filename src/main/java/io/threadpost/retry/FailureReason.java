package io.threadpost.retry;

import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.jms.JMSException;

import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;

import io.threadpost.text.PlainText;

/** Describes a failure in one line for people: its class and message, without a stack trace. */
public final class FailureReason {
    private static final int LONGEST = 500;
    /** Causes can form a loop. */
    private static final int CAUSES = 50;
    /** {@code [Subject]}, as in <code>${body[Subject]}</code>. */
    private static final Pattern FIELD = Pattern.compile("\\[['\"]?([A-Za-z_]\\w*)['\"]?]");

    private FailureReason() {}

    /** @return one line of at most 500 characters, never null */
    public static String of(Throwable thrown) {
        Throwable failure = relevant(thrown);
        if (failure instanceof Error error) {
            return clean(error(error));
        }
        String message = failure.getMessage();
        String kind = failure.getClass().getSimpleName();
        if (message == null || message.isBlank()) {
            return clean(kind);
        }
        if (failure instanceof GenericFileOperationFailedException && failure.getCause() != null) {
            // Camel's message names only the server; the reason is in the cause.
            return clean(message + ": " + of(failure.getCause()));
        }
        if (failure instanceof RuntimeBeanExpressionException expression) {
            return clean(field(expression));
        }
        return clean(messageIsOnlyTheSubject(failure) ? kind + ": " + message : message);
    }

    /** Camel's message about a field of what has none speaks of methods of Java. */
    private static String field(RuntimeBeanExpressionException failure) {
        Matcher field = FIELD.matcher(String.valueOf(failure.getMethod()));
        String type = String.valueOf(failure.getBeanName());
        boolean list = type.matches(".*(?:List|\\$ListN|\\$List12)");
        if (!field.matches() || !list && !type.matches("java\\.lang\\.String|byte\\[]|\\[B|.*InputStream(?:Cache)?")) {
            return failure.getMessage();
        }
        return list
                ? "`" + field.group() + "` reads a field of a list: split the list, and read the field of each item"
                : "`" + field.group() + "` reads a field of a text, which has none: an earlier step replaced the body;"
                        + " read the field before that step, for example into a variable";
    }

    /** Many have no message: then the place in the code says most. */
    private static String error(Error error) {
        String kind = error.getClass().getSimpleName();
        String message = error.getMessage();
        if (message != null && !message.isBlank()) {
            return kind + ": " + message;
        }
        if (error.getCause() != null) {
            return kind + ": " + of(error.getCause());
        }
        StackTraceElement[] trace = error.getStackTrace();
        return trace.length == 0 ? kind : kind + ": in " + trace[0].getClassName() + "." + trace[0].getMethodName();
    }

    /**
     * A Java error wins over the exceptions that wrap it. A broker's response is the cause of the client's exception.
     */
    private static Throwable relevant(Throwable thrown) {
        Throwable failure = thrown;
        for (int i = 0; i < CAUSES && failure != null; i++) {
            if (failure instanceof Error) {
                return failure;
            }
            failure = failure.getCause();
        }
        failure = thrown;
        while (failure.getCause() instanceof JMSException) {
            failure = failure.getCause();
        }
        return failure;
    }

    /** The message of these is only a path or a host; their class name has the reason. */
    private static boolean messageIsOnlyTheSubject(Throwable failure) {
        return failure instanceof UnknownHostException
                || failure instanceof FileSystemException file && file.getReason() == null;
    }

    /** @return a text from outside as one line of at most 500 characters, without control characters */
    public static String clean(String words) {
        String clean = PlainText.harmless(words.replaceAll("\\p{Cntrl}+", " ")).strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…";
    }
}
