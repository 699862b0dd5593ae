package io.threadpost.disk;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** An operation on a file, whose failure names the operation and the file. */
@FunctionalInterface
public interface FileOperation {
    /** Runs it. */
    void run() throws IOException;

    /**
     * Runs an operation.
     *
     * @param what for people, such as {@code writing}
     * @param path the file
     * @throws IOException with operation, path and reason in one line
     */
    static void run(String what, Path path, FileOperation step) throws IOException {
        try {
            step.run();
        } catch (IOException e) {
            throw new IOException(what + " " + path + ": " + reason(e, path), e);
        }
    }

    private static String reason(IOException e, Path path) {
        if (e instanceof FileSystemException file) {
            String other =
                    file.getFile() == null || file.getFile().equals(path.toString()) ? "" : " (" + file.getFile() + ")";
            if (e instanceof AccessDeniedException) {
                return "permission denied" + other;
            }
            if (e instanceof FileAlreadyExistsException) {
                return "a file is in the way" + other;
            }
            return (file.getReason() == null ? words(e) : file.getReason()) + other;
        }
        return e.getMessage() == null ? words(e) : e.getMessage();
    }

    /** Some exceptions have no message but their class: {@code NoSuchFileException} is "no such file". */
    private static String words(IOException e) {
        return e.getClass()
                .getSimpleName()
                .replaceFirst("Exception$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
