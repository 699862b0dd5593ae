package io.threadpost.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/** With a token, whoever shows it may act, under any name of this machine; nobody else. */
@Tag("alone")
@QuarkusTest
@WithTestResource(
        value = SandboxResource.class,
        initArgs = {
            @ResourceArg(name = "threadpost.api.token", value = OperatorTokenTest.TOKEN),
            @ResourceArg(name = "threadpost.api.read-token", value = OperatorTokenTest.READ_TOKEN),
            @ResourceArg(name = "threadpost.api.proxy.addresses", value = "10.0.0.0/8, " + OperatorTokenTest.PROXY),
            @ResourceArg(name = "threadpost.api.proxy.operators", value = "anna@hotel.example"),
            @ResourceArg(name = "threadpost.webhook.secret", value = OperatorTokenTest.SECRET),
            @ResourceArg(name = "threadpost.http.hosts", value = "threadpost.example")
        })
class OperatorTokenTest {
    /** Any printable character may be in it. */
    static final String TOKEN = "[/~-\"rSROgz(>N-s`9^CO|m&d0>tUVVoL6,uKp=9W$38QQBHq=z=gaC]P;(9>+*,-mO/!S"
            + "!FnTnhPJ6&u=.f;hn<QekVnT^'PJ'hTX[(%yX]8(T`p(GpmsBU1J_x&p%,3eX.$);FM_M|4|+NuTf?Zx";

    static final String READ_TOKEN = "a token that only reads, 2026";
    /** A client of this machine that is not the others. */
    static final String PROXY = "127.0.0.2";

    static final String SECRET = "a-secret-in-the-path-0123456789";

    @TestHTTPResource
    URI main;

    @TestHTTPResource(management = true)
    URI management;

    @Test
    void whoeverShowsItMayAct() {
        RawRequest.Answer answer = RawRequest.to(main)
                .header("Host: threadpost.example")
                .header("Authorization: Bearer " + TOKEN)
                .header("Content-Type: application/json")
                .post("/api/spools/files/try", "{}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer another-token-of-nobody",
                "Authorization: Bearer ",
                "Authorization: Basic " + TOKEN,
                "X-Token: " + TOKEN
            })
    void nobodyElseDoes(String header) {
        for (String path : new String[] {"/api/spools", "/api/spools/_all/dead", "/api/nothing"}) {
            RawRequest.Answer answer = RawRequest.to(main).header(header).get(path);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain(TOKEN, "files");
        }
    }

    @Test
    void whoeverShowsTheReadingTokenReads() {
        String bearer = "Authorization: Bearer " + READ_TOKEN;
        assertThat(RawRequest.to(main).header(bearer).get("/api/spools").status())
                .isEqualTo(200);

        RawRequest.Answer act = RawRequest.to(main)
                .header(bearer)
                .header("Content-Type: application/json")
                .post("/api/spools/files/try", "{}");

        assertThat(act.status()).isEqualTo(403);
        assertThat(act.body()).contains("may read, not act").doesNotContain(READ_TOKEN);
    }

    @Test
    void whoeverSignsInWithTheReadingTokenLooks() {
        RawRequest.Answer login = form().post("/login", login(READ_TOKEN, "/"));
        String session = "Cookie: " + login.header("Set-Cookie").replaceFirst(";.*", "");

        assertThat(RawRequest.to(main).header(session).get("/").body()).contains("class=\"reader\"", "Sign out");
        for (String form : List.of("/actions/spool-hold", "/person", "/person/export", "/person/erase")) {
            assertThat(form(session)
                            .post(form, "spool=files&address=a@b.example")
                            .status())
                    .as(form)
                    .isEqualTo(403);
        }
        assertThat(form(session).post("/logout", "").status()).isEqualTo(303);
    }

    @Test
    void theProxysUsersAreAdmittedAndItsOperatorsAct() {
        String anna = "X-Forwarded-User: anna@hotel.example";
        assertThat(RawRequest.to(main)
                        .from(PROXY)
                        .header("X-Forwarded-User: ben")
                        .get("/")
                        .status())
                .isEqualTo(200);
        assertThat(form("X-Forwarded-User: ben")
                        .from(PROXY)
                        .post("/actions/spool-try", "spool=files")
                        .status())
                .isEqualTo(403);
        assertThat(form(anna)
                        .from(PROXY)
                        .post("/actions/spool-try", "spool=files")
                        .status())
                .isEqualTo(303);
        assertThat(RawRequest.to(main)
                        .from(PROXY)
                        .header(anna)
                        .get("/api/audit?limit=1")
                        .json()
                        .get("entries")
                        .get(0)
                        .get("who")
                        .asText())
                .isEqualTo("user anna@hotel.example, on the page");
        // Its users' browsers open pages of other sites, too.
        assertThat(form(anna)
                        .from(PROXY)
                        .header("Sec-Fetch-Site: cross-site")
                        .post("/actions/spool-try", "spool=files")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aNameProvesNothingFromElsewhere() {
        String anna = "X-Forwarded-User: anna@hotel.example";
        assertThat(RawRequest.to(main).header(anna).get("/api/spools").status()).isEqualTo(401);
        assertThat(RawRequest.to(main)
                        .header(anna)
                        .header("X-Forwarded-For: " + PROXY)
                        .header("Forwarded: for=" + PROXY)
                        .get("/api/spools")
                        .status())
                .isEqualTo(401);
        assertThat(RawRequest.to(main).header(anna).get("/").status()).isEqualTo(303);
        for (String name : List.of("", " ", "a,b", "<b>", "x".repeat(101))) {
            assertThat(RawRequest.to(main)
                            .from(PROXY)
                            .header("X-Forwarded-User: " + name)
                            .get("/api/spools")
                            .status())
                    .as(name)
                    .isEqualTo(401);
        }
        assertThat(RawRequest.to(main)
                        .from(PROXY)
                        .header(anna)
                        .header("X-Forwarded-User: eve")
                        .get("/api/spools")
                        .status())
                .isEqualTo(401);
    }

    /** The platform has no token, and does not wait for what follows from its call. */
    @Test
    void whoeverKnowsItsSecretMayCallTheWebhook() {
        for (String body : new String[] {"{\"Events\":[]}", "", "not JSON", "x".repeat(200_000)}) {
            assertThat(RawRequest.to(main)
                            .header("Content-Type: application/json")
                            .post("/webhook/" + SECRET, body)
                            .status())
                    .isEqualTo(200);
        }
        for (String path : List.of("/webhook/another-secret-of-nobody", "/webhook/" + SECRET + "x", "/webhook/x")) {
            assertThat(RawRequest.to(main).post(path, "{}").status()).as(path).isEqualTo(404);
        }
        assertThat(RawRequest.to(main).get("/webhook/" + SECRET).status()).isNotEqualTo(200);
        assertThat(RawRequest.to(management).get("/observe/metrics").body())
                .doesNotContain(SECRET, "another-secret-of-nobody");
    }

    @Test
    void halfRequestsSilenceNeitherPort() throws IOException {
        List<Socket> half = new ArrayList<>();
        try {
            for (URI port : List.of(main, management)) {
                for (int i = 0; i < 600; i++) {
                    Socket socket = new Socket(port.getHost(), port.getPort());
                    half.add(socket);
                    socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\nX: ".getBytes(UTF_8));
                }
                assertThat(RawRequest.to(main)
                                .header("Authorization: Bearer " + TOKEN)
                                .get("/api/spools")
                                .status())
                        .isEqualTo(200);
                assertThat(RawRequest.to(management).get("/observe/health/live").status())
                        .isEqualTo(200);
            }
        } finally {
            for (Socket socket : half) {
                socket.close();
            }
        }
    }

    @Test
    void managementPortIsAskedByItsOwnName() {
        for (String host : List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1")) {
            RawRequest.Answer answer = RawRequest.to(management)
                    .header("Host: " + host + ":" + management.getPort())
                    .get("/observe/health/live");

            assertThat(answer.status()).as(host).isEqualTo(403);
            assertThat(answer.body()).endsWith("threadpost.http.hosts\n");
        }
        for (String host : List.of("localhost", "127.0.0.1", "[::1]", "threadpost.example")) {
            assertThat(RawRequest.to(management)
                            .header("Host: " + host)
                            .get("/observe/health/live")
                            .status())
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsAskedInVainIsNoLabel() {
        RawRequest.to(main).get("/api/spools/asked-in-vain/dead");
        RawRequest.to(management).get("/observe/asked-in-vain");
        RawRequest.to(management).header("Host: a b").get("/observe/asked-in-vain");

        assertThat(RawRequest.to(management).get("/observe/metrics").body())
                .contains("http_server_requests_seconds_count")
                .doesNotContain("asked-in-vain");
    }

    @Test
    void anotherSitesPageMayNotEvenWithIt() {
        assertThat(RawRequest.to(main)
                        .header("Authorization: Bearer " + TOKEN)
                        .header("Origin: https://evil.example")
                        .get("/api/spools")
                        .status())
                .isEqualTo(403);
    }

    private RawRequest form(String... headers) {
        RawRequest request = RawRequest.to(main)
                .header("Host: threadpost.example")
                .header("Origin: https://threadpost.example")
                .header("Content-Type: application/x-www-form-urlencoded");
        List.of(headers).forEach(request::header);
        return request;
    }

    private static String login(String token, String to) {
        return "token=" + URLEncoder.encode(token, UTF_8) + "&to=" + URLEncoder.encode(to, UTF_8);
    }

    @Test
    void thePageAsksForIt() {
        for (String cookie : List.of("a=b", "threadpost-session=", "threadpost-session=" + TOKEN.replace(';', '.'))) {
            RawRequest.Answer answer =
                    RawRequest.to(main).header("Cookie: " + cookie).get("/spools/files?after=1");

            assertThat(answer.status()).as(cookie).isEqualTo(303);
            assertThat(answer.header("Location")).isEqualTo("/login?to=%2Fspools%2Ffiles%3Fafter%3D1");
            assertThat(answer.body()).isEmpty();
        }
        assertThat(RawRequest.to(main).get("/login?to=/mails").body())
                .contains("type=\"password\"", "name=\"to\" value=\"/mails\"")
                .doesNotContain("files", TOKEN);
        assertThat(form("Cookie: threadpost-session=9999999999.00")
                        .post("/actions/spool-hold", "spool=files")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whoeverSignsInMayLookAndActUntilHeSignsOut() {
        RawRequest.Answer answer = form().post("/login", login(TOKEN, "/mails?state=parked"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/mails?state=parked");
        assertThat(answer.header("Set-Cookie"))
                .contains("HTTPOnly", "Secure", "SameSite=Strict", "Path=/", "Max-Age=43200");
        String session = "Cookie: " + answer.header("Set-Cookie").replaceFirst(";.*", "");
        assertThat(session).matches("Cookie: threadpost-session=\\d+\\.[0-9a-f]{64}");

        assertThat(RawRequest.to(main).header(session).get("/").body()).contains("route-thread.camel.yaml", "Sign out");
        assertThat(form(session).post("/actions/spool-try", "spool=files").status())
                .isEqualTo(303);
        // The interface for programs wants the token itself.
        assertThat(RawRequest.to(main).header(session).get("/api/spools").status())
                .isEqualTo(401);
        String later = session.replaceFirst("=\\d+", "=9999999999");
        assertThat(RawRequest.to(main).header(later).get("/").status()).isEqualTo(303);
        assertThat(form(session).post("/logout", "").header("Set-Cookie"))
                .contains("threadpost-session=;", "Max-Age=0");
    }

    @Test
    void aSessionEnds() throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        for (long end : List.of(now - 1, now + 60)) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(TOKEN.getBytes(UTF_8), "HmacSHA256"));
            String signature = HexFormat.of().formatHex(mac.doFinal(("threadpost page " + end).getBytes(UTF_8)));

            assertThat(RawRequest.to(main)
                            .header("Cookie: threadpost-session=" + end + "." + signature)
                            .get("/")
                            .status())
                    .isEqualTo(end > now ? 200 : 303);
        }
    }

    @Test
    void whoeverGuessesDoesNotSignIn() {
        RawRequest.Answer wrong = form().post("/login", login("another-token-of-nobody", "/"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("Set-Cookie")).isEmpty();
        assertThat(wrong.body()).contains("The token is wrong.").doesNotContain("another-token-of-nobody");
        assertThat(RawRequest.to(main)
                        .header("Content-Type: application/x-www-form-urlencoded")
                        .header("Origin: https://evil.example")
                        .post("/login", login(TOKEN, "/"))
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "//evil.example", "/\\evil.example", "evil", "/a\r\nX: y"})
    void theLoginLeadsNowhereElse(String to) {
        assertThat(form().post("/login", login(TOKEN, to)).header("Location")).isEqualTo("/");
    }
}
