package io.threadpost.mail.mime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.Promise;
import io.threadpost.Proves;

/** What a person would read in a mail is what is read in it, however it is written. */
@Proves(Promise.EVERY_MAIL_BECOMES_ONE_THREAD)
class MimeReaderTest {
    private static final String TEXT = "Hello,\n\nwe arrive at eleven.\n\nJana";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "plain | Jana Novakova <jana@guest.example> | Late arrival",
                "line-feeds | Jana Novakova <jana@guest.example> | Late arrival",
                "carriage-returns | Jana Novakova <jana@guest.example> | Late arrival",
                "words-split-in-a-character | Jana Nováková <jana@guest.example> | Pozdní příjezd a parkování",
                "words-quoted | Nováková <jana@guest.example> | Pozdní příjezd (2)",
                "words-with-comma | Nováková, Jana <jana@guest.example> | A = b_c",
                "words-broken | Jana Nováková <jana@guest.example> | Late arrival á",
                "words-of-unknown-charset | Jana Nováková <jana@guest.example> | Late arrival",
                "words-japanese | 田中 <tanaka@guest.example> | 予約",
                "raw-utf8 | Jana Nováková <jana@guest.example> | Pozdní příjezd",
                "address-international | Jürgen <jürgen@müller.example> | Late arrival",
                "address-punycode | Juergen <jm@müller.example> | Late arrival",
                "from-group | Jana <jana@guest.example>, Petr <petr@guest.example> | Late arrival",
                "from-empty-group | undisclosed-recipients | Late arrival",
                "from-several | Jana Novakova <jana@guest.example>, Petr <petr@guest.example> | Late arrival",
                "from-comment | Jana Novakova <jana@guest.example> | Late arrival",
                "from-unbalanced | Jana Novakova <jana@guest.example> | Late arrival",
                "from-without-address | Jana Novakova | Late arrival",
                "from-missing | Jana <jana@guest.example> | Late arrival",
                "all-missing | (unknown sender) |",
                "wrapped-badly | Jana Novakova <jana@guest.example> | Late arrival on Sunday",
                "date-broken | Jana Novakova <jana@guest.example> | Late arrival",
                "mailbox-line | Jana Novakova <jana@guest.example> | Late arrival",
                "subject-folded | Jana Novakova <jana@guest.example> | Late arrival on Sunday",
                "subject-controls | Jana Novakova <jana@guest.example> | Late arrival today"
            })
    void senderAndSubject(String fixture, String from, String subject) {
        MimeMail mail = ReadMails.fixture(fixture);

        assertThat(mail.fromText()).isEqualTo(from);
        assertThat(mail.subject()).isEqualTo(subject == null ? "" : subject);
        assertThat(mail.text()).isEqualTo(TEXT);
        assertThat(mail.attachments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "header-only |",
                "header-only-unended |",
                "empty |",
                "blank |",
                "nothing-but-text | we arrive at eleven/Jana",
                "raw-latin2 | Přijedeme v jedenáct.",
                "raw-windows | Grüße",
                "body-without-charset | Přijedeme.",
                "body-of-wrong-charset | Grüße, Jürgen",
                "body-broken-base64 | we arrive at eleven",
                "alternative | Přijedeme v jedenáct.",
                "html-only | Hello,//we arrive/at eleven.//* one/* two/a b",
                "parts-without-boundary | we arrive at eleven",
                "parts-that-are-not-there | we arrive at eleven",
                "parts-without-end | we arrive at eleven"
            })
    void text(String fixture, String text) {
        assertThat(ReadMails.fixture(fixture).text()).isEqualTo(text == null ? "" : text.replace("/", "\n"));
    }

    @Test
    void headerThatIsNotEncodedIsInTheCharsetOfTheText() {
        MimeMail mail = ReadMails.fixture("raw-latin2");
        assertThat(mail.fromText()).isEqualTo("Jana Nováková <jana@guest.example>");
        assertThat(mail.subject()).isEqualTo("Pozdní příjezd");
        assertThat(ReadMails.fixture("raw-windows").fromText()).isEqualTo("Jürgen Müller <jm@guest.example>");
    }

    @Test
    void attachmentsAreListedAndNotKept() {
        assertThat(ReadMails.fixture("attachments").attachments())
                .containsExactly(
                        new Attachment("Přehled.pdf", "application/pdf", 1000, false),
                        new Attachment("obrázek.png", "image/png", 8, true),
                        new Attachment("", "message/rfc822", 23, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "filename=\"Rechnung; Mai.pdf\"                                     | Rechnung; Mai.pdf",
                "filename=\"a; name=b.pdf\"                                        | a; name=b.pdf",
                "filename=Rechnung Mai 2026.pdf                                  | Rechnung Mai 2026.pdf",
                "filename=Rechnung (1).pdf; size=3                               | Rechnung (1).pdf",
                "filename='Rechnung.pdf'                                         | Rechnung.pdf",
                "filename=\"=?utf-8?B?UmVjaG51bmcucGRm?=\"                        | Rechnung.pdf",
                "filename==?utf-8?B?UmVjaG51bmcucGRm?=                           | Rechnung.pdf",
                "filename==?utf-8?Q?Rechnung=20Mai=20?= =?utf-8?Q?2026.pdf?=     | Rechnung Mai 2026.pdf",
                "filename*=utf-8''Rechnung%20Mai.pdf                             | Rechnung Mai.pdf",
                "filename*0*=utf-8''Rech%20; filename*1*=nung.pdf                | Rech nung.pdf",
                "filename*0=\"Rechnung\"; filename*1=\" Mai.pdf\"                   | Rechnung Mai.pdf"
            })
    void attachmentsHaveTheNamesThatWereMeant(String given, String name) {
        String mail = "Content-Type: application/pdf\r\nContent-Disposition: attachment;\r\n " + given + "\r\n\r\nabc";

        assertThat(ReadMails.read(mail).attachments())
                .extracting(Attachment::name)
                .containsExactly(name);
    }

    @Test
    void whatIsMissingOrBrokenIsSaid() {
        assertThat(ReadMails.fixture("plain").problems()).isEmpty();
        assertThat(ReadMails.fixture("all-missing").problems())
                .containsExactly("its sender is missing", "it has no subject", "it has no date");
        assertThat(ReadMails.fixture("from-missing").problems())
                .containsExactly("its sender is missing; taken from sender");
        assertThat(ReadMails.fixture("date-broken").problems()).containsExactly("its date cannot be read");
        assertThat(ReadMails.fixture("date-broken").date()).isEqualTo(ReadMails.RECEIVED);
        assertThat(ReadMails.fixture("plain").date()).isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
    }

    @Test
    void partsWithoutEndHaveOne() {
        MimeMail many = ReadMails.fixture("parts-without-number");
        assertThat(many.text()).startsWith("0\n\n1\n\n2");
        assertThat(many.problems()).containsExactly("it has more than 1000 parts; what follows was left out");
        assertThat(ReadMails.fixture("parts-nested-deeply").attachments())
                .singleElement()
                .extracting(Attachment::type)
                .isEqualTo("multipart/mixed");
    }

    @Test
    void fieldsThatStandSeveralTimesAreKeptTopmostFirst() {
        MimeMail mail = ReadMails.read("Received: a\r\nreceived: b\r\nSubject:\r\nSubject: Late arrival\r\n\r\n");

        assertThat(mail.headers()).containsEntry("received", "a\nb");
        assertThat(mail.header("received")).isEqualTo("a");
        assertThat(mail.subject()).isEqualTo("Late arrival");
    }

    /** The time that a mail takes grows with its length, and not with the square of it. */
    @Test
    void hugeRunsOfBlanksTakeNoTime() {
        String blanks = "\u000b".repeat(900_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(
                        HtmlText.of("<p>a" + blanks + "b</p>", new ReadingBudget(Duration.ofMinutes(1))))
                .startsWith("a")
                .endsWith("b"));
    }

    @Test
    void aSourceThatFailsIsNoBrokenMail() {
        InputStream raw = new SequenceInputStream(
                new ByteArrayInputStream(
                        ("From: jana@guest.example\r\n\r\n" + "Hello\r\n".repeat(300_000)).getBytes(US_ASCII)),
                new InputStream() {
                    @Override
                    public int read() {
                        throw new IllegalStateException("the ledger is gone");
                    }
                });

        assertThatThrownBy(() -> ReadMails.read(raw)).hasMessage("the ledger is gone");
    }
}
