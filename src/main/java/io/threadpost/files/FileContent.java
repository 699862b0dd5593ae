package io.threadpost.files;

import java.nio.file.Path;

/**
 * A file to be written.
 *
 * @param path its place, relative to {@code threadpost.files.directory}
 * @param content all of it; not to be changed any more
 */
public record FileContent(Path path, byte[] content) {}
