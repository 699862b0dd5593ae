package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.threadpost.conversation.Conversation;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** A platform whose pages of messages never end costs a limited number of requests, not the replies of everybody. */
class LyingCursorTest extends ReplyBehaviour {
    private static final String THREAD = "8ddea57b-6a5c-4eec-8c4c-24467dce118e";

    private final AtomicInteger pages = new AtomicInteger();
    private CannedPlatform platform;
    private ReplyNode node;

    @AfterEach
    void stop() throws Exception {
        closeLast();
        platform.close();
    }

    private void pull(Function<Integer, Answer> script) throws Exception {
        platform = new CannedPlatform(request -> isForMessages(request)
                ? script.apply(pages.incrementAndGet())
                : Answer.of(200, "{\"MessageThreads\":[],\"Cursor\":null}"));
        node = node(platform.address(), ledger.ledger());
        node.start();
        ledger.ledger()
                .write(tx -> node.conversations.begin(
                        tx,
                        new Conversation.Beginning(
                                THREAD,
                                "main",
                                "main",
                                1,
                                "guest@guest.example",
                                null,
                                "Arrival",
                                Instant.now().minusSeconds(60),
                                null,
                                false)));
    }

    private static boolean isForMessages(JsonNode request) {
        return request.has("MessageThreadIds")
                && request.path("Limitation").path("Count").asInt() > 1;
    }

    private static Answer page(String cursor, IntStream numbers) {
        return Answer.of(
                200,
                "{\"Messages\":["
                        + numbers.mapToObj(i -> "{\"Id\":\"m" + i + "\",\"MessageThreadId\":\"" + THREAD
                                        + "\",\"Text\":\"x\",\"CreatedUtc\":\"2020-01-01T00:00:00Z\",\"Sender\":"
                                        + "{\"Discriminator\":\"Enterprise\",\"Value\":null}}")
                                .collect(Collectors.joining(","))
                        + "],\"Cursor\":\"" + cursor + "\"}");
    }

    private String reason() {
        return String.join("", rows("SELECT reason FROM reply_pull"));
    }

    @Test
    void cursorsThatGoInACircleAreLost() throws Exception {
        pull(number -> page("c" + number % 2, IntStream.range(0, 1000)));

        await().until(() -> reason().contains("lost its cursor of messages 5 times in a row"));
        assertThat(pages.get()).isLessThan(40);
    }

    @Test
    void pagesWithoutEndAreGivenUp() throws Exception {
        pull(number -> page("c" + number, IntStream.range(number * 1000, number * 1000 + 1000)));

        await().until(() -> reason().contains("more messages of one interval than can be held"));
    }
}
