package io.threadpost.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with nothing but a secret in it, as Docker and Kubernetes mount them.
 *
 * @param base where a relative path begins
 * @param name as it is set; not shown, since it may be the secret itself
 */
record SecretFile(Path base, String name) {
    private static final long LARGEST = 64 * 1024;

    /**
     * Its content without one line's end behind it.
     *
     * @throws IOException when it cannot be used; the message is for people
     */
    String text() throws IOException {
        try {
            Path path = base.resolve(name);
            if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > LARGEST)) {
                throw new IOException("is not the file of a secret; name one with nothing else in it");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            String secret = text.replaceFirst("^\\uFEFF", "").replaceFirst("\\r?\\n$", "");
            if (secret.isBlank()) {
                throw new IOException("names a file that is empty; write the secret into it");
            }
            return secret;
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IOException("names a file that is not there; create it, or name another", e);
        } catch (CharacterCodingException e) {
            throw new IOException("names a file that is not text in UTF-8; write it anew", e);
        } catch (FileSystemException e) {
            throw new IOException(
                    "names a file that cannot be read: " + FolderCheck.reason(e) + "; give this user the right to", e);
        }
    }
}
