package io.threadpost.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.Sources;
import io.threadpost.ledger.Ledger;
import io.threadpost.spool.Item;
import io.threadpost.spool.Spools;
import io.threadpost.testing.RawRequest;
import io.threadpost.testing.SandboxResource;

/** The requests that README and {@code docs/operations.md} show, sent as they stand there, but for port and number. */
@QuarkusTest
@WithTestResource(SandboxResource.class)
class OperationsPageTest {
    private static final String SHOWN = "http://127.0.0.1:8080";
    private static final String SHOWN_ID = "\\b17\\b";
    private static final String SHOWN_KEY = "3fa85f64-5717-4562-b3fc-2c963f66afa6@2026-11-22T10:00:00Z";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern FIELDS = Pattern.compile("(?m)^\\| ((?:`[a-z]+`(?:, )?)+) \\|");

    @TestHTTPResource
    URI main;

    @Inject
    Spools spools;

    @Inject
    Ledger ledger;

    private long id;

    @BeforeEach
    void oneIsDeadAndOneWaitsUnderAnOldName() {
        ledger.write(tx -> {
            spools.deliverDead(tx, "files", new Item(SHOWN_KEY, "main", Map.of(), "{}"), "refused");
            return null;
        });
        spools.deliver("old-name", List.of(new Item("a", "main", Map.of(), "{}")));
        // So that nothing is worked while it is looked at.
        send("curl -X POST -H 'Content-Type: application/json' -d '{}' " + SHOWN + "/api/spools/files/hold");
        id = send("curl " + SHOWN + "/api/spools/files/dead")
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
        return Stream.of("README.md", "docs/operations.md")
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
        Page page = Page.of("docs/operations.md");

        assertThat(listed(page.section("Spools")))
                .isEqualTo(fields(send("curl " + SHOWN + "/api/spools/files").json()));
        assertThat(listed(page.section("Dead items")))
                .isEqualTo(fields(
                        send("curl " + SHOWN + "/api/spools/files/dead").json().at("/items/0")));
    }

    private static Set<String> listed(String section) {
        return FIELDS.matcher(section)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .map(word -> word.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> fields(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Reads the line as a shell and curl would. */
    private RawRequest.Answer send(String curl) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(curl); word.find(); ) {
            words.add(Stream.of(word.group(1), word.group(2), word.group(3))
                    .filter(part -> part != null)
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(SHOWN_ID, String.valueOf(id)));
        }
        RawRequest request = RawRequest.to(main);
        String method = "GET";
        String body = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s" -> {}
                case "-X" -> method = words.get(++i);
                case "-H" -> request.header(words.get(++i));
                case "-d" -> body = words.get(++i);
                default -> assertThat(words.get(i)).startsWith(SHOWN);
            }
        }
        return request.send(method, words.get(words.size() - 1).substring(SHOWN.length()), body);
    }
}
