package io.threadpost.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Counts the lines in an installation's NDJSON files while they come. A finished file does not change, so each is read once. */
public final class ArrivedLines {
    private final Installation installation;
    private final Set<Path> counted = new HashSet<>();
    private long lines;

    public ArrivedLines(Installation installation) {
        this.installation = installation;
    }

    /** @return lines in all files that are finished by now */
    public long count() throws IOException {
        for (Path file : installation.files(".ndjson")) {
            if (counted.add(file)) {
                for (byte one : Files.readAllBytes(file)) {
                    lines += one == '\n' ? 1 : 0;
                }
            }
        }
        return lines;
    }
}
