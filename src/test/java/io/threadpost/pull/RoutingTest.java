package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** What becomes of threads that {@code route-thread} cannot route. */
@Proves(Promise.FAILURES_STAY_WHERE_THEY_HAPPEN)
class RoutingTest extends WithLedger {
    private static final Map<String, String> TWO_A_PAGE =
            Map.of("threadpost.pull.page-size", "2", "threadpost.pull.period", "1h");

    private static SandboxOptions platform() {
        return new SandboxOptions().threads(40).over(Duration.ofDays(5)).noLimit();
    }

    @Test
    void aThreadThatFailsWaitsInUnroutedWithItsErrorAndWhatItSentDoesNotCount() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (SandboxPlatform platform = SandboxPlatform.start(platform())) {
            String poison = platform.versions().iterator().next();
            RouteBuilder route = new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:route-thread")
                            .errorHandler(noErrorHandler())
                            .multicast()
                            .to("spool:files")
                            .end()
                            .process(exchange -> {
                                Map<?, ?> thread = exchange.getMessage().getBody(Map.class);
                                if (broken.get()
                                        && poison.startsWith(thread.get("Id").toString())) {
                                    throw new IllegalArgumentException("cannot read the subject");
                                }
                            });
                }
            };
            try (PullNode node = new PullNode(
                            ledger.ledger(), platform.address(), Map.of("threadpost.spool.backoff", "100ms"))
                    .start(route)) {
                await().untilAsserted(
                                () -> assertThat(node.versions()).hasSize(39).doesNotContain(poison));
                assertThat(ledger.rows("SELECT state, error FROM spool_parcel WHERE spool = 'unrouted'"))
                        .containsExactly("waiting|cannot read the subject");
                broken.set(false);
                await().untilAsserted(() ->
                        assertThat(node.versions()).hasSize(40).contains(poison).doesNotHaveDuplicates());
            }
        }
    }

    @Test
    void anErrorIsTheThreadsFailureAndTheOthersOfItsPageGoOn() throws Exception {
        AtomicBoolean broken = new AtomicBoolean(true);
        // A long text of these is too much for the stack that Java's regular expressions need.
        Pattern pattern = Pattern.compile("(a|b)*c");
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread")
                        .filter(exchange -> broken.get()
                                && pattern.matcher(exchange.getMessage()
                                                .getBody(Map.class)
                                                .get("Subject")
                                                .toString())
                                        .matches())
                        .to("spool:digest")
                        .end()
                        .to("spool:files");
            }
        };
        String[] threads = {thread("a", "Good"), thread("b", "ab".repeat(50_000)), thread("c", "Good, too")};
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, threads));
                PullNode node = new PullNode(
                                ledger.ledger(),
                                platform.address(),
                                Map.of("threadpost.pull.walkers", "1", "threadpost.spool.backoff", "100ms"))
                        .start(route)) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(2));
            assertThat(ledger.rows("SELECT state, error FROM spool_parcel WHERE spool = 'unrouted'"))
                    .singleElement()
                    .asString()
                    .startsWith("waiting|StackOverflowError: ");
            int asked = platform.requests().size();
            await("the pull goes on").until(() -> platform.requests().size() > asked + 2);
            broken.set(false);
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(3).doesNotHaveDuplicates());
        }
    }

    @Test
    void aSplitWithinTheRouteLeavesEachThreadItsOwnOutcome() throws Exception {
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread")
                        .errorHandler(noErrorHandler())
                        .to("spool:files")
                        .choice()
                        .when(simple("${body[Subject]} != 'First'"))
                        .split(constant("one,two,three,four"), new GroupedBodyAggregationStrategy())
                        .setBody(simple("part"))
                        .end()
                        .filter(simple("${header.ThreadpostKey} startsWith 'c@'"))
                        .throwException(new IllegalArgumentException("cannot be split"));
            }
        };
        String[] threads = {thread("a", "First"), thread("b", "Good"), thread("c", "Bad")};
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, threads));
                PullNode node = new PullNode(
                                ledger.ledger(),
                                platform.address(),
                                Map.of("threadpost.spool.backoff", "1h", "threadpost.spool.backoff-max", "1h"))
                        .start(route)) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(2).noneMatch(it -> it.startsWith("c")));
            assertThat(ledger.rows("SELECT state, error FROM spool_parcel WHERE spool = 'unrouted'"))
                    .containsExactly("waiting|cannot be split");
        }
    }

    @Test
    void threadsThatFailedAreTriedAgainAsSoonAsRouteThreadWasEdited() throws Exception {
        RouteBuilder broken = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread").routeId("route-thread").process(exchange -> {
                    throw new NoClassDefFoundError("com/example/Gone");
                });
            }
        };
        String[] threads = {thread("a", "Good"), thread("b", "Good, too"), thread("c", "Good as well")};
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, threads));
                PullNode node = new PullNode(
                                ledger.ledger(),
                                platform.address(),
                                Map.of("threadpost.spool.backoff", "1h", "threadpost.spool.backoff-max", "1h"))
                        .start(broken)) {
            await().untilAsserted(
                            () -> assertThat(ledger.rows("SELECT error FROM spool_parcel WHERE spool = 'unrouted'"))
                                    .hasSize(3)
                                    .containsOnly("NoClassDefFoundError: com/example/Gone"));
            node.camel.getRouteController().stopRoute("route-thread");
            node.camel.removeRoute("route-thread");
            node.camel.addRoutes(PullNode.routeThread("spool:files"));
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(3).doesNotHaveDuplicates());
        }
    }

    @Test
    void aPageThatEndsTheProcessIsTakenApart() throws Exception {
        Queue<String> routes = new ConcurrentLinkedQueue<>();
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread")
                        .process(exchange -> routes.add(exchange.getFromRouteId()))
                        .to("spool:files");
            }
        };
        Answer page = Answer.page(null, thread("a", "Good"), thread("b", "Good, too"));
        try (CannedPlatform platform = new CannedPlatform(
                        request -> request.path("Limitation").path("Count").asInt() == 1
                                ? Answer.page(null)
                                : Answer.of(503, ""));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).start(route)) {
            await().until(() -> !ledger.rows("SELECT id FROM pull_window WHERE failures > 0")
                    .isEmpty());
            ledger.change("UPDATE pull_window SET crashes = 2");
            platform.script(request -> page);
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(2).doesNotHaveDuplicates());
            assertThat(routes).containsOnly("retry-unrouted");
            assertThat(ledger.rows("SELECT id FROM pull_window WHERE crashes > 0"))
                    .isEmpty();
        }
    }

    @Test
    void aWalkThatRunsNoStepIsAFailureOfItsWindow() throws Exception {
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, thread("a", "Good")));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).startToFiles()) {
            node.camel.getRouteController().stopRoute("walk-windows");
            node.camel.removeRoute("walk-windows");
            node.camel.addRoutes(PullNode.route("windows:open", exchange -> {}));
            await().untilAsserted(() -> assertThat(ledger.rows("SELECT error FROM pull_window WHERE failures > 0"))
                    .isNotEmpty()
                    .allMatch(error -> error.contains("ran no step `cursorLoop`")));
        }
    }

    @Test
    void aThreadThatFailsForEverIsDeadInTheEnd() throws Exception {
        RouteBuilder route = PullNode.route("direct:route-thread", exchange -> {
            throw new IllegalArgumentException("never");
        });
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, thread("a", "Good")));
                PullNode node = new PullNode(
                                ledger.ledger(),
                                platform.address(),
                                Map.of("threadpost.spool.backoff", "10ms", "threadpost.spool.attempts", "3"))
                        .start(route)) {
            await().untilAsserted(() -> assertThat(
                            ledger.rows("SELECT state, attempts, error FROM spool_parcel WHERE spool = 'unrouted'"))
                    .containsExactly("dead|3|never"));
        }
    }

    @Test
    void aThreadWithoutUsableIdOrTimeIsDeadAtOnceAndTheOthersGoOn() throws Exception {
        String[] threads = {
            thread("a", "Good"),
            "{\"Id\":\"b\",\"UpdatedUtc\":\"yesterday\"}",
            "{\"UpdatedUtc\":\"2026-11-01T10:00:00Z\"}",
            "null",
            thread("c", "Good, too")
        };
        try (CannedPlatform platform = new CannedPlatform(request -> Answer.page(null, threads));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of()).startToFiles()) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(2));
            await("several pulls of the same").until(() -> platform.requests().size() > 4);
            assertThat(ledger.rows("SELECT state, error FROM spool_parcel WHERE spool = 'unrouted'"))
                    .hasSize(3)
                    .containsOnly("dead|a thread without a usable Id or UpdatedUtc");
            assertThat(node.versions()).hasSize(2);
        }
    }

    @Test
    void withoutARouteThreadTheWindowWaitsAndNothingIsLost() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(platform());
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of())) {
            node.camel
                    .getComponent("direct", org.apache.camel.component.direct.DirectComponent.class)
                    .setTimeout(50);
            node.start();
            await().untilAsserted(() -> assertThat(ledger.rows("SELECT error FROM pull_window WHERE error IS NOT NULL"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("no route direct:route-thread is running"));
            assertThat(ledger.rows("SELECT * FROM spool_parcel")).isEmpty();
            node.camel.addRoutes(PullNode.routeThread("spool:files"));
            await().untilAsserted(
                            () -> assertThat(node.versions()).containsExactlyInAnyOrderElementsOf(platform.versions()));
        }
    }

    @Test
    void aThreadThatStandsOnTwoPagesIsRoutedOnceAlsoWhenTheFirstIsNotCommittedYet() throws Exception {
        Queue<String> routed = new ConcurrentLinkedQueue<>();
        CountDownLatch next = new CountDownLatch(1);
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:route-thread")
                        .process(exchange -> {
                            // The next page is asked for before this one is committed.
                            assertThat(next.await(1, TimeUnit.MINUTES)).isTrue();
                            routed.add(exchange.getMessage()
                                    .getBody(Map.class)
                                    .get("Id")
                                    .toString());
                        })
                        .to("spool:files");
            }
        };
        Function<JsonNode, Answer> pages = twoPages();
        Function<JsonNode, Answer> told = request -> {
            if (!request.path("Limitation").path("Cursor").asText("").isEmpty()) {
                next.countDown();
            }
            return pages.apply(request);
        };
        try (CannedPlatform platform = new CannedPlatform(told);
                PullNode node = new PullNode(ledger.ledger(), platform.address(), TWO_A_PAGE).start(route)) {
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(3));
            assertThat(routed).containsExactly("a", "b", "c");
        }
    }

    @Test
    void aPageThatCannotBeCommittedIsLeftOutOfNoOtherOne() throws Exception {
        ledger.change("CREATE TRIGGER full BEFORE INSERT ON thread_version_block WHEN NEW.size = 2"
                + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
        try (CannedPlatform platform = new CannedPlatform(twoPages());
                PullNode node = new PullNode(ledger.ledger(), platform.address(), TWO_A_PAGE).startToFiles()) {
            await().untilAsserted(() -> assertThat(ledger.rows("SELECT error FROM pull_window WHERE error IS NOT NULL"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("no room"));
            assertThat(ledger.rows("SELECT * FROM spool_parcel")).isEmpty();
            ledger.change("DROP TRIGGER full");
            await().untilAsserted(() -> assertThat(node.versions()).hasSize(3).doesNotHaveDuplicates());
        }
    }

    private static Function<JsonNode, Answer> twoPages() {
        return request -> request.path("Limitation").path("Cursor").asText("").isEmpty()
                ? Answer.page("b", thread("a", "First"), thread("b", "On both"))
                : Answer.page(null, thread("b", "On both"), thread("c", "Last"));
    }

    static String thread(String id, String subject) {
        return "{\"Id\":\"" + id + "\",\"OriginalSender\":\"Jo\",\"Subject\":\"" + subject
                + "\",\"CreatedUtc\":\"2026-11-01T10:00:00Z\",\"UpdatedUtc\":\"2026-11-01T10:00:00Z\"}";
    }
}
