package io.threadpost.mailbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.testing.TokenServer;

/** Login by OAuth 2: XOAUTH2 with tokens of a server's making; refresh tokens that change are kept. */
@OnBothDatabases
class OAuthTest extends MailboxBehaviour {
    private TokenServer tokens;

    @BeforeEach
    void startTokenServer() throws IOException {
        tokens = new TokenServer();
    }

    @AfterEach
    void stopTokenServer() {
        tokens.close();
    }

    private String[] settings(String... more) {
        List<String> all = new java.util.ArrayList<>(List.of(
                "threadpost.ledger.url",
                "jdbc:sqlite:state/ledger.db",
                "threadpost.mail.oauth.token-url",
                tokens.url(),
                "threadpost.mail.oauth.client-id",
                "the-client"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void applicationLogsInForItselfAndKeepsItsTokenForAWhile() throws Exception {
        server.token("access-token-1");
        tokens.give("access-token-1", null, 3600);
        watch(settings(
                "threadpost.mail.oauth.client-secret", "client-secret",
                "threadpost.mail.oauth.scope", "https://outlook.office365.com/.default"));
        server.hangUp();
        put("one");
        awaitStaged(1);

        assertThat(tokens.asked())
                .containsExactly("client_id=the-client&client_secret=client-secret"
                        + "&scope=https%3A%2F%2Foutlook.office365.com%2F.default&grant_type=client_credentials");
        assertThat(commands("AUTHENTICATE XOAUTH2")).hasSize(2);
    }

    @Test
    void tokenThatEndsIsAskedForAnew() throws Exception {
        server.token("access-token-1");
        tokens.give("access-token-1", null, 60);
        watch(settings("threadpost.mail.oauth.client-secret", "client-secret"));
        server.token("access-token-2");
        tokens.give("access-token-2", null, 60);
        server.hangUp();
        put("one");

        awaitStaged(1);
        assertThat(tokens.asked()).hasSize(2);
    }

    @Test
    void refreshTokenThatChangesIsKeptForItsOwnerOnlyAndUsedAfterARestart() throws Exception {
        server.token("access-token-1");
        tokens.give("access-token-1", "refresh-token-2", 3600);
        String[] settings = settings("threadpost.mail.oauth.refresh-token", "refresh-token-1");
        watch(settings);
        assertThat(tokens.asked())
                .containsExactly("client_id=the-client&grant_type=refresh_token&refresh_token=refresh-token-1");
        Path file = folder.resolve("state/mailbox-main.token");
        assertThat(Files.readAllLines(file)).hasSize(2).last().isEqualTo("refresh-token-2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.resolve("state")).isDirectoryNotContaining("glob:**.tmp");

        again(settings);
        assertThat(tokens.asked()).last().asString().endsWith("refresh_token=refresh-token-2");

        again(settings("threadpost.mail.oauth.refresh-token", "refresh-token-of-another-day"));
        assertThat(tokens.asked()).last().asString().endsWith("refresh_token=refresh-token-of-another-day");
    }

    @Test
    void refreshTokenThatCannotBeWrittenDownIsNotForgotten() throws Exception {
        server.token("access-token-1");
        tokens.give("access-token-1", "refresh-token-2", 3600);
        Path inTheWay = Files.createFile(folder.resolve("state"));
        begin(settings("threadpost.mail.oauth.refresh-token", "refresh-token-1"));
        await().until(() ->
                node.ledger.states().find("main").isPresent() && node.state().failures() > 1);
        assertThat(node.state().reason()).contains("the new refresh token cannot be kept");
        assertThat(tokens.asked()).hasSize(1);

        tokens.give("access-token-1", "refresh-token-3", 3600);
        Files.delete(inTheWay);
        looked();
        assertThat(tokens.asked()).hasSize(2).last().asString().endsWith("refresh_token=refresh-token-2");
        assertThat(Files.readAllLines(folder.resolve("state/mailbox-main.token")))
                .last()
                .isEqualTo("refresh-token-3");
    }

    @Test
    void refusedRefreshTokenIsSaidInTheServersWordsAndWithoutSecrets() throws Exception {
        tokens.answer(
                400,
                "{\"error\":\"invalid_grant\",\"error_description\":\"Token refresh-token-1 has been expired or "
                        + "revoked.\"}");
        begin(settings("threadpost.mail.oauth.refresh-token", "refresh-token-1"));
        await().until(() ->
                node.ledger.states().find("main").isPresent() && node.state().downSince() != null);

        assertThat(node.state().reason())
                .matches("OAuth 2 at 127\\.0\\.0\\.1:\\d+: refuses the application or its refresh token \\(400\\): "
                        + "invalid_grant"
                        + " Token \\*\\*\\* has been expired or revoked\\.; the refresh token has ended "
                        + "or was revoked: .*");
        assertThat(server.commands()).isEmpty();
        tokens.give("access-token-1", null, 3600);
        server.token("access-token-1");
        looked();
    }

    @Test
    void accessTokenThatTheMailServerRefusesIsNotUsedAgain() throws Exception {
        server.token("access-token-2");
        tokens.give("access-token-1", null, 3600);
        begin(settings("threadpost.mail.oauth.client-secret", "client-secret"));
        await().until(() ->
                node.ledger.states().find("main").isPresent() && node.state().downSince() != null);
        assertThat(node.state().reason()).contains("refuses the login of hotel@hotel.example: NO");

        tokens.give("access-token-2", null, 3600);
        looked();
        assertThat(node.secrets.redact("auth=Bearer access-token-2")).isEqualTo("auth=Bearer ***");
    }
}
