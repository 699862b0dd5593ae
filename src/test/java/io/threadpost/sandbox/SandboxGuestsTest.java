package io.threadpost.sandbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Properties;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.Test;

/** The guests of dev mode. */
class SandboxGuestsTest {
    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void aGuestAnswersTheHotelsFirstReplyOnceAsMailProgramsDo() throws Exception {
        try (SandboxMail mail = SandboxMail.started();
                SandboxGuests guests = new SandboxGuests(mail, Duration.ZERO, NEVER, Duration.ofMillis(1))) {
            await().until(() -> mail.mails(SandboxGuests.HOTEL).size() == 1);
            MimeMessage first = mail.mails(SandboxGuests.HOTEL).get(0);
            reply(mail, "<r1@hotel.example>", first.getMessageID());
            await().until(() -> mail.mails(SandboxGuests.HOTEL).size() == 2);
            reply(mail, "<r2@hotel.example>", first.getMessageID() + " <r1@hotel.example>");
            reply(mail, "<r3@hotel.example>", "<another@guest.example>");
            await().until(() -> mail.mails(SandboxGuests.HOTEL).size() == 3);

            MimeMessage answer = mail.mails(SandboxGuests.HOTEL).get(1);
            assertThat(answer.getHeader("From", null)).isEqualTo(first.getHeader("From", null));
            assertThat(answer.getHeader("To", null)).isEqualTo("front-desk+token@hotel.example");
            assertThat(answer.getHeader("In-Reply-To", null)).isEqualTo("<r1@hotel.example>");
            assertThat(answer.getHeader("References", null)).isEqualTo(first.getMessageID() + " <r1@hotel.example>");
            assertThat(answer.getSubject()).isEqualTo("Re: Late arrival");
            assertThat(answer.getContent().toString())
                    .startsWith("Thank you for your quick answer. We come with two children.\r\n\r\nOn ")
                    .endsWith(" front-desk+token@hotel.example wrote:\r\n> Dear Anna,\r\n> yes.\r\n");
            assertThat(mail.mails(SandboxGuests.HOTEL).get(2).getHeader("In-Reply-To", null))
                    .isEqualTo("<r3@hotel.example>");
            assertThat(guests.line()).contains("2 answers");
            assertThat(new SentMailPage(mail).get().toString()).contains("to anna@guest.example, from Hotel", "yes.");
        }
    }

    private static void reply(SandboxMail mail, String id, String references) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", String.valueOf(mail.port()));
        String text = "Message-ID: " + id + "\r\nReferences: " + references
                + "\r\nFrom: Hotel <hotel@hotel.example>\r\nReply-To: front-desk+token@hotel.example\r\n"
                + "To: anna@guest.example\r\nSubject: Re: Late arrival\r\n"
                + "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nDear Anna,\r\nyes.\r\n"
                + "--b\r\nContent-Type: text/html\r\n\r\n<p>yes.\r\n--b--\r\n";
        Session session = Session.getInstance(properties);
        MimeMessage reply =
                new MimeMessage(session, new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        try (Transport transport = session.getTransport("smtp")) {
            // Transport.send would replace the Message-ID.
            transport.connect();
            transport.sendMessage(reply, InternetAddress.parse("anna@guest.example"));
        }
    }
}
