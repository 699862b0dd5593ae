package io.threadpost.docs;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.Sources;
import io.threadpost.ledger.Ledger;
import io.threadpost.mail.FetchedMail;
import io.threadpost.mail.MailRepository;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/**
 * The requests that {@code docs/operate/mails.md} shows, sent as they stand there, but for port and number, to a
 * process that runs.
 */
@Tag("alone")
@QuarkusTest
@WithTestResource(SandboxResource.class)
class MailsPageTest {
    private static final Page PAGE = Page.of("docs/operate/mails.md");
    private static final Page FIELDS = Page.of("docs/write-routes/mails.md");

    @TestHTTPResource
    URI main;

    @Inject
    MailRepository mailRepository;

    @Inject
    Ledger ledger;

    private long number;
    private CurlLine curl;

    @BeforeEach
    void oneIsParkedForEachReasonThatIsShown() throws IOException {
        stage("refused");
        number = stage("list");
        curl = new CurlLine(main, String.valueOf(number));
        await().untilAsserted(() ->
                assertThat(get("/api/mails?state=parked").at("/mails")).hasSize(2));
        ledger.write(tx -> tx.update("UPDATE mail SET reason = 'refused-403' WHERE id <> ?", number));
    }

    @AfterEach
    void nothingIsLeft() {
        await().until(() -> get("/api/mails?state=waiting").at("/mails").isEmpty());
        for (String table :
                List.of("mail_raw", "mail_reading", "mail", "message_add", "spool_content", "spool_parcel")) {
            ledger.write(tx -> tx.update("DELETE FROM " + table));
        }
    }

    private long stage(String name) throws IOException {
        Path raw = Files.createTempFile("mail", ".eml");
        Files.writeString(
                raw,
                "From: News <news@shop.example>\nSubject: " + name + "\nList-Id: <news.shop.example>\nDate: "
                        + System.nanoTime() + "\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nOffers of " + name
                        + "\n--b\nContent-Type: text/html; name=\"../Angebot ü\\\".html\"\n"
                        + "Content-Transfer-Encoding: base64\n\nPGI+SGk8L2I+\n--b--\n");
        FetchedMail fetchedMail = FetchedMail.of("main", "main", Instant.now(), raw);
        long staged = ledger.write(tx -> mailRepository.stage(tx, fetchedMail)).number();
        mailRepository.wake();
        Files.delete(raw);
        return staged;
    }

    private JsonNode get(String path) {
        return RawRequest.to(main).get(path).json();
    }

    static List<String> requests() {
        return Sources.text(Path.of("docs/operate/mails.md"))
                .lines()
                .filter(line -> line.startsWith("curl "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestThatIsShownDoesWhatItShould(String request) {
        RawRequest.Answer answer = curl.send(request);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (String count : List.of("released", "discarded")) {
            if (answer.body().startsWith("{\"" + count + "\"")) {
                assertThat(answer.json().path(count).asInt()).isEqualTo(request.contains("\"all\"") ? 2 : 1);
            }
        }
    }

    @Test
    void fieldsThatAreListedAreThoseThatThereAre() {
        assertThat(CurlLine.listed(PAGE.section("List and show")))
                .isEqualTo(CurlLine.fields(get("/api/mails").at("/mails/0")));
        JsonNode looked = get("/api/mails/" + number);
        assertThat(CurlLine.fields(looked.path("reading")))
                .isEqualTo(CurlLine.listed(FIELDS.section("Fields of a mail")));
        assertThat(looked.at("/reading/text").asText()).isEqualTo("Offers of list");
        assertThat(looked.at("/verdict/reason").asText()).isEqualTo("list");
        assertThat(looked.at("/mail/why").asText())
                .isEqualTo("it was sent to a mailing list: list-id: <news.shop.example>");
    }

    @Test
    void rawMailIsHandedOutByteForByte() {
        RawRequest.Answer answer = curl.send("curl " + CurlLine.SHOWN + "/api/mails/17/raw");

        assertThat(answer.body())
                .startsWith("From: News <news@shop.example>\nSubject: list\n")
                .endsWith("\n\nPGI+SGk8L2I+\n--b--\n");
    }

    @Test
    void attachmentIsHandedOutAsADownloadOnly() {
        RawRequest.Answer answer = RawRequest.to(main).get("/api/mails/" + number + "/attachments/1");

        assertThat(answer.body()).isEqualTo("<b>Hi</b>");
        assertThat(answer.head().toLowerCase(Locale.ROOT))
                .contains("content-type: application/octet-stream")
                .contains("content-disposition: attachment; filename=\".._angebot __.html\"; filename*=utf-8''"
                        + ".._angebot%20%c3%bc_.html")
                .contains("content-security-policy: sandbox")
                .contains("x-content-type-options: nosniff");
        assertThat(get("/api/mails/" + number + "/attachments").toString())
                .isEqualTo("{\"attachments\":[{\"number\":1,\"name\":\"../Angebot ü\\\".html\",\"type\":\"text/html\","
                        + "\"bytes\":9,\"inline\":false}]}");
    }

    @Test
    void releasedMailBecomesAThreadOnThePlatform() {
        curl.send("curl -X POST -H 'Content-Type: application/json' -d '{\"number\":17}' " + CurlLine.SHOWN
                + "/api/mails/release");

        await().untilAsserted(() -> assertThat(
                        get("/api/mails/" + number).at("/mail/state").asText())
                .isEqualTo("thread"));
        assertThat(get("/api/mails/" + number).at("/mail/thread").asText()).hasSize(36);
        await().untilAsserted(() -> assertThat(
                        get("/api/mails/" + number).at("/mail/text").asText())
                .isEqualTo("added"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "GET | /api/mails/999999 | | 404 | there is no mail 999999",
                "GET | /api/mails/999999/raw | | 404 | there is no mail 999999",
                "GET | /api/mails/999999/attachments | | 404 | there is no mail 999999",
                "GET | /api/mails/x/attachments/1 | | 400 | `number` is not a number in range",
                "GET | /api/mails/x | | 400 | `number` is not a number in range",
                "GET | /api/mails?stat=parked | | 400 | there is no parameter `stat`",
                "GET | /api/mails?state=lost | | 400 | there is no state `lost`",
                "POST | /api/mails/release | {} | 400 | it is not clear which mails are meant",
                "POST | /api/mails/release | {\"mailbox\":\"main\"} | 400 | it is not clear which mails are meant",
                "POST | /api/mails/discard | {\"all\":false} | 400 | it is not clear which mails are meant",
                "POST | /api/mails/discard | {\"number\":999999} | 404 | there is no mail 999999"
            })
    void requestsThatAreWrongAreRefusedInOneLine(String method, String path, String body, int status, String problem) {
        RawRequest.Answer answer = RawRequest.to(main)
                .header("Content-Type: application/json")
                .send(method, path, body == null ? "" : body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.json().path("problem").asText()).isEqualTo(problem);
        assertThat(answer.json().path("advice").asText()).isNotBlank();
    }
}
