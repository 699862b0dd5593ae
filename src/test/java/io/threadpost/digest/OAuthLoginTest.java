package io.threadpost.digest;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.testing.ScriptedMailServer;
import io.threadpost.testing.ServerCertificate;
import io.threadpost.testing.TokenServer;

/** Digests to a mail server that takes no password: XOAUTH2, with tokens of a server's making. */
class OAuthLoginTest extends DigestBehaviour {
    private static final String PAUSES = "SELECT reason FROM spool_pause";

    private final ScriptedMailServer server = new ScriptedMailServer();
    private TokenServer tokens;

    @BeforeEach
    void startTokenServer() throws IOException {
        tokens = new TokenServer();
        server.answer("EHLO", "250-here\r\n250 AUTH LOGIN PLAIN XOAUTH2");
        server.answer("AUTH", "535 5.7.3 Authentication unsuccessful");
    }

    @AfterEach
    void stopServers() {
        tokens.close();
        server.close();
    }

    private void sending(ScriptedMailServer to, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "threadpost.smtp.port",
                String.valueOf(to.port()),
                "threadpost.smtp.username",
                "reception@hotel.example",
                "threadpost.smtp.oauth.token-url",
                tokens.url(),
                "threadpost.smtp.oauth.client-id",
                "the-client"));
        settings.addAll(Arrays.asList(more));
        DigestNode node = node(settings.toArray(String[]::new));
        node.threads(1);
        node.start();
    }

    private static String login(String token) {
        String plain = "user=reception@hotel.example\001auth=Bearer " + token + "\001\001";
        return "AUTH XOAUTH2 " + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void applicationLogsInForItself() throws Exception {
        tokens.give("access-1", "refresh-2", 3600);
        server.answer(login("access-1"), "235 2.7.0 fine");
        server.answer("AUTH", "");
        sending(
                server,
                "threadpost.smtp.oauth.client-secret",
                "client-secret",
                "threadpost.smtp.oauth.scope",
                "https://outlook.office365.com/.default");
        await().until(() -> server.taken().size() == 1);

        assertThat(tokens.asked())
                .containsExactly("client_id=the-client&client_secret=client-secret"
                        + "&scope=https%3A%2F%2Foutlook.office365.com%2F.default&grant_type=client_credentials");
    }

    @Test
    void tokenThatIsRefusedIsAskedForAnewAndNothingIsDead() throws Exception {
        tokens.give("access-1", "refresh-2", 3600);
        sending(server, "threadpost.smtp.oauth.refresh-token", "refresh-1");
        await().until(() -> !rows(PAUSES).isEmpty() && tokens.asked().size() > 1);
        assertThat(rows(PAUSES).get(0))
                .contains("535 5.7.3 Authentication unsuccessful; check the user and the password; with OAuth 2,");
        assertThat(tokens.asked().get(0)).endsWith("grant_type=refresh_token&refresh_token=refresh-1");
        assertThat(tokens.asked().get(1)).endsWith("refresh_token=refresh-2");
        assertThat(Files.readAllLines(folder.resolve("state/smtp.token")))
                .hasSize(2)
                .last()
                .isEqualTo("refresh-2");

        server.answer("AUTH", "235 2.7.0 fine");
        await().until(() -> server.taken().size() == 1);
        assertThat(rows(DEAD)).isEmpty();
    }

    /** As Gmail does it. */
    @Test
    void refusalInAChallengeIsRead() throws Exception {
        String reason = "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}";
        server.answer("AUTH", "334 " + Base64.getEncoder().encodeToString(reason.getBytes(StandardCharsets.US_ASCII)));
        tokens.give("access-1", "refresh-2", 3600);
        sending(server, "threadpost.smtp.oauth.refresh-token", "refresh-1");
        await().until(() -> !rows(PAUSES).isEmpty() && tokens.asked().size() > 1);

        assertThat(rows(PAUSES).get(0))
                .startsWith("mail server 127.0.0.1:" + server.port() + ": it refuses the access token: " + reason
                        + "; check the application's rights");
    }

    @Test
    void refusedApplicationIsSaidAndTheMailWaits() throws Exception {
        tokens.answer(
                401,
                "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: The secret client-secret is "
                        + "expired.\"}");
        sending(server, "threadpost.smtp.oauth.client-secret", "client-secret");
        await().until(() -> !rows(PAUSES).isEmpty());

        assertThat(rows(PAUSES).get(0))
                .startsWith("mail server 127.0.0.1:" + server.port() + ": OAuth 2 at 127.0.0.1:")
                .contains("AADSTS7000222", "the client secret has expired: make a new one");
        assertThat(server.commands()).isEmpty();
        assertThat(rows(DEAD)).isEmpty();
    }

    @Test
    void authorityOfTheHouseIsTrusted() throws Exception {
        ServerCertificate certificate = new ServerCertificate(folder.resolve("mail.p12"), "ip:127.0.0.1");
        String authority = Files.writeString(folder.resolve("authority.pem"), certificate.pem())
                .toString();
        tokens.give("access-1", "refresh-2", 3600);
        for (String tls : List.of("starttls", "tls")) {
            try (ScriptedMailServer encrypted = new ScriptedMailServer(certificate, tls.equals("tls"))) {
                encrypted.answer("EHLO", "250-here\r\n250-STARTTLS\r\n250 AUTH XOAUTH2");
                encrypted.answer("AUTH", "235 2.7.0 fine");
                sending(
                        encrypted,
                        "threadpost.smtp.tls",
                        tls,
                        "threadpost.smtp.oauth.client-secret",
                        "client-secret",
                        "threadpost.network.authorities",
                        authority);
                await(tls).until(() -> !encrypted.taken().isEmpty());
                assertThat(encrypted.commandsInClear()).noneMatch(command -> command.startsWith("AUTH"));
            }
        }
    }
}
