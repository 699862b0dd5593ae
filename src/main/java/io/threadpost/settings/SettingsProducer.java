package io.threadpost.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the settings injectable. They are read in the same way as at the start. */
@Singleton
public class SettingsProducer {

    /**
     * The settings of the running application.
     *
     * @throws InvalidSettings with every problem; never in production, where the start has checked them
     */
    @Produces
    @Singleton
    Settings settings() throws IOException {
        return SettingsResult.of(
                        ConfigView.of(ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), System.getenv(), file()),
                        "the running configuration")
                .orThrow();
    }

    private static PropertiesFile file() throws IOException {
        Path path = Path.of(PropertiesFile.NAME);
        return Files.exists(path) ? PropertiesFile.read(path) : PropertiesFile.NONE;
    }
}
