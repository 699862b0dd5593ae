package io.threadpost.docs;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.json.RawJson;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.testing.MailServer;
import io.threadpost.testing.MailServerResource;
import io.threadpost.testing.SandboxResource;

/**
 * The second digest of {@code docs/write-routes.md}, saved into the folder of a running installation; only its times
 * are others.
 */
@Tag("alone")
@QuarkusTest
@WithTestResource(MailServerResource.class)
@WithTestResource(
        value = SandboxResource.class,
        initArgs = {@ResourceArg(name = "copy-routes", value = "true")})
class DigestExampleTest {
    private static final Page PAGE = Page.of("docs/write-routes.md");
    private static final String SECTION = "A second digest";

    @Inject
    Settings settings;

    @Inject
    RouteFiles files;

    @Inject
    CamelContext camel;

    MailServer mails;

    @Test
    void theSecondDigestHasItsOwnRuleRecipientsAndLanguage() throws Exception {
        save(
                "to-sales.camel.yaml",
                PAGE.example(SECTION, "to-sales.camel.yaml").yaml().replace("0 0 8,16 ? * MON-FRI", "\"* * * * * ?\""));
        save(
                "route-thread.camel.yaml",
                PAGE.example(SECTION, "route-thread.camel.yaml").yaml());
        await().until(() -> files.statuses().stream().noneMatch(RouteFileStatus::broken)
                && camel.getRoute("to-sales") != null
                && Optional.ofNullable(camel.getRoute("route-thread"))
                        .filter(route -> route.getDescription().contains("sales"))
                        .isPresent());
        route("1", "Conference in May");
        route("2", "Late arrival");
        await().until(() -> mails.arrived().size() == 2);

        MimeMessage mail = mails.arrived().get(0);
        assertThat(mail.getSubject()).startsWith("Conferences: 1 Unterhaltung, ");
        assertThat(mail.getRecipients(Message.RecipientType.TO))
                .extracting(Object::toString)
                .containsExactly("Sales <sales@hotel.example>", "events@hotel.example");
        assertThat(MailServer.text(mail)).contains("Conference in May").doesNotContain("Late arrival");
    }

    private void save(String name, String yaml) throws Exception {
        Files.writeString(settings.get(SettingsCatalogue.ROUTES_DIRECTORY).resolve(name), yaml);
    }

    private void route(String id, String subject) {
        camel.createProducerTemplate()
                .sendBodyAndHeaders(
                        "direct:route-thread",
                        new RawJson(("{\"Id\":\"" + id + "\",\"OriginalSender\":\"Jo\",\"Subject\":\"" + subject
                                        + "\",\"UpdatedUtc\":\"2026-11-02T10:00:00Z\"}")
                                .getBytes()),
                        Map.of("ThreadpostKey", id, "ThreadpostConnection", "main"));
    }
}
