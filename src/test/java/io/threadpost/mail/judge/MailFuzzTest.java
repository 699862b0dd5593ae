package io.threadpost.mail.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.mail.message.MessageTexts;
import io.threadpost.mail.mime.DeliveryReport;
import io.threadpost.mail.mime.MailIdentity;
import io.threadpost.mail.mime.MailReferences;
import io.threadpost.mail.mime.MimeMail;
import io.threadpost.mail.mime.ReadMails;

/**
 * Mails that are changed at random, read and judged: nothing is thrown, time and memory grow with the mail's length,
 * and what comes out can be shown. {@code -Dthreadpost.fuzz.seconds} says how long, {@code -Dthreadpost.fuzz.seed}
 * where it begins; a failure names its seed and keeps its mail.
 */
class MailFuzzTest {
    private static final long USUAL_SEED = 20261127;
    private static final int LARGEST = 4 << 20;
    private static final long CPU_MILLIS = 2000;
    private static final long CPU_MILLIS_A_MIB = 1000;
    private static final long MIB = 96;
    private static final long TIMES = 60;

    private static final String[] PIECES = {
        "=?utf-8?B?",
        "=?utf-8?Q?",
        "=?iso-2022-jp?B?GyRC",
        "?=",
        "=?",
        "?",
        "--b",
        "--",
        "\r\n\r\n",
        "\r\n",
        "\n ",
        "\r",
        "\n\t",
        "Content-Type: multipart/mixed; boundary=b\r\n",
        "Content-Type: multipart/alternative; boundary=\"b\"\r\n",
        "Content-Type: text/html; charset=big5\r\n",
        "Content-Type: message/rfc822\r\n",
        "\"",
        "<",
        ">",
        "<>",
        ";",
        ":",
        ",",
        "@",
        "\0",
        "\u00ff\u00fe",
        "\u00fe\u00ff",
        "\u001b$B",
        "\u001b(B",
        "\u00ef\u00bb\u00bf",
        "\u00c3\u00bc",
        "\u00e2\u0080\u00ae",
        "\u00c2\u0085",
        "\u00e2\u0080\u00a8",
        "charset=utf-16",
        "charset=utf-7",
        "charset=hz-gb-2312",
        "charset=x-nothing",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "(",
        ")",
        "\\",
        "=",
        "=3D",
        "=\r\n",
        "From: ",
        "Reply-To: ",
        "Subject: ",
        "Received: from a by mx.hotel.example\r\n",
        "Auto-Submitted: (",
        "List-Id: <desk.hotel.example>\r\n",
        "Authentication-Results: mx.hotel.example; ",
        "dmarc=pass header.from=",
        "dkim/1=pass header.d=\"",
        "spf=pass smtp.mailfrom=",
        "X-Original-From: ",
        "=ED=A0=80",
        "name*0*=utf-16''%",
        "filename*1*=",
        "mailto:",
        " via Desk <desk@hotel.example>",
        "xn--",
        "<p>",
        "<b><table><tr><td>",
        "<!--",
        "-->",
        "<script>",
        "</",
        "&amp;",
        "&#x202e;",
        "&",
        "+AOk-",
        "~{",
        "~}",
        "Out of Office",
        "【",
        "a",
        " "
    };

    private final MailJudge judge = new MailJudge(JudgeOptions.of(
            null,
            "good.example",
            "evil.example",
            "mx.hotel.example",
            true,
            0,
            Duration.ofHours(1),
            "hotel.example",
            "gone"));
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final List<byte[]> corpus = new ArrayList<>();

    @Test
    void changedMailsAreReadAndJudged() {
        fuzz(Long.getLong("threadpost.fuzz.seed", USUAL_SEED), Integer.getInteger("threadpost.fuzz.seconds", 10));
    }

    @Test
    @Tag("nightly")
    void changedMailsAreReadAndJudgedForAnHour() {
        fuzz(
                Long.getLong("threadpost.fuzz.seed", System.nanoTime()),
                Integer.getInteger("threadpost.fuzz.seconds", 3600));
    }

    private void fuzz(long seed, int seconds) {
        ReadMails.fixtures().forEach(fixture -> corpus.add(ReadMails.bytes(fixture)));
        AuthenticationTest.real()
                .forEach(mail -> corpus.add(
                        (mail[1].replace("\n", "\r\n") + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8)));
        warm();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long round = 0;
        for (; System.nanoTime() < end; round++) {
            Random random = new Random(seed * 31 + round);
            byte[] mail = changed(random);
            try {
                holds(mail);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + kept(mail, seed, round), e);
            }
        }
        assertThat(round).isGreaterThan(seconds);
    }

    /** The first readings load classes and tables. */
    private void warm() {
        for (int i = 0; i < 3; i++) {
            corpus.forEach(mail -> judge.verdict(ReadMails.read(mail), sender -> 0));
        }
    }

    private void holds(byte[] raw) throws IOException {
        long cpu = threads.getCurrentThreadCpuTime();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        MimeMail mail = ReadMails.read(raw);
        MimeMail written = judge.withAuthor(mail);
        Verdict verdict = judge.verdict(written, sender -> 0);
        String json = new JsonMapper().writeValueAsString(written.asMap());
        MailIdentity.of(new ByteArrayInputStream(raw));
        MailReferences.of(new ByteArrayInputStream(raw));
        DeliveryReport.of(new ByteArrayInputStream(raw));
        MessageTexts.own(written, written.text());
        long millis = (threads.getCurrentThreadCpuTime() - cpu) / 1_000_000;
        long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;

        assertThat(millis).as("CPU time").isLessThan(CPU_MILLIS + CPU_MILLIS_A_MIB * (raw.length >> 20));
        assertThat(allocated).as("memory").isLessThan((MIB << 20) + TIMES * raw.length);
        assertThat(mail.fromText()).isNotBlank().doesNotContain("\n", "\r", "\0", "\u202e", "\u2028", "\u0085");
        assertThat(mail.subject()).hasSizeLessThan(3000).doesNotContain("\n", "\r", "\0", "\u202e", "\u2028", "\u0085");
        assertThat(mail.text()).hasSizeLessThan(200_002).doesNotContain("\0", "\u202e", "\u2028", "\u0085");
        assertThat(verdict.why()).doesNotContain("\n", "\r", "\u202e", "\u2028");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(json)).isTrue();
        if (verdict.authentication().contains("dmarc=pass") && verdict.person()) {
            assertThat(mail.trace().senders()).hasSize(1);
        }
    }

    private byte[] changed(Random random) {
        byte[] mail = corpus.get(random.nextInt(corpus.size()));
        for (int times = random.nextInt(6); times >= 0; times--) {
            int at = mail.length == 0 ? 0 : random.nextInt(mail.length);
            int to = Math.min(mail.length, at + random.nextInt(60));
            mail = switch (random.nextInt(9)) {
                case 0 -> Arrays.copyOf(mail, at);
                case 1 -> joined(mail, at, new byte[] {(byte) random.nextInt(256)}, Math.min(mail.length, at + 1));
                case 2, 3, 4 -> joined(mail, at, piece(random), at);
                case 5 -> joined(mail, at, new byte[0], to);
                case 6 -> joined(mail, at, repeated(Arrays.copyOfRange(mail, at, to), random), to);
                case 7 -> joined(mail, at, repeated(piece(random), random), at);
                default -> {
                    byte[] other = corpus.get(random.nextInt(corpus.size()));
                    yield joined(
                            mail, at, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length), to);
                }
            };
        }
        return mail;
    }

    private static byte[] piece(Random random) {
        return PIECES[random.nextInt(PIECES.length)].getBytes(
                random.nextInt(8) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    }

    private static byte[] repeated(byte[] piece, Random random) {
        int times = 1 << random.nextInt(random.nextInt(20) == 0 ? 20 : 10);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (times-- > 0 && all.size() < LARGEST) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    /** @return the bytes up to a place, a piece, and the bytes from another place on */
    private static byte[] joined(byte[] bytes, int to, byte[] piece, int from) {
        byte[] all = Arrays.copyOf(bytes, to + piece.length + bytes.length - from);
        System.arraycopy(piece, 0, all, to, piece.length);
        System.arraycopy(bytes, from, all, to + piece.length, bytes.length - from);
        return all;
    }

    private static Path kept(byte[] mail, long seed, long round) {
        try {
            return Files.write(Path.of("target", "fuzz-" + seed + "-" + round + ".eml"), mail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
