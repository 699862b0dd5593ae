package io.threadpost.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mail of the ledger is looked into for a person, whatever somebody has put into one of them. */
class MailMaskTest {
    private static final String EVA = "eva@guest.example";
    private static final String HEAD = "From: Eva <" + EVA + ">\r\nSubject: ";

    private static String masked(String mail) {
        MailMask mask = new MailMask(new PersonMatcher(EVA, List.of("Eva Nováková")));
        return new String(mask.mask(mail.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    static Stream<String> bombs() {
        return Stream.of(
                "=?utf-8?Q?a?= ".repeat(60_000) + "\r\n\r\nx",
                "x\r\n" + "Content-Transfer-Encoding: base64\r\n".repeat(60_000),
                "x\r\n" + "boundary=b; ".repeat(40_000) + "\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                        + "x\r\n".repeat(400_000));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void aMailMadeToTakeLongDoesNot(String bomb) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(masked(HEAD + bomb))
                .startsWith("From: Eva <" + "x".repeat(EVA.length())));
    }

    @Test
    void aNameIsFoundThatIsCutBetweenWords() {
        String words = "=?utf-8?Q?Eva_Nov=C3?=\r\n =?utf-8?Q?=A1kov=C3=A1?=";

        assertThat(masked(HEAD + words + " =?utf-8?Q?Jana?= a =?utf-8?Q?Jana?=\r\n\r\nx"))
                .doesNotContain("Nov")
                .endsWith(" a =?utf-8?Q?Jana?=\r\n\r\nx");
    }

    @Test
    void aPartEndsAtItsBoundary() {
        String parts = "x\r\nContent-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n--b 1\r\n"
                + "Content-Transfer-Encoding: quoted-printable\r\n\r\neva=40guest.=\r\nexample\r\n--b 1\r\n\r\n=40 eva";

        assertThat(masked(HEAD + parts)).doesNotContain("example").endsWith("\r\n--b 1\r\n\r\n=40 eva");
    }
}
