package io.threadpost.routefiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param target where its links lead; what went wrong, when they lead nowhere
 * @param key the file itself, as the file system knows it, since another one may be moved to the same place
 * @param changed when the file system noted the last change, which no program can set back; empty where it does not say
 */
record FileFingerprint(String target, Object key, long size, FileTime modified, Object changed) {
    static FileFingerprint of(Path file) {
        try {
            Path target = file.toRealPath();
            BasicFileAttributes attributes = Files.readAttributes(target, BasicFileAttributes.class);
            return new FileFingerprint(
                    target.toString(),
                    attributes.fileKey() == null ? "" : attributes.fileKey(),
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    changed(target));
        } catch (IOException e) {
            return new FileFingerprint(e.toString(), "", 0, FileTime.fromMillis(0), "");
        }
    }

    private static Object changed(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }
}
