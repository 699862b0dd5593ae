package io.threadpost.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Mails for tests, read. */
final class ReadMails {
    /** The project's own mails, one of each kind that is awkward. */
    static final Path FIXTURES = Path.of("src/test/resources/mails");

    static final MailRecord RECORD = new MailRecord(
            1,
            "main",
            "hotel",
            "main/1",
            MailRecord.State.WAITING,
            null,
            null,
            null,
            null,
            null,
            MailNode.NOON,
            MailNode.NOON,
            1,
            0,
            false);

    private ReadMails() {}

    static InboundMail read(InputStream raw) {
        return MailReader.read(RECORD, raw);
    }

    static InboundMail read(byte[] raw) {
        return read(new ByteArrayInputStream(raw));
    }

    /** @param raw a character for each byte */
    static InboundMail read(String raw) {
        return read(raw.getBytes(ISO_8859_1));
    }

    static InboundMail fixture(String name) {
        return read(bytes(FIXTURES.resolve(name + ".eml")));
    }

    static List<Path> fixtures() {
        return files(FIXTURES);
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
