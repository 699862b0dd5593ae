package io.threadpost.docs;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.Ledger;
import io.threadpost.mail.Arrival;
import io.threadpost.mail.Mails;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.settings.Settings;
import io.threadpost.testing.InjectSandbox;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/** The rule for mails of {@code docs/writing-routes.md}, saved into the folder of a running installation. */
@Tag("alone")
@QuarkusTest
@WithTestResource(
        value = SandboxResource.class,
        initArgs = {@ResourceArg(name = "copy-routes", value = "true")})
class MailExampleTest {
    private static final String FILE = "mail-to-thread.camel.yaml";

    @TestHTTPResource
    URI main;

    @InjectSandbox
    SandboxPlatform platform;

    @Inject
    Settings settings;

    @Inject
    CamelContext camel;

    @Inject
    Mails mails;

    @Inject
    Ledger ledger;

    @Test
    void mailsThatTheRuleNamesWaitForAPersonAndTheOthersAreThreadsOfTheirAddress() throws Exception {
        Files.writeString(
                settings.routes().directory().resolve(FILE),
                Page.of("docs/writing-routes.md")
                        .example("Park mails by a rule of your own", FILE)
                        .yaml());
        await().until(() -> camel.getRoute("mail-to-thread") != null
                && camel.getRoute("mail-to-thread").getDescription().contains("menus"));
        stage("The menu of this week");
        stage("[SPAM?] Re: Re: Late arrival");

        await().untilAsserted(() -> assertThat(get("/api/mails?state=parked").findValuesAsText("reason"))
                .containsExactly("kitchen"));
        await().until(() -> platform.subjects().contains("Re: Late arrival"));
        String thread = get("/api/mails?state=thread").at("/mails/0/thread").asText();
        assertThat(platform.threadJson(thread)).contains("\"jo@caterer.example\"");

        assertThat(RawRequest.to(main)
                        .header("Content-Type: application/json")
                        .post("/api/mails/release", "{\"reason\":\"kitchen\"}")
                        .json()
                        .path("released")
                        .asInt())
                .isEqualTo(1);
        await().until(() -> platform.subjects().contains("The menu of this week"));
    }

    private JsonNode get(String path) {
        return RawRequest.to(main).get(path).json();
    }

    private void stage(String subject) throws IOException {
        Path raw = Files.createTempFile("mail", ".eml");
        Files.writeString(raw, "From: Jo <jo@caterer.example>\nSubject: " + subject + "\n\nHello\n");
        Arrival arrival = Arrival.of("main", "main", Instant.now(), raw);
        ledger.write(tx -> mails.stage(tx, arrival));
        mails.wake();
        Files.delete(raw);
    }
}
