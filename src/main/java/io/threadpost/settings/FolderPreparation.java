package io.threadpost.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Creates the folders that will be written to, and proves that they can be. Whether that works cannot be read from
 * rights alone: root passes every such check, also on a file system that is read-only.
 */
public final class FolderPreparation {
    private final SettingsResult settingsResult;
    private final Path base;
    private final Deque<Path> created = new ArrayDeque<>();

    /** @param base the working directory, which relative paths begin at */
    public FolderPreparation(SettingsResult settingsResult, Path base) {
        this.settingsResult = settingsResult;
        this.base = base;
    }

    /** Creates what is missing. When there is a problem, all that was created is gone again. */
    public List<SettingProblem> prepare() {
        List<SettingProblem> problems = new ArrayList<>();
        ConfiguredFolders configuredFolders = settingsResult.folders();
        prepare(
                        SettingsCatalogue.FILES_DIRECTORY,
                        base.resolve(configuredFolders.files()),
                        configuredFolders.filesAccess())
                .ifPresent(problems::add);
        configuredFolders
                .ledger()
                .map(file -> base.resolve(file).toAbsolutePath().getParent())
                .flatMap(folder -> prepare(SettingsCatalogue.LEDGER_URL, folder, FileAccess.OWNER))
                .ifPresent(problems::add);
        if (!problems.isEmpty()) {
            undo();
        }
        return problems;
    }

    /** Takes away what was created, except what something lies in by now. */
    public void undo() {
        while (!created.isEmpty()) {
            try {
                Files.delete(created.pop());
            } catch (IOException e) {
                // In use after all: then it stays.
                continue;
            }
        }
    }

    private Optional<SettingProblem> prepare(Setting<?> setting, Path folder, FileAccess access) {
        try {
            create(folder.toAbsolutePath().normalize(), access);
            Path probe = Files.createTempFile(folder, ".threadpost-", ".probe");
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(settingsResult
                    .place(setting)
                    .problem(
                            setting.key(),
                            "`" + folder + "` cannot be written: " + FolderCheck.reason(e)
                                    + "; give this user the right to write there, or choose another folder"));
        }
    }

    private void create(Path folder, FileAccess access) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            create(folder.getParent(), access == FileAccess.OWNER ? FileAccess.ALL : access);
        }
        // From its first moment: what lies in the ledger and in the files are guests' messages.
        Files.createDirectory(folder, access.ofFolder(folder.getParent()));
        created.push(folder);
    }
}
