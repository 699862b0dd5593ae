package io.threadpost.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mails are the same. */
class MailIdentityTest {
    private static final String NAMED =
            "From: Jo <jo@guest.example>\r\nSubject: Late\r\n arrival\r\nMessage-ID: <1@guest.example>\r\n\r\nAt "
                    + "ten.\r\n";
    private static final String NAMELESS = "From: Jo <jo@guest.example>\r\nSubject: Late arrival\r\n\r\nAt ten.\r\n";

    private static String identity(String mail) throws IOException {
        return MailIdentity.of(new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)))
                .value();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Return-Path: <jo@guest.example>\r\n",
                "Received: from a by b; Sun, 22 Nov 2026 12:00:00 +0000\r\n",
                "Delivered-To: hotel@hotel.example\r\nX-Original-To: hotel@hotel.example\r\n",
                "Authentication-Results: mx.hotel.example; dkim=pass\r\nDKIM-Signature: v=1\r\n",
                "X-Moved-By: a tool\r\nStatus: RO\r\n"
            })
    void whatServersAddDoesNotCount(String trace) throws IOException {
        assertThat(identity(trace + NAMED)).isEqualTo(identity(NAMED));
    }

    @Test
    void lineEndsFoldingAndOrderDoNotCount() throws IOException {
        assertThat(identity(NAMED.replace("\r\n", "\n"))).isEqualTo(identity(NAMED));
        assertThat(identity(NAMED.replace("Late\r\n arrival", "Late arrival"))).isEqualTo(identity(NAMED));
        assertThat(identity(NAMED + "\r\n\r\n")).isEqualTo(identity(NAMED));
        assertThat(identity("Message-ID: <1@guest.example>\r\nSubject: Late arrival\r\nFrom: Jo "
                        + "<jo@guest.example>\r\n\r\nAt ten."))
                .isEqualTo(identity(NAMED));
    }

    @Test
    void otherContentUnderTheSameIdIsAnotherMail() throws IOException {
        assertThat(identity(NAMED.replace("ten", "nine"))).isNotEqualTo(identity(NAMED));
        assertThat(identity(NAMED.replace("Late", "Early"))).isNotEqualTo(identity(NAMED));
        assertThat(identity(NAMED.replace("Jo <", "Joe <"))).isNotEqualTo(identity(NAMED));
        assertThat(identity(NAMED.replace("At ten.", "At\r\n\r\nten."))).isNotEqualTo(identity(NAMED));
        assertThat(identity("Content-Disposition: attachment\r\n" + NAMED)).isNotEqualTo(identity(NAMED));
    }

    @Test
    void otherIdIsAnotherMail() throws IOException {
        assertThat(identity(NAMED.replace("<1@", "<2@"))).isNotEqualTo(identity(NAMED));
    }

    @Test
    void withoutIdEveryByteCounts() throws IOException {
        assertThat(identity(NAMELESS)).isEqualTo(identity(NAMELESS));
        assertThat(identity("Received: from a\r\n" + NAMELESS)).isNotEqualTo(identity(NAMELESS));
        assertThat(identity(NAMELESS + "\r\n")).isNotEqualTo(identity(NAMELESS));
        assertThat(identity("Message-ID:\r\n" + NAMELESS)).isNotEqualTo(identity("Message-ID: \r\n" + NAMELESS));
    }

    @Test
    void mailWithNothingInItHasOne() throws IOException {
        assertThat(identity("")).hasSize(64).isNotEqualTo(identity("\r\n"));
    }

    @Test
    void largeBodyCountsToItsEnd() throws IOException {
        String large = "Message-ID: <1@guest.example>\r\n\r\n" + "0123456789\r\n".repeat(300_000);

        assertThat(identity(large + "a")).isNotEqualTo(identity(large + "b"));
        assertThat(identity(large.replace("\r\n", "\n"))).isEqualTo(identity(large));
    }
}
