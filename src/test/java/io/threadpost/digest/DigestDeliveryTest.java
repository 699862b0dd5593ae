package io.threadpost.digest;

import static io.threadpost.digest.DigestNode.thread;
import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.smtp.OutgoingMail;
import io.threadpost.spool.SpoolItem;
import io.threadpost.testing.LogLines;
import io.threadpost.testing.MailServer;
import io.threadpost.testing.ScriptedMailServer;
import io.threadpost.testing.ScriptedMailServer.Taken;
import io.threadpost.testing.ServerCertificate;

/** What mail servers, templates and addresses do to a digest: it waits, or one recipient's part of it is dead. */
@Proves(Promise.DIGESTS_LIST_EVERY_VERSION_ONCE)
class DigestDeliveryTest extends DigestBehaviour {
    private static final String PAUSES = "SELECT spool, reason FROM spool_pause ORDER BY spool";

    private final ScriptedMailServer server = new ScriptedMailServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aMailServerThatIsDownCostsNothingButTime() throws Exception {
        mails.stop();
        DigestNode node = node();
        node.threads(1, 2);
        node.start();
        await().until(() -> !rows(PAUSES + " LIMIT 1").isEmpty()
                && rows("SELECT failures FROM spool_pause").get(0).compareTo("4") > 0);
        node.threads(3);
        assertThat(rows(PAUSES).get(0))
                .startsWith("digest-mails|mail server 127.0.0.1:" + mails.port() + ": Connection refused");
        mails.start();
        awaitMails(2);
        awaitDrained();

        assertThat(rows("SELECT state FROM spool_parcel WHERE attempts > 0 OR state <> 'finished'"))
                .isEmpty();
        assertThat(rows(PAUSES)).isEmpty();
    }

    @Test
    void aPasswordOfAnyPrintableCharactersLogsIn() throws Exception {
        String password = new Random(5)
                .ints(200, ' ', '~' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String login = "reception@hotel.example\0reception@hotel.example\0" + password;
        server.answer("EHLO", "250-here\r\n250 AUTH PLAIN");
        server.answer("AUTH", "235 2.7.0 fine");
        sending("threadpost.smtp.username", "reception@hotel.example", "threadpost.smtp.password", password);
        await().until(() -> server.taken().size() == 1);

        assertThat(server.commands())
                .contains(
                        "AUTH PLAIN " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aRefusedRecipientIsDeadByItself() throws Exception {
        server.answer("RCPT TO:<gone@", "550 5.1.1 no such user here");
        sending("threadpost.digest.to", "gone@hotel.example, reception@hotel.example, a@hotel.example");
        await().until(() -> server.taken().size() == 2);
        awaitDrained();

        assertThat(recipients()).containsExactlyInAnyOrder("reception@hotel.example", "a@hotel.example");
        assertThatAllMailsAreTheSame();
        assertThat(rows(DEAD))
                .containsExactly(
                        "digest-mails|0|mail server 127.0.0.1:" + server.port() + ": 550 5.1.1 no such user here");
    }

    /** Each is a sign with a meaning in the address of an endpoint. */
    @Test
    void namesAndAddressesAreTakenAsTheyAreWritten() throws Exception {
        sending(
                "threadpost.digest.to",
                "Food & Beverage <fb+digest@hotel.example>, \"50 % (bar)\" <bar+50@hotel.example>",
                "threadpost.digest.zone",
                "UTC+2");
        await().until(() -> server.taken().size() == 2);

        assertThat(recipients()).containsExactlyInAnyOrder("fb+digest@hotel.example", "bar+50@hotel.example");
    }

    @Test
    void aSenderThatIsRefusedIsTheServersFailure() throws Exception {
        server.answer("MAIL FROM", "554 5.7.1 sender address rejected");
        sending();
        await().until(() -> !rows(PAUSES).isEmpty());
        assertThat(rows(PAUSES).get(0)).contains("554 5.7.1 sender address rejected");
        assertThat(rows(DEAD)).isEmpty();

        server.answer("MAIL FROM", "");
        await().until(() -> server.taken().size() == 1);
    }

    /** It delivers first, and answers then: whoever does not wait for that sends the mail again and again. */
    @Test
    void aServerThatTakesLongToTakeAMailGetsItOnce() throws Exception {
        timeout = Duration.ofSeconds(5);
        server.hold();
        sending();
        await().until(() -> server.taken().size() == 1);
        await().during(timeout.plusSeconds(2)).until(() -> rows(PAUSES).isEmpty());
        server.deliver();
        awaitDrained();

        assertThat(server.taken()).hasSize(1);
    }

    @Test
    void anEmptyTemplateIsBroken() throws Exception {
        Path empty = Files.createFile(templates.resolve("digest.html"));
        DigestNode node = node();
        node.threads(1);
        node.start();
        await().until(() -> !rows(PAUSES).isEmpty());
        assertThat(rows(PAUSES).get(0))
                .isEqualTo("digest|the template " + empty + " is broken, fix it: it renders an empty mail");

        Files.delete(empty);
        awaitMails(1);
    }

    @Test
    void aMailThatIsRefusedForItsContentIsDead() throws Exception {
        server.answer("BODY", "554 5.7.1 spam");
        sending();
        await().until(() -> !rows(DEAD).isEmpty());

        assertThat(rows(DEAD).get(0)).contains("554 5.7.1 spam");
    }

    @Test
    void aRecipientThatIsPutOffKeepsBackNoOther() throws Exception {
        server.answer("RCPT TO:<grey@", "454 4.7.1 greylisted, come again");
        sending("threadpost.digest.to", "grey@hotel.example, reception@hotel.example");
        await().until(() -> recipients().contains("reception@hotel.example"));
        for (int tries = 0; tries < 4; tries++) {
            awaitPutOff();
            database.change("UPDATE spool_parcel SET due = 1 WHERE state = 'waiting'");
        }
        awaitPutOff();
        assertThat(rows("SELECT attempts, error FROM spool_parcel WHERE state = 'waiting'"))
                .containsExactly("0|mail server 127.0.0.1:" + server.port() + ": 454 4.7.1 greylisted, come again");
        assertThat(rows(PAUSES)).isEmpty();
        server.answer("RCPT TO:<grey@", "");
        database.change("UPDATE spool_parcel SET due = 1 WHERE state = 'waiting'");
        await().until(() -> recipients().contains("grey@hotel.example"));
        awaitDrained();

        assertThat(recipients()).hasSize(2);
        assertThat(rows(DEAD)).isEmpty();
    }

    /** It was tried, and comes again in some minutes. */
    private void awaitPutOff() {
        await().until(() -> !rows("SELECT id FROM spool_parcel WHERE state = 'waiting' AND due > created + 240000")
                .isEmpty());
    }

    @Test
    void aRecipientThatIsPutOffForDaysIsDeadInTheEnd() throws Exception {
        server.answer("RCPT TO:", "450 4.2.0 mailbox busy");
        DigestNode node = node("threadpost.smtp.port", String.valueOf(server.port()));
        node.put("digest-mails", mail("old", Duration.ofDays(6)), mail("young", Duration.ofDays(4)));
        node.start();
        await().until(() -> !rows(DEAD).isEmpty());
        awaitPutOff();

        assertThat(rows(DEAD))
                .containsExactly("digest-mails|0|mail server 127.0.0.1:" + server.port()
                        + ": 450 4.2.0 mailbox busy (for 5 days)");
    }

    private static SpoolItem mail(String key, Duration age) {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().minus(age).atOffset(ZoneOffset.UTC));
        return new SpoolItem(
                key,
                null,
                Map.of(OutgoingMail.FROM, "digest@hotel.example", OutgoingMail.TO, key + "@hotel.example"),
                ("Date: " + date + "\r\n\r\n" + key).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void whoMayNotLogInOrSendIsToldAsTheServersFailure() throws Exception {
        for (String answer : List.of(
                "MAIL FROM:|550 5.7.1 sender not allowed",
                "MAIL FROM:|530 5.7.0 authentication required",
                "RCPT TO:|530 5.7.0 must issue STARTTLS first",
                "HELLO|421 too busy",
                "DATA|451 try again",
                "BODY|550 5.7.30 Basic authentication is not supported for Client Submission",
                "RCPT TO:|550 5.7.708 Access denied, traffic not accepted from this IP",
                "BODY|554 5.2.252 SendAsDenied; not allowed to send as digest@hotel.example",
                "BODY|hang up")) {
            String[] parts = answer.split("\\|");
            server.answer(parts[0], parts[1]);
            DigestNode node = sending();
            await(answer).until(() -> !rows(PAUSES).isEmpty());
            assertThat(rows(DEAD)).as(answer).isEmpty();
            server.answer(parts[0], "");
            awaitDrained();
            node.close();
        }
    }

    @Test
    void aMailWhoseAcceptanceWasLostComesAgainAsTheSame() throws Exception {
        server.answer("BODY", "hang up");
        sending();
        await().until(() -> server.taken().size() >= 2);
        server.answer("BODY", "");
        awaitDrained();

        assertThatAllMailsAreTheSame();
    }

    @Test
    void whateverIsEditedTheRetryIsTheSameMailAndANewOneIsAsEdited() throws Exception {
        server.answer("BODY", "hang up");
        DigestNode node = sending();
        await().until(() -> !server.taken().isEmpty());
        Files.writeString(templates.resolve("digest.txt"), "edited: {countText}");
        server.answer("BODY", "");
        awaitDrained();
        assertThatAllMailsAreTheSame();
        int before = server.taken().size();

        node.threads(2);
        await().until(() -> server.taken().size() > before);
        assertThat(server.taken().get(before).text()).contains("\r\nedited: 1 thread\r\n", "<bdi>Subject 2</bdi>");
    }

    @Test
    void aBrokenTemplateIsOneFindingAndTheRowsWait() throws Exception {
        Files.writeString(templates.resolve("digest.html"), "<p>\n{#for thread in threads}\n{thread.sbject}\n{/for}\n");
        DigestNode node = node();
        node.threads(1, 2);
        node.threads(3);
        node.start();
        await().until(() -> !rows(PAUSES).isEmpty());
        assertThat(rows(PAUSES).get(0))
                .startsWith("digest|the template " + templates.resolve("digest.html") + ":2 is broken, fix it: ");
        Files.writeString(templates.resolve("digest.html"), "<p>\n{#for group in groups}\n{#if x}\n");
        await().until(() -> rows(PAUSES).get(0).contains("digest.html:3 is broken"));
        Files.delete(templates.resolve("digest.html"));
        awaitMails(1);
        awaitDrained();

        assertThat(mails.arrived().get(0).getSubject()).startsWith("Messages: 3 threads");
        assertThat(rows("SELECT id FROM spool_parcel WHERE attempts > 0 OR alone AND spool = 'digest'"))
                .isEmpty();
    }

    @Test
    void aBrokenTemplateIsSaidAtTheStartLongBeforeADigestIsDue() throws Exception {
        Files.writeString(templates.resolve("digest.txt"), "{#for group in groups}\n{#if group.nam}{/if}\n{/for}");
        try (LogLines lines = LogLines.of("io.threadpost.digest")) {
            node("threadpost.digest.cron", "0 0 0 1 1 ? 2099").start();

            assertThat(lines.lines())
                    .singleElement()
                    .asString()
                    .startsWith("digest:digest cannot be rendered, its threads will wait: the template "
                            + templates.resolve("digest.txt") + ":2 is broken, fix it: ");
        }
    }

    @Test
    void aBrokenListOfRecipientsIsOneFindingAndTheRowsWait() throws Exception {
        DigestNode node = node().start();
        node.another("digest-sales", Map.of("to", "sales@hotel.example; owner"));
        node.put("digest-sales", List.of(thread(1), thread(2)));
        await().until(() -> !rows(PAUSES).isEmpty());

        assertThat(rows(PAUSES))
                .containsExactly("digest-sales|digest:digest-sales: to: `sales@hotel.example; owner` is not a mail "
                        + "address; write one"
                        + " like reception@hotel.example or Reception <reception@hotel.example>");
        assertThat(rows("SELECT state, mark, attempts FROM spool_parcel")).containsExactly("waiting|0|0");
    }

    @Test
    void theBytesThatAreSentAreThoseThatLieInTheSpool() throws Exception {
        mails.stop();
        DigestNode node = node();
        node.threads(1);
        node.start();
        await().until(() -> !rows("SELECT id FROM spool_parcel WHERE spool = 'digest-mails'")
                .isEmpty());
        byte[] content = database.ledger().read(tx -> tx.one(
                        "SELECT items FROM spool_content JOIN spool_parcel ON id = parcel WHERE spool = 'digest-mails'",
                        row -> row.getBytes(1))
                .orElseThrow());
        mails.start();
        awaitMails(1);

        MimeMessage mail = mails.arrived().get(0);
        String sent =
                MailServer.text(mail).replaceFirst("(?s)^.*?Date:", "Date:").strip();
        assertThat(new String(content, java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains(sent);
    }

    @Test
    void nothingIsSaidToAServerWithoutTheEncryptionThatIsWanted() throws Exception {
        server.answer("EHLO", "250-here\r\n250 AUTH PLAIN");
        for (String tls : List.of("starttls", "tls")) {
            DigestNode node = sending(
                    "threadpost.smtp.tls", tls,
                    "threadpost.smtp.username", "hotel",
                    "threadpost.smtp.password", "s3cret-of-the-hotel");
            await(tls).until(() -> !rows(PAUSES).isEmpty());
            node.close();
        }

        assertThat(server.taken()).isEmpty();
        assertThat(server.commands()).noneMatch(command -> command.startsWith("AUTH") || command.startsWith("MAIL"));
        assertThat(rows(DEAD)).isEmpty();
    }

    @Test
    void aCertificateThatNobodyKnowsIsOneFindingAndTheMailsWait() throws Exception {
        ServerCertificate certificate = new ServerCertificate(folder.resolve("mail.p12"), "ip:127.0.0.1");
        for (String tls : List.of("starttls", "tls")) {
            try (ScriptedMailServer unknown = new ScriptedMailServer(certificate, tls.equals("tls"))) {
                unknown.answer("EHLO", "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN");
                DigestNode node = node(
                        "threadpost.smtp.port",
                        String.valueOf(unknown.port()),
                        "threadpost.smtp.tls",
                        tls,
                        "threadpost.smtp.username",
                        "hotel",
                        "threadpost.smtp.password",
                        "s3cret-of-the-hotel");
                node.threads(1);
                node.start();
                String finding = "digest-mails|mail server 127.0.0.1:" + unknown.port()
                        + ": its certificate is refused: unable to find valid certification path to requested target";
                await(tls).until(() -> rows(PAUSES).equals(List.of(finding)));

                assertThat(unknown.commands()).allMatch(said -> said.startsWith("EHLO") || said.equals("STARTTLS"));
                assertThat(rows("SELECT id FROM spool_parcel WHERE attempts > 0 OR state = 'dead'"))
                        .isEmpty();
                node.close();
            }
        }
    }

    @Test
    void nothingIsSentWithoutTheLoginThatIsSet() throws Exception {
        server.answer("RCPT TO:", "554 5.7.1 Relay access denied");
        sending("threadpost.smtp.username", "hotel", "threadpost.smtp.password", "s3cret-of-the-hotel");
        await().until(() -> !rows(PAUSES).isEmpty());

        assertThat(rows(PAUSES).get(0)).contains("it offers no login");
        assertThat(rows(DEAD)).isEmpty();
        assertThat(server.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }

    @Test
    void aRefusedLoginIsToldWithoutThePasswordAtEveryLevelOfTheLog() throws Exception {
        String password = "s3cret-of-the-hotel";
        server.answer("EHLO", "250-here\r\n250 AUTH PLAIN");
        server.answer("AUTH", "535 5.7.8 wrong user or password");
        Logger log = Logger.getLogger("org.eclipse.angus.mail");
        Level level = log.getLevel();
        log.setLevel(Level.ALL);
        List<String> said;
        try (LogLines lines = LogLines.of("org.eclipse.angus.mail")) {
            sending("threadpost.smtp.username", "hotel", "threadpost.smtp.password", password);
            await().until(() -> !rows(PAUSES).isEmpty());
            said = List.copyOf(lines.lines());
        } finally {
            log.setLevel(level);
        }

        assertThat(rows(PAUSES).get(0))
                .endsWith("535 5.7.8 wrong user or password; check the user and the password; with OAuth 2,"
                        + " that the application may send for this mailbox");
        String plain = Base64.getEncoder().encodeToString(("\0hotel\0" + password).getBytes());
        String login = Base64.getEncoder().encodeToString(password.getBytes());
        assertThat(server.commands()).anyMatch(command -> command.contains(plain) || command.contains(login));
        assertThat(said)
                .isNotEmpty()
                .noneMatch(line -> line.contains(password) || line.contains(plain) || line.contains(login));
    }

    /** @return a process that sends a digest of one thread to the scripted server */
    private DigestNode sending(String... more) throws Exception {
        String[] settings = Arrays.copyOf(more, more.length + 2);
        settings[more.length] = "threadpost.smtp.port";
        settings[more.length + 1] = String.valueOf(server.port());
        DigestNode node = node(settings);
        node.threads(1);
        return node.start();
    }

    private void assertThatAllMailsAreTheSame() {
        List<Taken> taken = server.taken();
        assertThat(taken).extracting(Taken::text).containsOnly(taken.get(0).text());
    }

    private List<String> recipients() {
        return server.taken().stream().map(Taken::recipient).toList();
    }
}
