package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.ModelImapServer;
import io.threadpost.testing.ScriptedMailServer;
import io.threadpost.testing.ServerCertificate;

/** The real program and a mail server with a certificate of a private authority, which Java is told to trust. */
class MailEncryptionIT {
    private static final String PASSWORD = "s3cret-of-the-hotel";
    private static final String MAIL =
            "Message-ID: <1@guest.example>\r\nFrom: Anna <anna@guest.example>\r\nSubject: Parking\r\n\r\n"
                    + "Is there a space for a van?\r\n";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void digestGoesOutEncryptedByAServerThatIsTrusted(String tls) throws Exception {
        ServerCertificate certificate = new ServerCertificate(temporary.resolve("mail.p12"), "ip:127.0.0.1");
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().threads(20));
                ScriptedMailServer mails = server(certificate, tls);
                Installation installation = installation(platform, mails, certificate, tls)) {
            installation.start();
            await("a digest").until(() -> !mails.taken().isEmpty());

            assertThat(mails.commands()).anyMatch(command -> command.startsWith("AUTH"));
            assertThat(mails.commandsInClear())
                    .allMatch(command -> command.startsWith("EHLO") || command.equals("STARTTLS"));
            assertThat(installation.stop()).isIn(0, 143);
        }
    }

    @Test
    void certificateOfAnotherNameIsSaidAndNothingIsTold() throws Exception {
        ServerCertificate certificate = new ServerCertificate(temporary.resolve("mail.p12"), "dns:other.example");
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().threads(20));
                ScriptedMailServer mails = server(certificate, "starttls");
                Installation installation = installation(platform, mails, certificate, "starttls")) {
            installation.start();
            await("the finding").until(() -> installation.said().contains("its certificate is refused: "));

            assertThat(installation.said().lines().filter(line -> line.contains("its certificate is refused")))
                    .allMatch(line -> line.contains("spool digest-mails: nothing leaves it"));
            assertThat(mails.commands()).allMatch(command -> command.startsWith("EHLO") || command.equals("STARTTLS"));
            assertThat(installation.stop()).isIn(0, 143);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void mailComesInEncryptedFromAServerThatIsTrusted(String tls) throws Exception {
        ServerCertificate certificate = new ServerCertificate(temporary.resolve("mail.p12"), "ip:127.0.0.1");
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions());
                ModelImapServer mails = mailbox(certificate, tls);
                Installation installation = watching(platform, mails, certificate, tls)) {
            mails.put("INBOX", MAIL, Instant.now());
            installation.start();
            await("a thread").until(() -> platform.subjects().contains("Parking"));

            assertThat(mails.commands()).anyMatch(command -> command.startsWith("AUTHENTICATE"));
            assertThat(mails.commandsInClear())
                    .isSubsetOf(tls.equals("tls") ? List.of() : List.of("CAPABILITY", "STARTTLS"));
            assertThat(installation.stop()).isIn(0, 143);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void mailboxWithACertificateOfAnotherNameIsSaidAndNothingIsTold(String tls) throws Exception {
        ServerCertificate certificate = new ServerCertificate(temporary.resolve("mail.p12"), "dns:other.example");
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions());
                ModelImapServer mails = mailbox(certificate, tls);
                Installation installation = watching(platform, mails, certificate, tls)) {
            installation.start();
            await("the finding").until(() -> installation.said().contains("its certificate is refused: "));

            assertThat(installation.said()).doesNotContain("\tat ");
            assertThat(mails.commands()).isSubsetOf("CAPABILITY", "STARTTLS");
            assertThat(installation.stop()).isIn(0, 143);
        }
    }

    private static ModelImapServer mailbox(ServerCertificate certificate, String tls) {
        ModelImapServer server = new ModelImapServer(certificate, tls.equals("tls"));
        server.password(PASSWORD);
        server.capabilities("UIDPLUS", "MOVE", "STARTTLS");
        return server;
    }

    private Installation watching(
            SandboxPlatform platform, ModelImapServer mails, ServerCertificate certificate, String tls)
            throws Exception {
        return installation(
                certificate,
                Map.of(
                        "threadpost.connector.address",
                        platform.address().toString(),
                        "threadpost.mail.host",
                        "127.0.0.1",
                        "threadpost.mail.port",
                        String.valueOf(mails.port()),
                        "threadpost.mail.username",
                        "hotel",
                        "threadpost.mail.password",
                        PASSWORD,
                        "threadpost.mail.tls",
                        tls,
                        "threadpost.mail.start",
                        "everything",
                        "threadpost.mail.poll",
                        "1s"));
    }

    private static ScriptedMailServer server(ServerCertificate certificate, String tls) {
        ScriptedMailServer server = new ScriptedMailServer(certificate, tls.equals("tls"));
        server.answer("EHLO", "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN");
        server.answer("AUTH", "235 welcome");
        return server;
    }

    private Installation installation(
            SandboxPlatform platform, ScriptedMailServer mails, ServerCertificate certificate, String tls)
            throws Exception {
        return installation(
                certificate,
                Map.ofEntries(
                        Map.entry(
                                "threadpost.connector.address",
                                platform.address().toString()),
                        Map.entry("threadpost.pull.start", "P30D"),
                        Map.entry("threadpost.pull.period", "1s"),
                        Map.entry("threadpost.smtp.host", "127.0.0.1"),
                        Map.entry("threadpost.smtp.port", String.valueOf(mails.port())),
                        Map.entry("threadpost.smtp.username", "hotel"),
                        Map.entry("threadpost.smtp.password", PASSWORD),
                        Map.entry("threadpost.smtp.tls", tls),
                        Map.entry("threadpost.digest.from", "digest@hotel.example"),
                        Map.entry("threadpost.digest.to", "reception@hotel.example"),
                        Map.entry("threadpost.digest.cron", "* * * * * ?")));
    }

    private Installation installation(ServerCertificate certificate, Map<String, String> settings) throws Exception {
        return new Installation(Files.createDirectory(temporary.resolve("installation")), settings)
                .jvm("-Djavax.net.ssl.trustStore=" + certificate.file())
                .jvm("-Djavax.net.ssl.trustStorePassword=" + ServerCertificate.PASSWORD);
    }
}
