package io.threadpost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.threadpost.disk.NativeLibraries;
import io.threadpost.settings.ConfiguredFolders;
import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.SettingsResult;

/** Loads the database's library as the start would, from a folder that is gone when the process ends. */
record LibraryCheck(SettingsResult reading, ConfiguredFolders folders) {

    /** @return why it cannot be loaded, and what to do; empty for a ledger that needs none */
    Optional<SettingProblem> problem() {
        return folders.ledger().flatMap(file -> load(file.toAbsolutePath().normalize()));
    }

    private Optional<SettingProblem> load(Path ledger) {
        Path nearest = ledger.getParent();
        while (!Files.isDirectory(nearest)) {
            nearest = nearest.getParent();
        }
        String name = "";
        try {
            Path folder = Files.createTempDirectory(nearest, ".threadpost-");
            name = folder.toString();
            folder.toFile().deleteOnExit();
            new NativeLibraries(folder).load();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(reading.ledgerProblem(e.getMessage().replace(name, nearest.toString())));
        }
    }
}
