package io.threadpost.mail.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.mail.mime.MimeMail;
import io.threadpost.mail.mime.MimeReader;
import io.threadpost.settings.TestSettings;

/** A guest's own words become messages, each once and in order, whatever program wrote the mail. */
class MessageTextsTest {
    private static final Path REPLIES = Path.of("src/test/resources/replies");
    private static final String REPLY = "Subject: Re: Stay\nIn-Reply-To: <1@hotel.example>\n";

    private static MimeMail mail(String raw) {
        return MimeReader.read(
                new ByteArrayInputStream(raw.getBytes(StandardCharsets.UTF_8)), Instant.parse("2026-11-28T10:00:00Z"));
    }

    private static List<String> texts(MimeMail mail, String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "threadpost.connector.address", "http://localhost:1",
                "threadpost.connector.client-token", "client",
                "threadpost.connections.main.access-token", "access"));
        for (String setting : settings) {
            values.put("threadpost.mail." + setting.split("=")[0], setting.split("=")[1]);
        }
        return new MessageTexts(TestSettings.of(values)).of(mail, mail.text(), "", 17);
    }

    private static String text(String raw, String... settings) {
        return String.join("\n--\n", texts(mail(raw), settings));
    }

    static Stream<String> replies() throws IOException {
        try (Stream<Path> files = Files.list(REPLIES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".eml"))
                    .map(name -> name.substring(0, name.length() - 4))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    /** Each mail, and the message that it becomes. */
    @ParameterizedTest
    @MethodSource("replies")
    void quotedHistoryIsFolded(String name) throws IOException {
        MimeMail mail = mail(Files.readString(REPLIES.resolve(name + ".eml")));

        assertThat(texts(mail))
                .containsExactly(
                        Files.readString(REPLIES.resolve(name + ".txt")).strip());
    }

    @Test
    void quotedHistoryIsTrimmedOrKept() throws IOException {
        String raw = Files.readString(REPLIES.resolve("gmail-top.eml"));

        assertThat(text(raw, "quotes=trim")).isEqualTo("Yes, please book the parking space.");
        assertThat(text(raw, "quotes=keep")).isEqualTo(mail(raw).text().strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- \nEva\n+49 30 123",
                "Sent from my iPhone",
                "Von meinem iPhone gesendet",
                "Envoyé de mon iPhone",
                "Enviado desde mi iPhone",
                "Odesláno z iPhonu",
                "Get Outlook for Android<https://aka.ms/AAb9ysg>",
                "Gesendet mit der GMX Mail App",
                "-- \nEva\n\nSent from my iPad"
            })
    void signaturesAreTrimmed(String signature) {
        String raw = REPLY + "\nYes, thank you.\n\n" + signature + "\n";

        assertThat(text(raw, "signatures=trim")).isEqualTo("Yes, thank you.");
        assertThat(text(raw)).contains(signature.strip().lines().toList().get(0).strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-- \nEva", "Sent from my iPhone"})
    void aMailThatIsASignatureKeepsIt(String signature) {
        assertThat(text(REPLY + "\n" + signature + "\n", "signatures=trim"))
                .isEqualTo(signature.replace("-- \n", "--\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "'X-Mailer: iPhone Mail (20G81)\n\nYes, please', true",
        "'User-Agent: Mozilla Thunderbird\n\nYes, please', true",
        "'\nYes, please\n\nOn Mon, 2 Nov 2026 at 10:00, Hotel <stay@hotel.example> wrote:\n> Breakfast?', true",
        "'\nYes, please', false",
        "'X-Mailer: PHPMailer 6.8\n\nWe have received your mail', false"
    })
    void aPersonsProgramQuotesOrIsNamed(String rest, boolean person) {
        MimeMail mail = mail(REPLY + rest);

        assertThat(MessageTexts.byPerson(mail, mail.text())).isEqualTo(person);
    }

    @Test
    void aMarkAboveMuchTextBeginsNoSignature() {
        String text = "First\n\n--\n" + "a line\n".repeat(30);

        assertThat(text(REPLY + "\n" + text, "signatures=trim")).isEqualTo(text.strip());
    }

    @Test
    void attachmentsAreNamedWithTypeAndSize() {
        String raw = "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the scan.\n--b\n"
                + "Content-Type: application/pdf; name=scan.pdf\nContent-Disposition: attachment\n\n"
                + "x".repeat(1_234_567) + "\n--b\nContent-Type: image/jpeg\n\nabc\n--b\n"
                + "Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document\n"
                + "Content-Disposition: attachment; filename=\"list.docx\"\n\n" + "x".repeat(20_400) + "\n--b--\n";

        assertThat(text(raw))
                .isEqualTo("See the scan.\n\nAttachment: scan.pdf (PDF, 1.2 MB)\nAttachment: JPEG, 3 B\n"
                        + "Attachment: list.docx (Word, 20 KB)");
    }

    @Test
    void aMailWithoutTextIsAMessageToo() {
        assertThat(text("Subject: Late arrival\n\n")).isEqualTo("(no text)");
        assertThat(new MessageTexts(TestSettings.of(Map.of(
                                "threadpost.connector.address", "http://localhost:1",
                                "threadpost.connector.client-token", "client",
                                "threadpost.connections.main.access-token", "access")))
                        .of(mail("Subject: x\n\nYes"), "Yes", "Answers another thread", 1))
                .containsExactly("Answers another thread\n\nYes");
    }

    @Test
    void longTextsAreSplitAtParagraphs() {
        String paragraph = "A sentence of the guest. ".repeat(5).strip();
        String text = IntStream.range(0, 8).mapToObj(i -> i + " " + paragraph).collect(Collectors.joining("\n\n"));

        List<String> texts = texts(mail("Subject: x\n\n" + text), "text-max=300");

        assertThat(texts).hasSize(4).allSatisfy(part -> assertThat(part.length())
                .isLessThanOrEqualTo(300));
        assertThat(texts.get(0)).startsWith("(1/4) 0 ").endsWith("guest.");
        assertThat(together(texts, "\n\n")).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"'word ', ' '", "'Short sentence. ', ' '", "'👨‍👩‍👧‍👦', ''", "'é', ''", "'a line\n', '\n'"})
    void textsWithoutParagraphsAreSplitWithoutLoss(String word, String between) {
        String text = word.repeat(1000 / word.length()).strip();

        List<String> texts = texts(mail("Subject: x\n\n" + text), "text-max=200");

        assertThat(texts).hasSizeGreaterThan(4).allSatisfy(part -> assertThat(part.length())
                .isLessThanOrEqualTo(200));
        assertThat(together(texts, between)).isEqualTo(text);
    }

    private static String together(List<String> texts, String between) {
        return texts.stream()
                .map(part -> part.substring(part.indexOf(") ") + 2))
                .collect(Collectors.joining(between));
    }

    @Test
    void aMailIsAtMostTwentyMessages() {
        List<String> texts = texts(mail("Subject: x\n\n" + "All of it. ".repeat(10_000)), "text-max=1000");

        assertThat(texts).hasSize(20);
        assertThat(texts.get(19)).startsWith("(20/20) ").matches("(?s).*\\[… \\d{5} more characters: mail 17]");
        assertThat(texts).allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(1000));
    }

    /** What takes long in one mail, holds up the others. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "> ",
                "On 2026 10:15 @ wrote:\n",
                "_ * ",
                "From: a@b.c\n",
                "a:\n",
                ">",
                "\n",
                "* * -",
                "—\n",
                "— \n> x\n"
            })
    void aTextMadeToTakeLongDoesNot(String piece) {
        MimeMail mail = mail(REPLY + "\nx\n" + piece.repeat(180_000 / piece.length()));

        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertThat(texts(mail, "text-max=100000", "signatures=trim"))
                        .isNotEmpty());
    }
}
