package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.BrokenEdits;
import io.threadpost.testing.Installation;
import io.threadpost.testing.Patience;

/**
 * A person edits the shipped route files of a running installation, and every save is a mistake, while threads flow.
 * Each mistake is reported at its line, and no thread is late, lost or doubled. All edits:
 * {@code -Dthreadpost.test.edits=100}.
 */
class RouteEditsIT {
    private static final int EDITS = Integer.getInteger("threadpost.test.edits", 3);
    /** The pull's period and settling, one try more of a window, and what a busy machine takes. */
    private static final Duration LATE = Duration.ofSeconds(1 + 1 + 2 + 6);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    @Test
    void brokenEditsAreReportedAndNoThreadIsLateLostOrDoubled() throws Exception {
        Path folder = temporary.resolve("installation");
        ScheduledExecutorService guests = Executors.newSingleThreadScheduledExecutor();
        try (SandboxPlatform platform =
                        SandboxPlatform.start(new SandboxOptions().noLimit().threads(50));
                Installation installation =
                        Installation.pulling(folder, platform, Map.of("threadpost.pull.settle", "1s"))) {
            installation.start();
            Patience.await("the old threads")
                    .untilAsserted(() -> assertThat(installation.jsonFiles()).hasSize(50));
            Instant begun = platform.now();
            guests.scheduleWithFixedDelay(
                    () -> platform.addThread(platform.now(), "A guest", "Hello"), 0, 40, TimeUnit.MILLISECONDS);
            List<String> notReported = new ArrayList<>();
            for (Path file : Sources.below("routes")) {
                breakIt(installation, folder.resolve("routes").resolve(file.getFileName()), notReported);
            }
            guests.shutdown();
            assertThat(guests.awaitTermination(10, TimeUnit.SECONDS)).isTrue();

            Patience.await("everything").untilAsserted(() -> assertThat(installation.jsonFiles())
                    .containsExactlyInAnyOrderElementsOf(platform.versions()));
            assertThat(notReported).isEmpty();
            assertThat(lateness(installation, begun)).isLessThan(LATE);
            assertThat(installation.stop()).isIn(0, 143);
            assertThat(installation.said()).doesNotContain("\tat ");
        } finally {
            guests.shutdownNow();
        }
    }

    private static void breakIt(Installation installation, Path file, List<String> notReported) throws Exception {
        String good = Files.readString(file);
        List<BrokenEdits.Edit> edits = BrokenEdits.of(good);
        int step = Math.max(1, edits.size() / EDITS);
        for (int i : IntStream.iterate(0, i -> i < edits.size(), i -> i + step).toArray()) {
            BrokenEdits.Edit edit = edits.get(i);
            int before = installation.said().length();
            Files.writeString(file, edit.text());
            String place = file.getFileName() + (edit.line() == 0 ? ": error" : ":" + edit.line() + ":");
            try {
                Patience.await(edit.name()).pollInterval(Duration.ofMillis(50)).until(() -> since(installation, before)
                        .contains(file.getFileName() + " was not applied"));
                if (!since(installation, before).contains(place)) {
                    notReported.add(edit.name() + " at " + place + "; said: " + since(installation, before));
                }
            } finally {
                Files.writeString(file, good);
            }
            Patience.await("good again").pollInterval(Duration.ofMillis(50)).until(() -> since(installation, before)
                    .contains(file.getFileName() + " is valid again"));
        }
    }

    private static String since(Installation installation, int place) throws IOException {
        return installation.said().substring(place);
    }

    /** From when the platform had a thread until it was a file; of the latest that came since. */
    private static Duration lateness(Installation installation, Instant begun) throws IOException {
        Duration latest = Duration.ZERO;
        for (Path file : installation.files(".json")) {
            Instant updated = Instant.parse(
                    JSON.readTree(file.toFile()).path("UpdatedUtc").asText());
            Duration late =
                    Duration.between(updated, Files.getLastModifiedTime(file).toInstant());
            if (updated.isAfter(begun) && late.compareTo(latest) > 0) {
                latest = late;
            }
        }
        System.out.println("the latest thread was a file after " + latest.toMillis() + " ms");
        return latest;
    }
}
