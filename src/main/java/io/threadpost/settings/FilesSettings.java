package io.threadpost.settings;

import java.nio.file.Path;

/**
 * The target {@code spool:files}.
 *
 * @param directory where threads are written, relative to the working directory unless absolute
 */
public record FilesSettings(Path directory) {}
