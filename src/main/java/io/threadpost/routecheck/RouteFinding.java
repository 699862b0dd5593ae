package io.threadpost.routecheck;

import java.util.Locale;

/**
 * An error or a warning about a route file.
 *
 * @param file the file's name in the folder of route files
 * @param line counted from 1; 0 when it is about the whole file
 * @param column counted from 1; 0 when it is about the whole file
 * @param problem what is wrong, without a full stop
 * @param advice what to do about it, without a full stop
 */
public record RouteFinding(Severity severity, String file, int line, int column, String problem, String advice) {
    /** An error keeps the file from being loaded. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** @return one line for people: {@code to-files.camel.yaml:12:9: error: what is wrong; what to do} */
    public String text() {
        String where = line == 0 ? file : file + ":" + line + ":" + column;
        return where + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + problem + "; " + advice;
    }
}
