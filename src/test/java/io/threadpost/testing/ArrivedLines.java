package io.threadpost.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts the lines in an installation's NDJSON files while they come. A finished file does not change, so each is read
 * once.
 */
public final class ArrivedLines {
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Installation installation;
    private final Set<Path> counted = new HashSet<>();
    private long lines;

    public ArrivedLines(Installation installation) {
        this.installation = installation;
    }

    /** Waits until so many have arrived, looking now and then; the program must not end meanwhile. */
    public void await(long wanted) {
        Patience.await(wanted + " lines").atMost(LONGEST).pollInterval(LOOK).until(() -> {
            if (!installation.runs()) {
                throw new AssertionError("it ended; its log:\n" + installation.said());
            }
            return count() >= wanted;
        });
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
