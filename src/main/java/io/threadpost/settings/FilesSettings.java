package io.threadpost.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The target {@code spool:files}.
 *
 * @param directory where threads are written, relative to the working directory unless absolute
 * @param access who may read what is created there; empty for {@link FileAccess#GROUP the group} when the directory is
 *     created, and for what the umask says below it
 */
public record FilesSettings(Path directory, Optional<FileAccess> access) {}
