package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

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
        initArgs = @ResourceArg(name = "threadpost.api.token", value = OperatorTokenTest.TOKEN))
class OperatorTokenTest {
    static final String TOKEN = "operators-own-token";

    @TestHTTPResource
    URI main;

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
                "Authorization: Bearer operators-own-toke",
                "Authorization: Bearer ",
                "Authorization: Basic operators-own-token",
                "X-Token: operators-own-token"
            })
    void nobodyElseDoes(String header) {
        for (String path : new String[] {"/api/spools", "/api/spools/_all/dead", "/api/nothing"}) {
            RawRequest.Answer answer = RawRequest.to(main).header(header).get(path);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).doesNotContain(TOKEN, "files");
        }
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
