package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.sandbox.CursorPolicy;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.JourneyClient;

/**
 * The real program is killed again and again while it pulls from a platform that fails in every way it can, and whose
 * threads change meanwhile. In the end every version that stands on the platform is a file, once, and journeys name it.
 */
@Proves({Promise.EVERY_VERSION_IS_DELIVERED, Promise.FILES_HOLD_EVERY_VERSION_ONCE, Promise.THE_BUDGET_HOLDS})
class CrashIT {
    @TempDir
    Path temporary;

    @ParameterizedTest(name = "pages of {0}, cursor policy {1}, {2}")
    @CsvSource({"1000, INVALID, json", "97, EMPTY, json", "1000, EMPTY, ndjson"})
    void everyVersionIsDeliveredOnceWhateverIsKilledWhen(int pageSize, CursorPolicy policy, String format)
            throws Exception {
        CrashTrial trial = new CrashTrial(3);
        SandboxOptions options = trial.platform().cursorPolicy(policy).noLimit();
        Path folder = temporary.resolve("installation");
        try (SandboxPlatform platform = SandboxPlatform.start(options);
                Installation installation = Installation.pulling(
                        folder, platform, Map.of("threadpost.pull.page-size", String.valueOf(pageSize)))) {
            if (format.equals("ndjson")) {
                installation.edit("to-files.camel.yaml", "threadsAsJson\n", "threadsAsNdjson\n");
            }
            for (int kill = 0; kill < trial.kills(); kill++) {
                installation.start();
                trial.kill(installation);
            }
            installation.start();
            trial.awaitDelivery(platform, () -> installation.versions(format));
            JourneyClient journeys = new JourneyClient(installation);
            journeys.awaitSettled("files");
            journeys.assertFiles(new ArrayList<>(platform.versions()), trial.random());
            assertThat(installation.stop()).isIn(0, 143);
            trial.assertOnce(platform, installation.versions(format));
            try (var left = Files.list(folder)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .containsExactlyInAnyOrder("application.properties", "routes", "out", "state");
            }
            assertThat(installation.files(".tmp")).isEmpty();
        }
    }
}
