package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

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

/** The real program and mail servers with a certificate of a private authority, which Java is told to trust. */
class MailEncryptionIT {
    private static final String PASSWORD = "s3cret-of-the-hotel";
    private static final String MAIL =
            "Message-ID: <1@guest.example>\r\nFrom: Anna <anna@guest.example>\r\nSubject: Parking\r\n\r\n"
                    + "Is there a space for a van?\r\n";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void mailComesAndGoesEncryptedWithServersThatAreTrusted(String tls) throws Exception {
        ServerCertificate certificate = new ServerCertificate(temporary.resolve("mail.p12"), "ip:127.0.0.1");
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().threads(20));
                ScriptedMailServer out = outgoing(certificate, tls);
                ModelImapServer in = incoming(certificate, tls);
                Installation installation = installation(platform, out, in, certificate, tls)) {
            in.put("INBOX", MAIL, Instant.now());
            installation.start();
            await("a digest").until(() -> !out.taken().isEmpty());
            await("a thread").until(() -> platform.subjects().contains("Parking"));

            assertThat(out.commands()).anyMatch(command -> command.startsWith("AUTH"));
            assertThat(out.commandsInClear())
                    .allMatch(command -> command.startsWith("EHLO") || command.equals("STARTTLS"));
            assertThat(in.commands()).anyMatch(command -> command.startsWith("AUTHENTICATE"));
            assertThat(in.commandsInClear()).isSubsetOf("CAPABILITY", "STARTTLS");
            assertThat(installation.stop()).isIn(0, 143);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"starttls", "tls"})
    void certificateOfAnotherNameIsSaidAndNothingIsTold(String tls) throws Exception {
        ServerCertificate certificate = new ServerCertificate(temporary.resolve("mail.p12"), "dns:other.example");
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().threads(20));
                ScriptedMailServer out = outgoing(certificate, tls);
                ModelImapServer in = incoming(certificate, tls);
                Installation installation = installation(platform, out, in, certificate, tls)) {
            installation.start();
            await("both findings")
                    .until(() -> refused(installation, "spool digest-mails: paused")
                            && refused(installation, "mailbox main is down"));

            assertThat(installation.said()).doesNotContain("\tat ");
            assertThat(out.commands()).allMatch(command -> command.startsWith("EHLO") || command.equals("STARTTLS"));
            assertThat(in.commands()).isSubsetOf("CAPABILITY", "STARTTLS");
            assertThat(installation.stop()).isIn(0, 143);
        }
    }

    private static boolean refused(Installation installation, String what) throws IOException {
        return installation
                .said()
                .lines()
                .anyMatch(line -> line.contains(what) && line.contains("its certificate is refused: "));
    }

    private static ScriptedMailServer outgoing(ServerCertificate certificate, String tls) {
        ScriptedMailServer server = new ScriptedMailServer(certificate, tls.equals("tls"));
        server.answer("EHLO", "250-here\r\n250-STARTTLS\r\n250 AUTH PLAIN");
        server.answer("AUTH", "235 welcome");
        return server;
    }

    private static ModelImapServer incoming(ServerCertificate certificate, String tls) {
        ModelImapServer server = new ModelImapServer(certificate, tls.equals("tls"));
        server.password(PASSWORD);
        server.capabilities("UIDPLUS", "MOVE", "STARTTLS");
        return server;
    }

    private Installation installation(
            SandboxPlatform platform,
            ScriptedMailServer out,
            ModelImapServer in,
            ServerCertificate certificate,
            String tls)
            throws Exception {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "threadpost.connector.address", platform.address().toString(),
                "threadpost.pull.start", "P30D",
                "threadpost.pull.period", "1s"));
        settings.putAll(Map.of(
                "threadpost.smtp.host", "127.0.0.1",
                "threadpost.smtp.port", String.valueOf(out.port()),
                "threadpost.smtp.username", "hotel",
                "threadpost.smtp.password", PASSWORD,
                "threadpost.smtp.tls", tls,
                "threadpost.digest.from", "digest@hotel.example",
                "threadpost.digest.to", "reception@hotel.example",
                "threadpost.digest.cron", "* * * * * ?"));
        settings.putAll(Map.of(
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(in.port()),
                "threadpost.mail.username", "hotel",
                "threadpost.mail.password", PASSWORD,
                "threadpost.mail.tls", tls,
                "threadpost.mail.start", "everything",
                "threadpost.mail.poll", "1s"));
        return new Installation(Files.createDirectory(temporary.resolve("installation")), settings)
                .jvm("-Djavax.net.ssl.trustStore=" + certificate.file())
                .jvm("-Djavax.net.ssl.trustStorePassword=" + ServerCertificate.PASSWORD);
    }
}
