package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.threadpost.preview.PreviewFolder;
import io.threadpost.settings.ConfiguredFolders;
import io.threadpost.settings.SettingsResult;
import io.threadpost.settings.SystemLocale;

/**
 * Where route files and their settings are.
 *
 * @param home the folder with {@code application.properties}
 * @param routes the folder of the route files
 * @param settings of home, if they were read; null otherwise
 */
record RoutesLocation(Path home, Path routes, SettingsResult settings) {
    /**
     * A folder that is laid out like the working directory, or one with nothing but route files; then the settings are
     * those of the working directory.
     *
     * @param name of the folder; empty for the working directory
     * @throws CommandFailure when there is no such folder
     */
    static RoutesLocation of(String name, CommandContext context) throws CommandFailure {
        Path folder = name.isEmpty() ? context.home() : folder("", name);
        if (!name.isEmpty() && RoutesCheck.isOfRoutes(folder)) {
            return new RoutesLocation(context.home(), folder, null);
        }
        SettingsResult settings = SettingsResult.in(folder, context.profile());
        Path routes = folder.resolve(new ConfiguredFolders(settings, folder).routes());
        if (!Files.isDirectory(routes)) {
            throw new CommandFailure("there is no folder `" + routes + "`");
        }
        return new RoutesLocation(folder, routes, settings);
    }

    /** @return a preview of them */
    PreviewFolder preview(String profile) throws IOException {
        return new PreviewFolder(home, routes, profile, settings);
    }

    /**
     * @param prefix of the message
     * @throws CommandFailure when there is no such folder
     */
    static Path folder(String prefix, String name) throws CommandFailure {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw new CommandFailure(prefix + new SystemLocale().refusal(name).orElse("`" + name + "` is not a path"));
        }
        throw new CommandFailure(prefix + "there is no folder `" + name + "`");
    }
}
