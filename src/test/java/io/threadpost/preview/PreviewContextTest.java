package io.threadpost.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.routecheck.RouteVocabulary.Step;
import io.threadpost.settings.SettingsResult;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** A preview knows what routes may name. */
class PreviewContextTest {
    private static final Map<String, String> REQUIRED = Map.of(
            "threadpost.connector.address", "http://localhost:1",
            "threadpost.connector.client-token", "client",
            "threadpost.connections.main.access-token", "access");

    @TempDir
    Path home;

    @Test
    void everyStepIsThere() {
        SettingsResult settings = SettingsResult.in(home, "test", REQUIRED);
        try (PreviewContext context = new PreviewContext(settings, new EffectRecorder(Set.of()), (spool, item) -> {})) {
            assertThat(new ThreadpostVocabulary().steps())
                    .extracting(Step::name)
                    .allSatisfy(name -> assertThat(context.camel().getRegistry().lookupByName(name))
                            .as(name)
                            .isNotNull());
        }
    }
}
