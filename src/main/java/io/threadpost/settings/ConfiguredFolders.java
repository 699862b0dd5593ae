package io.threadpost.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The folders and files that the settings name: checked without a change for {@code check}, created for the start, and
 * removed again when the start is refused. Whether one can be written cannot be read from permissions alone: root has
 * them all, also on a read-only file system.
 */
public final class ConfiguredFolders {
    private static final byte[] SQLITE_MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private final SettingsResult settingsResult;
    private final Path base;
    private final Settings settings;
    private final Deque<Path> created = new ArrayDeque<>();

    /** @param base the working directory, where relative paths begin */
    public ConfiguredFolders(SettingsResult settingsResult, Path base) {
        this.settingsResult = settingsResult;
        this.base = base;
        this.settings = settingsResult.settings();
    }

    /** Where threads are written. */
    private Path files() {
        return base.resolve(settings.get(SettingsCatalogue.FILES_DIRECTORY));
    }

    /** The SQLite file, empty for PostgreSQL. */
    public Optional<Path> ledger() {
        return settings.ledger().postgresql()
                ? Optional.empty()
                : Optional.of(base.resolve(settings.ledger().sqliteFile()));
    }

    /** Where the route files are, as the settings name it. */
    public Path routes() {
        return settings.get(SettingsCatalogue.ROUTES_DIRECTORY);
    }

    /** Where custom templates are; it may be missing. */
    public Path templates() {
        return base.resolve(settings.get(SettingsCatalogue.DIGEST_TEMPLATES));
    }

    /** Every obstacle to using them. Changes nothing. */
    public List<SettingProblem> check() {
        List<SettingProblem> problems = new ArrayList<>();
        checkWritable(SettingsCatalogue.FILES_DIRECTORY, files()).ifPresent(problems::add);
        ledger().flatMap(this::checkLedger).ifPresent(problems::add);
        settings.network()
                .authorities()
                .map(base::resolve)
                .flatMap(this::checkAuthorities)
                .ifPresent(problems::add);
        checkRoutes(base.resolve(routes())).ifPresent(problems::add);
        return problems;
    }

    private Optional<SettingProblem> checkRoutes(Path folder) {
        if (!Files.isDirectory(folder)) {
            return problem(
                    SettingsCatalogue.ROUTES_DIRECTORY,
                    Files.exists(folder)
                            ? "`" + folder + "` is not a folder; name the folder of the route files"
                            : "there is no folder `" + folder + "`; create it, or name the folder of the route files");
        }
        return Files.isReadable(folder) && Files.isExecutable(folder)
                ? Optional.empty()
                : problem(
                        SettingsCatalogue.ROUTES_DIRECTORY,
                        "`" + folder + "` cannot be read; give this user the permission");
    }

    private Optional<SettingProblem> checkAuthorities(Path file) {
        try {
            new CertificateFile(file).certificates();
            return Optional.empty();
        } catch (FileSystemException e) {
            return problem(
                    SettingsCatalogue.NETWORK_AUTHORITIES,
                    "`" + file + "` cannot be read: " + SettingProblem.reason(e)
                            + "; give this user the permission to read it");
        } catch (IOException e) {
            return problem(SettingsCatalogue.NETWORK_AUTHORITIES, e.getMessage());
        }
    }

    private Optional<SettingProblem> checkLedger(Path file) {
        if (Files.isDirectory(file)) {
            return problem(SettingsCatalogue.LEDGER_URL, "`" + file + "` is a folder; name a file in it");
        }
        if (Files.exists(file) && !Files.isWritable(file)) {
            return problem(
                    SettingsCatalogue.LEDGER_URL, "`" + file + "` cannot be written; give this user the permission");
        }
        if (Files.exists(file) && !isSqlite(file)) {
            return problem(
                    SettingsCatalogue.LEDGER_URL,
                    "`" + file + "` is not an SQLite database; name another file, or move this one away");
        }
        return checkWritable(SettingsCatalogue.LEDGER_URL, file.toAbsolutePath().getParent());
    }

    /**
     * Whether SQLite opens it: it is a database, or an empty file, which becomes one. False also when it cannot be
     * read.
     */
    private static boolean isSqlite(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(SQLITE_MAGIC.length);
            return head.length == 0 || Arrays.equals(head, SQLITE_MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<SettingProblem> checkWritable(Setting<?> setting, Path folder) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (nearest.getParent() != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest)) {
            return problem(
                    setting, "`" + nearest + "` is not a folder, so `" + folder + "` cannot be one; choose another");
        }
        if (!Files.isWritable(nearest) || !Files.isExecutable(nearest)) {
            return problem(
                    setting,
                    "`" + folder + "` cannot be written, as this user may not write in `" + nearest
                            + "`; give the permission, or choose another folder");
        }
        try {
            Files.delete(Files.createTempDirectory(nearest, ".threadpost-"));
            return Optional.empty();
        } catch (IOException e) {
            return problem(
                    setting,
                    "`" + folder + "` cannot be written: nothing can be created in `" + nearest + "` ("
                            + SettingProblem.reason(e) + "); choose another folder");
        }
    }

    /**
     * Creates those that will be written to, and proves that they can be. When there is a problem, what was created is
     * removed again.
     */
    public List<SettingProblem> prepare() {
        List<SettingProblem> problems = new ArrayList<>();
        prepare(
                        SettingsCatalogue.FILES_DIRECTORY,
                        files(),
                        settings.find(SettingsCatalogue.FILES_ACCESS).orElse(FileAccess.GROUP))
                .ifPresent(problems::add);
        ledger().map(file -> file.toAbsolutePath().getParent())
                .flatMap(folder -> prepare(SettingsCatalogue.LEDGER_URL, folder, FileAccess.OWNER))
                .ifPresent(problems::add);
        if (!problems.isEmpty()) {
            undo();
        }
        return problems;
    }

    /** Removes what was created, except what is no longer empty. */
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
            return problem(
                    setting,
                    "`" + folder + "` cannot be written: " + SettingProblem.reason(e)
                            + "; give this user the permission to write there, or choose another folder");
        }
    }

    private void create(Path folder, FileAccess access) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            create(folder.getParent(), access == FileAccess.OWNER ? FileAccess.ALL : access);
        }
        // Restricted from its first moment: the ledger and the files hold guests' messages.
        try {
            Files.createDirectory(folder, access.ofFolder(folder.getParent()));
        } catch (FileAlreadyExistsException e) {
            // Another node on the same folder has just created it.
            if (Files.isDirectory(folder)) {
                return;
            }
            throw e;
        }
        created.push(folder);
    }

    private Optional<SettingProblem> problem(Setting<?> setting, String what) {
        return Optional.of(settingsResult.problem(setting, what));
    }
}
