package io.threadpost.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks whether the folders in the settings can be used, and leaves nothing behind. */
public final class FolderCheck {
    private final SettingsResult settingsResult;
    private final Path base;

    /** @param base the working directory, which relative paths begin at */
    public FolderCheck(SettingsResult settingsResult, Path base) {
        this.settingsResult = settingsResult;
        this.base = base;
    }

    /** Everything that stands in the way; empty when nothing does. */
    public List<SettingProblem> problems() {
        ConfiguredFolders configuredFolders = settingsResult.folders();
        List<SettingProblem> problems = new ArrayList<>();
        writable(SettingsCatalogue.FILES_DIRECTORY, base.resolve(configuredFolders.files()), problems);
        configuredFolders.ledger().map(base::resolve).ifPresent(file -> ledger(file, problems));
        configuredFolders.authorities().map(base::resolve).ifPresent(file -> authorities(file, problems));
        Path routes = base.resolve(configuredFolders.routes());
        if (!Files.isDirectory(routes)) {
            problems.add(problem(
                    SettingsCatalogue.ROUTES_DIRECTORY,
                    Files.exists(routes)
                            ? "`" + routes + "` is not a folder; name the folder of the route files"
                            : "there is no folder `" + routes + "`; create it, or name the folder of the route files"));
        } else if (!Files.isReadable(routes) || !Files.isExecutable(routes)) {
            problems.add(problem(
                    SettingsCatalogue.ROUTES_DIRECTORY,
                    "`" + routes + "` cannot be read; give its rights to this user"));
        }
        return problems;
    }

    private void authorities(Path file, List<SettingProblem> problems) {
        try {
            new CertificateFile(file).certificates();
        } catch (FileSystemException e) {
            problems.add(problem(
                    SettingsCatalogue.AUTHORITIES,
                    "`" + file + "` cannot be read: " + reason(e) + "; give this user the right to read it"));
        } catch (IOException e) {
            problems.add(problem(SettingsCatalogue.AUTHORITIES, e.getMessage()));
        }
    }

    private void ledger(Path file, List<SettingProblem> problems) {
        if (Files.isDirectory(file)) {
            problems.add(problem(SettingsCatalogue.LEDGER_URL, "`" + file + "` is a folder; name a file in it"));
        } else if (Files.exists(file) && !Files.isWritable(file)) {
            problems.add(problem(
                    SettingsCatalogue.LEDGER_URL, "`" + file + "` cannot be written; give its rights to this user"));
        } else if (Files.exists(file) && !new SqliteHeader(file).is()) {
            problems.add(problem(
                    SettingsCatalogue.LEDGER_URL,
                    "`" + file + "` is no SQLite database; name another file, or move this one away"));
        } else {
            writable(SettingsCatalogue.LEDGER_URL, file.toAbsolutePath().getParent(), problems);
        }
    }

    private void writable(Setting<?> setting, Path folder, List<SettingProblem> problems) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (nearest.getParent() != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            problems.add(problem(
                    setting, "`" + nearest + "` is not a folder, so `" + folder + "` cannot be one; choose another"));
        } else if (!Files.isWritable(nearest) || !Files.isExecutable(nearest)) {
            problems.add(problem(
                    setting,
                    "`" + folder + "` cannot be written, as this user has no right to write in `" + nearest
                            + "`; give it that right, or choose another folder"));
        } else {
            attempt(setting, folder, nearest, problems);
        }
    }

    /**
     * Whether a folder can be made there cannot be read from rights alone: root has them all, also where nothing can be
     * written.
     */
    private void attempt(Setting<?> setting, Path folder, Path nearest, List<SettingProblem> problems) {
        try {
            Files.delete(Files.createTempDirectory(nearest, ".threadpost-"));
        } catch (IOException e) {
            problems.add(problem(
                    setting,
                    "`" + folder + "` cannot be written: nothing can be created in `" + nearest + "` (" + reason(e)
                            + "); choose another folder"));
        }
    }

    SettingProblem problem(Setting<?> setting, String what) {
        return settingsResult.place(setting).problem(setting.key(), what);
    }

    /** Why a file could not be used, in a few words. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException file && file.getReason() != null
                ? file.getReason().toLowerCase(java.util.Locale.ROOT)
                : e.getClass().getSimpleName();
    }
}
