package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.connector.Priority;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** Whose a thread is, which the platform does not say. */
@Proves(Promise.EVERY_VERSION_IS_DELIVERED)
class EnterpriseLookupTest extends WithLedger {
    private static final List<UUID> HOTELS =
            IntStream.range(0, 300).mapToObj(i -> new UUID(7, i)).toList();

    private static SandboxOptions portfolio() {
        return new SandboxOptions()
                .noLimit()
                .accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, new LinkedHashSet<>(HOTELS)));
    }

    private static Map<String, String> settings(Collection<?> enterprises, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "threadpost.connections.main.enterprise-ids",
                enterprises.stream().map(Object::toString).collect(Collectors.joining(","))));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    @Test
    void threadsOfFiveActiveHotelsOfThreeHundredAreAttributedRightly() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(portfolio())) {
            Map<String, String> owners = new HashMap<>();
            Instant hourAgo = Instant.now().minus(Duration.ofHours(1));
            for (int hotel : List.of(0, 1, 150, 151, 299)) {
                for (int i = 0; i < 3; i++) {
                    String id = platform.addThread(
                            hourAgo.plusSeconds(hotel), "Jo", "for hotel " + hotel, HOTELS.get(hotel));
                    owners.put(id, HOTELS.get(hotel).toString());
                }
            }
            try (PullNode node = new PullNode(ledger.ledger(), platform.address(), settings(HOTELS)).startToFiles()) {
                await().untilAsserted(() -> assertThat(node.delivered()).hasSize(owners.size()));
                for (SpoolItem item : node.delivered()) {
                    RawJson thread = (RawJson) item.body();
                    String owner = owners.get((String) thread.get("Id"));
                    assertThat(thread).containsEntry("EnterpriseId", owner);
                    assertThat(item.headers()).containsEntry(SpoolConstants.ENTERPRISE, owner);
                }
                assertThat(platform.refusals()).isEmpty();
            }
        }
    }

    @Test
    void onlyAPageWithNewThreadsIsAskedForAgain() throws Exception {
        String thread = RoutingTest.thread("a", "First");
        try (CannedPlatform platform = new CannedPlatform(request -> byId(request)
                        ? among(request, HOTELS.get(299)) ? Answer.page(null, thread) : Answer.page(null)
                        : Answer.page(null, thread));
                PullNode node = new PullNode(
                                ledger.ledger(),
                                platform.address(),
                                settings(HOTELS, "threadpost.pull.enterprise-field", "false"))
                        .startToFiles()) {
            await().untilAsserted(() -> assertThat(node.delivered()).hasSize(1));
            int requests = platform.requests().size();
            await("more polls").until(() -> platform.requests().size() >= requests + 3);

            assertThat(platform.requests().stream().filter(EnterpriseLookupTest::byId))
                    .hasSize(11);
            SpoolItem item = node.delivered().iterator().next();
            assertThat(item.headers())
                    .containsEntry(SpoolConstants.ENTERPRISE, HOTELS.get(299).toString());
            assertThat(item.body()).hasToString(thread);
        }
    }

    @Test
    void threadThatIsGoneMeanwhileIsDeliveredAndGivenToNobody() throws Exception {
        String thread = RoutingTest.thread("a", "First");
        List<JsonNode> asked = new ArrayList<>();
        try (CannedPlatform platform = new CannedPlatform(request -> {
                    if (!byId(request)) {
                        return Answer.page(null, thread);
                    }
                    synchronized (asked) {
                        asked.add(request);
                        boolean there = among(request, HOTELS.get(299)) && asked.size() < 8;
                        return there ? Answer.page(null, thread) : Answer.page(null);
                    }
                });
                PullNode node = new PullNode(ledger.ledger(), platform.address(), settings(HOTELS)).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.delivered()).hasSize(1));
            SpoolItem item = node.delivered().iterator().next();
            assertThat(item.headers()).doesNotContainKey(SpoolConstants.ENTERPRISE);
            assertThat(item.body()).hasToString(thread);
        }
    }

    @Test
    void refusedLookUpIsNotTakenForARefusedPage() throws Exception {
        String thread = RoutingTest.thread("a", "First");
        try (CannedPlatform platform = new CannedPlatform(
                        request -> byId(request) ? Answer.of(400, "{}") : Answer.page(null, thread));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), settings(HOTELS)).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.delivered()).hasSize(1));
        }
    }

    @Test
    void oneEnterpriseNeedsNoLookUp() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), settings(List.of(HOTELS.get(5))))) {
            node.camel.start();
            assertThat(node.get(EnterpriseLookup.class).find("main", Priority.LIVE, List.of("a", "b")))
                    .isEqualTo(Map.of(
                            "a", HOTELS.get(5).toString(), "b", HOTELS.get(5).toString()));
            assertThat(platform.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 7, 20, 21, 300, 462, 463, 1000})
    void everyEnterpriseHasItsOwnPartsAndFewerOfThemAreNobodys(int size) {
        List<String> ids = IntStream.range(0, size).mapToObj(i -> "e" + i).toList();
        EnterpriseCode code = new EnterpriseCode(ids);
        Set<Integer> words = new HashSet<>();
        for (String id : ids) {
            int word = 0;
            for (int part = 0; part < code.parts(); part++) {
                word |= code.part(part).contains(id) ? 1 << part : 0;
            }
            assertThat(words.add(word)).isTrue();
            assertThat(code.enterprise(word)).isEqualTo(id);
            for (int part = 0; part < code.parts(); part++) {
                if ((word & 1 << part) != 0) {
                    assertThat(code.enterprise(word & ~(1 << part))).isNull();
                }
            }
        }
        assertThat(code.parts()).isLessThan(14);
        assertThat(IntStream.range(0, code.parts()).mapToObj(code::part)).noneMatch(List::isEmpty);
    }

    private static boolean byId(JsonNode request) {
        return request.has("MessageThreadIds");
    }

    private static boolean among(JsonNode request, UUID enterprise) {
        return Stream.of(request.path("EnterpriseIds"))
                .flatMap(ids ->
                        IntStream.range(0, ids.size()).mapToObj(i -> ids.get(i).textValue()))
                .anyMatch(enterprise.toString()::equals);
    }
}
