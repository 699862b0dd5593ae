package io.threadpost.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailReferencesTest {
    private static MailReferences read(String header) throws IOException {
        return MailReferences.of(new ByteArrayInputStream((header + "\r\n\r\nText").getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aHeaderIsReadAsProgramsFoldIt() throws IOException {
        MailReferences references = read("Message-ID:\r\n <own@x>\r\nIn-Reply-To: Your mail of Sunday <a@x>\r\n"
                + "References: <1@x>\r\n\t<2@\r\n x> <1@x>\r\nTo: A <a@x>, undisclosed:;\r\nDelivered-To: t@y\r\n"
                + "Date: Sun, 22 Nov 2026 12:00:00 +0100");

        assertThat(references)
                .isEqualTo(new MailReferences(
                        "<own@x>",
                        List.of("<a@x>"),
                        List.of("<1@x>", "<2@x>"),
                        List.of("a@x", "t@y"),
                        Instant.parse("2026-11-22T11:00:00Z")));
    }

    @Test
    void whatIsMissingOrBrokenIsLeftOut() throws IOException {
        assertThat(read("Subject: x\r\nDate: yesterday\r\nIn-Reply-To: hello\r\nReferences: <> < >"))
                .isEqualTo(new MailReferences(null, List.of(), List.of(), List.of(), null));
    }

    @Test
    void ofManyReferencesTheFirstAndTheLastOnesAreKeptAndNoneThatIsTooLong() throws IOException {
        String many = IntStream.range(0, 500).mapToObj(i -> "<" + i + "@x>").collect(Collectors.joining("\r\n "));

        MailReferences references =
                read("Message-ID: <" + "l".repeat(998) + "@x>\r\nIn-Reply-To: <a@x>\r\n" + "References: " + many);

        assertThat(references.messageId()).isNull();
        assertThat(references.inReplyTo()).hasSize(1);
        assertThat(references.references())
                .hasSize(MailReferences.MOST - 1)
                .startsWith("<0@x>", "<403@x>")
                .endsWith("<499@x>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failed  | 5.1.1 | smtp; 550 no such user | a@x | 550 no such user",
                "failed  | 5.0.0 |                        | a@x | 5.0.0",
                "delayed | 4.4.1 | smtp; 421 later        | a@x |",
                "failed  | 5.1.1 | smtp; 550 no such user | b@x |"
            })
    void aBounceIsFinalForTheRecipientThatItNames(
            String action, String status, String diagnostic, String recipient, String words) throws IOException {
        DeliveryReport report = DeliveryReport.of(new ByteArrayInputStream(("Subject: x\r\n\r\nFinal-Recipient: rfc822;"
                        + " A@X\r\nAction: " + action + "\r\nStatus: " + status + "\r\n"
                        + (diagnostic == null ? "" : "Diagnostic-Code: " + diagnostic + "\r\n")
                        + "\r\nMessage-ID: <r@hotel>\r\n")
                .getBytes(StandardCharsets.UTF_8)));

        assertThat(report.messageIds()).containsExactly("<r@hotel>");
        assertThat(report.failure(recipient).orElse(null)).isEqualTo(words);
    }

    @Test
    void aBounceWithoutAStatusIsReadByItsText() throws IOException {
        String text =
                "Subject: x\r\n\r\nI could not deliver to a@x:\r\n550 no such user\r\n\r\nMessage-ID: <r@hotel>\r\n";

        assertThat(report(text).failure("a@x")).contains("550 no such user");
        assertThat(report(text).failure("b@x")).isEmpty();
        assertThat(report(text.replace("550", "450")).failure("a@x")).isEmpty();
    }

    private static DeliveryReport report(String mail) throws IOException {
        return DeliveryReport.of(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
    }
}
