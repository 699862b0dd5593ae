package io.threadpost.routefiles;

import java.util.stream.Stream;

import io.threadpost.retry.Reason;
import io.threadpost.routecheck.Checked;
import io.threadpost.routecheck.Finding;
import io.threadpost.routecheck.Outline;

/**
 * Why Camel would not load a file that nothing seemed to stand against.
 *
 * @param file the version it refused
 */
record Refusal(Checked file, Exception why) {
    Finding finding() {
        Throwable cause = why;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        Outline.Name place = place();
        return new Finding(
                Finding.Severity.ERROR,
                file.source().name(),
                place.line(),
                place.column(),
                "Camel cannot load it: " + Reason.of(cause),
                "correct it and save it again");
    }

    /** The endpoint or else the route that is spoken of; else the whole file. */
    private Outline.Name place() {
        String said = String.valueOf(why);
        return Stream.of(
                        file.outline().from(),
                        file.outline().to(),
                        file.outline().routes())
                .flatMap(names -> names.stream())
                .filter(name -> said.contains(name.name()))
                .findFirst()
                .orElse(new Outline.Name("", 0, 0));
    }
}
