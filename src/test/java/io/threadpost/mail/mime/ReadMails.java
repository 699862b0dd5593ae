package io.threadpost.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Reads mails for tests. */
public final class ReadMails {
    /** The project's own mails, one of each kind that is awkward. */
    public static final Path FIXTURES = Path.of("src/test/resources/mails");

    /** When the mailbox received them. */
    public static final Instant RECEIVED = Instant.parse("2026-11-22T12:00:00Z");

    private ReadMails() {}

    public static MimeMail read(InputStream raw) {
        return MimeReader.read(raw, RECEIVED);
    }

    public static MimeMail read(byte[] raw) {
        return read(new ByteArrayInputStream(raw));
    }

    /** @param raw a character for each byte */
    public static MimeMail read(String raw) {
        return read(raw.getBytes(ISO_8859_1));
    }

    public static MimeMail fixture(String name) {
        return read(bytes(FIXTURES.resolve(name + ".eml")));
    }

    public static List<Path> fixtures() {
        return files(FIXTURES);
    }

    public static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
