package io.threadpost.oauth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import io.threadpost.disk.FolderSync;
import io.threadpost.disk.PrivateFolder;

/**
 * The file of the refresh token that replaced the one in the settings. Only its owner can read it, and it is written as
 * a whole: its token may be the only valid one. It is ignored once the settings hold another token than the one it
 * started from.
 */
final class TokenFile {
    private final Path file;
    private final String first;
    private final FolderSync sync = new FolderSync();

    /** @param first the refresh token in the settings */
    TokenFile(Path file, String first) {
        this.file = file.toAbsolutePath();
        this.first = hash(first);
    }

    /** @return empty if there is none, or the settings have another token since */
    Optional<String> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        return lines.size() == 2 && lines.get(0).equals(first) ? Optional.of(lines.get(1)) : Optional.empty();
    }

    /** Writes the token; it is on disk, under its name, on return. */
    void write(String token) throws IOException {
        Path folder = file.getParent();
        new PrivateFolder(folder).create();
        // Made for its owner only.
        Path temporary = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap((first + "\n" + token + "\n").getBytes(StandardCharsets.UTF_8));
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync.sync(folder);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
