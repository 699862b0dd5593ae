package io.threadpost.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

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
            @ResourceArg(name = "threadpost.http.hosts", value = "threadpost.example")
        })
class OperatorTokenTest {
    /** Any printable character may be in it. */
    static final String TOKEN = "[/~-\"rSROgz(>N-s`9^CO|m&d0>tUVVoL6,uKp=9W$38QQBHq=z=gaC]P;(9>+*,-mO/!S"
            + "!FnTnhPJ6&u=.f;hn<QekVnT^'PJ'hTX[(%yX]8(T`p(GpmsBU1J_x&p%,3eX.$);FM_M|4|+NuTf?Zx";

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
}
