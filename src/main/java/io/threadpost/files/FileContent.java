package io.threadpost.files;

import java.nio.file.Path;

/**
 * A file to be written.
 *
 * @param path its place, relative to {@code threadpost.files.directory}
 * @param content all of it; not to be changed any more
 * @param numbered whether it gets another name where a file with other content is there already; else that one is left,
 *     as its name follows from what is in it
 */
public record FileContent(Path path, byte[] content, boolean numbered) {
    FileContent(Path path, byte[] content) {
        this(path, content, false);
    }
}
