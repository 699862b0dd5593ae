package io.threadpost.settings;

import java.nio.file.Path;

/**
 * The route files.
 *
 * @param directory where they are, relative to the working directory unless absolute
 */
public record RoutesSettings(Path directory) {}
