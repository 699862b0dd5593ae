package io.threadpost.docs;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.Ledger;
import io.threadpost.mail.FetchedMail;
import io.threadpost.mail.MailRepository;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.testing.InjectSandbox;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/**
 * The rules for mails of {@code docs/write-routes.md} and {@code docs/write-routes/mails.md}, saved into the folder of
 * a running installation.
 */
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
    MailRepository mailRepository;

    @Inject
    Ledger ledger;

    @Test
    void mailsThatTheRuleNamesWaitForAPersonAndTheOthersAreThreadsOfTheirAddress() throws Exception {
        save(Page.of("docs/write-routes.md").example("Park mails by your own rule", FILE), "menus");
        stage("From: Jo <jo@caterer.example>\nSubject: The menu of this week\n\nHello\n");
        stage("From: Jo <jo@caterer.example>\nSubject: [SPAM?] Re: Re: Late arrival\n\nHello\n");

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

    @Test
    void whatAContactFormSendsIsFromItsGuest() throws Exception {
        save(Page.of("docs/write-routes/mails.md").example("Contact forms", FILE), "contact form");
        String form = "From: Website <form@hotel.example>\nAuto-Submitted: auto-generated\n";
        stage(form + "Reply-To: Eva Novak <eva@guest.example>\nSubject: Two rooms\n\nHello\n");
        stage(form + "Subject: Nobody asks\n\nHello\n");
        stage("From: Pan <pan@guest.example>\nReply-To: Eva <eva@guest.example>\nSubject: One room\n\nHello\n");

        await().until(() ->
                platform.subjects().contains("Two rooms") && platform.subjects().contains("One room"));
        await().untilAsserted(() -> assertThat(get("/api/mails?state=parked").findValuesAsText("reason"))
                .containsExactly("no-guest"));
        await().untilAsserted(() -> assertThat(get("/api/mails?state=thread").findValuesAsText("thread"))
                .extracting(thread -> platform.threadJson(thread))
                .anyMatch(thread -> thread.contains("\"Eva Novak <eva@guest.example>\""))
                .anyMatch(thread -> thread.contains("\"Pan <pan@guest.example>\"")));
    }

    @AfterEach
    void nothingIsLeft() {
        for (String table : List.of("mail_raw", "mail_reading", "mail")) {
            ledger.write(tx -> tx.update("DELETE FROM " + table));
        }
    }

    private void save(Page.Example example, String description) throws IOException {
        Files.writeString(settings.get(SettingsCatalogue.ROUTES_DIRECTORY).resolve(FILE), example.yaml());
        await().until(() -> camel.getRoute("mail-to-thread") != null
                && camel.getRoute("mail-to-thread").getDescription().contains(description));
    }

    private JsonNode get(String path) {
        return RawRequest.to(main).get(path).json();
    }

    private void stage(String mail) throws IOException {
        Path raw = Files.createTempFile("mail", ".eml");
        Files.writeString(raw, mail);
        FetchedMail fetchedMail = FetchedMail.of("main", "main", Instant.now(), raw);
        ledger.write(tx -> mailRepository.stage(tx, fetchedMail));
        mailRepository.wake();
        Files.delete(raw);
    }
}
