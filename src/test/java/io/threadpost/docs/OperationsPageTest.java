package io.threadpost.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.Sources;
import io.threadpost.ledger.Ledger;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/** The requests that the pages for operators show, sent as shown, but for port and number. */
@Tag("alone")
@QuarkusTest
@WithTestResource(SandboxResource.class)
class OperationsPageTest {
    private static final String SHOWN_KEY = "3fa85f64-5717-4562-b3fc-2c963f66afa6@2026-11-22T10:00:00Z";

    @TestHTTPResource
    URI main;

    @Inject
    Spools spools;

    @Inject
    Ledger ledger;

    private long id;

    @BeforeEach
    void oneIsDeadAndOneWaitsUnderAnOldName() {
        ledger.execute(tx -> {
            spools.deliverDead(tx, "files", new SpoolItem(SHOWN_KEY, "main", Map.of(), "{}"), "refused");
        });
        spools.deliver("old-name", List.of(new SpoolItem("a", "main", Map.of(), "{}")));
        // So that nothing is worked while it is looked at.
        send("curl -X POST -H 'Content-Type: application/json' -d '{}' " + CurlLine.SHOWN + "/api/spools/files/hold");
        id = send("curl " + CurlLine.SHOWN + "/api/spools/files/dead")
                .json()
                .at("/items/0/id")
                .asLong();
    }

    @AfterEach
    void nothingIsLeft() {
        for (String table : List.of("spool_hold", "spool_content", "spool_parcel")) {
            ledger.write(tx -> tx.update("DELETE FROM " + table));
        }
    }

    static List<String> requests() {
        return Stream.of("docs/operate.md", "docs/operate/actions.md")
                .flatMap(page -> Sources.text(Path.of(page)).lines())
                .filter(line -> line.startsWith("curl ") && line.contains("/api/"))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestThatIsShownDoesWhatItShould(String request) {
        RawRequest.Answer answer = send(request);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (String count : List.of("replayed", "discarded", "moved")) {
            if (answer.json().has(count)) {
                assertThat(answer.json().path(count).asInt()).isEqualTo(1);
            }
        }
    }

    @Test
    void fieldsThatAreListedAreThoseThatThereAre() {
        Page page = Page.of("docs/operate/actions.md");

        assertThat(CurlLine.listed(page.section("Spools")))
                .isEqualTo(CurlLine.fields(
                        send("curl " + CurlLine.SHOWN + "/api/spools/files").json()));
        assertThat(CurlLine.listed(page.section("Dead items")))
                .isEqualTo(CurlLine.fields(send("curl " + CurlLine.SHOWN + "/api/spools/files/dead")
                        .json()
                        .at("/items/0")));
    }

    private RawRequest.Answer send(String curl) {
        long shown = curl.contains("/api/route-files/") ? newestVersion() : id;
        return new CurlLine(main, String.valueOf(shown)).send(curl);
    }

    private long newestVersion() {
        return new CurlLine(main, "")
                .send("curl " + CurlLine.SHOWN + "/api/route-files/route-thread.camel.yaml/versions")
                .json()
                .at("/versions/0/id")
                .asLong();
    }
}
