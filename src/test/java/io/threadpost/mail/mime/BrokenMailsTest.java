package io.threadpost.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.testing.MailBombs;

/** Reading never throws, never takes for ever, and there is always a sender and a text that can be kept. */
@Proves(Promise.EVERY_MAIL_BECOMES_ONE_THREAD)
class BrokenMailsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static void readable(byte[] raw, String what) {
        MimeMail mail;
        String json;
        try {
            mail = ReadMails.read(raw);
            json = new JsonMapper().writeValueAsString(mail.asMap());
        } catch (Throwable e) {
            throw new AssertionError(what, e);
        }
        assertThat(mail.fromText()).as(what).isNotBlank();
        assertThat(mail.subject() + mail.fromText()).as(what).doesNotContain("\n", "\r", "\0");
        // PostgreSQL takes neither, and a driver may.
        assertThat(mail.text()).as(what).doesNotContain("\0");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json)).as(what).isTrue();
    }

    @Test
    void noiseIsRead() {
        for (int seed = 0; seed < 200; seed++) {
            byte[] noise = new byte[new Random(seed).nextInt(3000)];
            new Random(seed).nextBytes(noise);
            readable(noise, "noise " + seed);
        }
    }

    static Set<String> bombs() {
        return MailBombs.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void bombCostsWhatAMailCosts(String bomb) {
        byte[] raw = MailBombs.all().get(bomb).get();
        long before = THREADS.getCurrentThreadAllocatedBytes();

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            MimeMail mail = ReadMails.read(raw);
            assertThat(mail.unreadable()).doesNotStartWith("reading it takes");
            MailReferences.of(new ByteArrayInputStream(raw));
            MailIdentity.of(new ByteArrayInputStream(raw));
            DeliveryReport.of(new ByteArrayInputStream(raw));
        });
        readable(raw, bomb);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan((192L << 20) + 60L * raw.length);
    }

    /** Real mails, where there is a folder of them: {@code -Dthreadpost.test.mails=FOLDER}. */
    @Test
    void mailsOfAFolderAreRead() {
        String folder = System.getProperty("threadpost.test.mails", "");
        assumeTrue(!folder.isEmpty(), "no threadpost.test.mails");
        for (Path file : ReadMails.files(Path.of(folder))) {
            readable(ReadMails.bytes(file), file.toString());
        }
    }

    @Test
    void fiftyMegabytesAreReadInLittleMemory() {
        String head = "From: Jana <jana@guest.example>\r\nSubject: Photos\r\nContent-Type: multipart/mixed; "
                + "boundary=b\r\n\r\n"
                + "--b\r\n\r\nhere they are\r\n--b\r\nContent-Type: image/jpeg; name=a.jpg\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n";
        long lines = 50L * (1 << 20) / 78;
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        long[] most = {0};

        MimeMail mail = ReadMails.read(new Endless(head, "QUJD".repeat(19) + "\r\n", lines, "\r\n--b--\r\n", () -> {
            // What is kept, without what waits to be collected.
            System.gc();
            most[0] = Math.max(most[0], runtime.totalMemory() - runtime.freeMemory() - before);
        }));

        assertThat(mail.text()).isEqualTo("here they are");
        assertThat(mail.attachments()).containsExactly(new Attachment("a.jpg", "image/jpeg", lines * 57, true));
        assertThat(most[0]).isLessThan(16L << 20);
    }

    /** Twenty-four texts of a MiB, of each what is kept of all. */
    @Test
    void textsOfManyPartsAreKeptUpToTheirLimit() {
        byte[] part = ("--b\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n" + "\u00cf\u00d0 ".repeat(350_000)
                        + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        InputStream mail = new SequenceInputStream(
                new ByteArrayInputStream("Content-Type: multipart/mixed; boundary=b\r\n\r\n".getBytes()),
                new SequenceInputStream(Collections.enumeration(Collections.nCopies(24, part).stream()
                        .map(ByteArrayInputStream::new)
                        .toList())));
        long before = THREADS.getCurrentThreadAllocatedBytes();

        assertThat(ReadMails.read(mail).text()).hasSize(200_000);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(48L << 20);
    }

    @Test
    void mailThatTakesTooLongIsUnreadableFromThereOn() {
        MimeMail mail = MimeReader.read(
                new Endless(
                        "From: Eva <eva@guest.example>\r\nSubject: Slow\r\n\r\n", "a line\r\n", 1 << 20, "", () -> {}),
                ReadMails.RECEIVED,
                Duration.ZERO);

        assertThat(mail.fromText()).isEqualTo("Eva <eva@guest.example>");
        assertThat(mail.subject()).isEqualTo("Slow");
        assertThat(mail.unreadable()).isEqualTo("reading it takes longer than 0 s");
        assertThat(mail.problems()).contains(mail.unreadable());
    }

    @Test
    void textOfFiftyMegabytesIsCut() {
        MimeMail mail = ReadMails.read(new Endless(
                "Subject: Long\r\n\r\n", "0123456789 ".repeat(7) + "\r\n", 50L * (1 << 20) / 79, "", () -> {}));

        assertThat(mail.text()).hasSize(200_000);
        assertThat(mail.problems()).anyMatch(problem -> problem.startsWith("its text continues for another "));
    }

    /** A mail that is made while it is read. */
    private static final class Endless extends InputStream {
        private final byte[] head;
        private final byte[] line;
        private final long lines;
        private final byte[] tail;
        private final Runnable look;
        private byte[] current;
        private long number;
        private int at;

        Endless(String head, String line, long lines, String tail, Runnable look) {
            this.head = head.getBytes();
            this.line = line.getBytes();
            this.lines = lines;
            this.tail = tail.getBytes();
            this.look = look;
            this.current = this.head;
        }

        @Override
        public int read() {
            while (at == current.length) {
                if (current == tail) {
                    return -1;
                }
                current = number++ < lines ? line : tail;
                at = 0;
                if (number % (lines / 4) == 0) {
                    look.run();
                }
            }
            return current[at++] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = 0;
            for (int next = count < length ? read() : -1; next >= 0; next = count < length ? read() : -1) {
                target[offset + count++] = (byte) next;
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
