package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.json.RawJson;

class PageReaderTest {
    private static final String FIRST =
            """
            {"Id":"a1","Subject":"Zimmer \\"Süd\\" 👋 \\u00e4\\n","UpdatedUtc":"2026-01-01T00:00:00.1234567Z",\
            "Price":1.10,"Big":123456789012345678901234567890,"Exp":-1E+5,"Deep":{"Id":"no","List":[1,[2,{"UpdatedUtc":"no"}]]}}""";
    private static final String SECOND = "{ \"UpdatedUtc\" : \"2026\" ,\n\t\"Новое\" : null , \"Id\" : \"b\\u0032\" }";
    private static final String PAGE = "{\"Neu\":{\"MessageThreads\":[1],\"Cursor\":\"no\"},\"MessageThreads\":["
            + FIRST + " , " + SECOND + "],\"Ünbekannt\":[\"Cursor\"],\"Cursor\":\"c\\u0033\"}";

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\u",
            "\\ud83d",
            "null",
            "true",
            "-",
            "1e99999",
            "NaN",
            "//",
            "/*",
            "\0",
            "\uFEFF",
            "\u2028",
            "\"Id\":",
            "\"Cursor\":1,",
            "\"Messages\":[",
            "\"MessageThreads\":[",
            "9".repeat(2_000),
            "[".repeat(2_000),
            "{\"a\":".repeat(2_000),
            "{}".repeat(50),
            "\u00e4".repeat(5_000));

    private final PageReader reader = new PageReader();

    private PageReader.Content<MessageThread> read(String text) throws IOException {
        return reader.threads(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(PageReader.Content<MessageThread> page) {
        return page.items().stream().map(thread -> thread.json().toString()).toList();
    }

    @Test
    void threadsAreKeptAsTheyWereWritten() throws IOException {
        PageReader.Content<MessageThread> page = read(PAGE);

        assertThat(texts(page)).containsExactly(FIRST, SECOND);
        assertThat(page.items()).extracting(MessageThread::id).containsExactly("a1", "b2");
        assertThat(page.items())
                .extracting(MessageThread::updatedUtc)
                .containsExactly("2026-01-01T00:00:00.1234567Z", "2026");
        assertThat(page.cursor()).isEqualTo("c3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Subject\":\"Zimmer \\\"Süd\\\" \\u00e4\",\"OriginalSender\":\"a@example.com\"",
                "\"Subject\":\"first\",\"OriginalSender\":\"a\",\"Subject\":\"second\"",
                "\"Subject\":\"first\",\"OriginalSender\":\"a\",\"Subject\":{\"Subject\":\"inner\"}",
                "\"Subject\":null,\"OriginalSender\":\"a\"",
                "\"Subject\":17,\"OriginalSender\":\"a\",\"Subject\":\"second\"",
                "\"Subject\":\"\""
            })
    void fieldsReadAsInTheWholeThread(String fields) throws IOException {
        String thread = "{\"Id\":\"a\"," + fields + ",\"UpdatedUtc\":\"2026-01-01T00:00:00Z\"}";

        RawJson read =
                read("{\"MessageThreads\":[" + thread + "]}").items().get(0).json();

        RawJson whole = new RawJson(thread.getBytes(StandardCharsets.UTF_8));
        for (String field : List.of("Subject", "OriginalSender", "UpdatedUtc", "Id", "Missing")) {
            assertThat(read.get(field)).isEqualTo(whole.get(field));
        }
        assertThat(read).isEqualTo(whole);
    }

    @Test
    void aByteOrderMarkMovesNothing() throws IOException {
        PageReader.Content<MessageThread> page = read("\uFEFF" + PAGE);

        assertThat(texts(page)).containsExactly(FIRST, SECOND);
    }

    @Test
    void threadsFarIntoALongPageAreKeptAsTheyWereWritten() throws IOException {
        String thread = "{\"Id\":\"a\",\"Subject\":\"" + "ü👋".repeat(40) + "\"}";
        PageReader.Content<MessageThread> page =
                read("{\"MessageThreads\":[" + (thread + ",").repeat(2000) + thread + "]}");

        assertThat(texts(page)).hasSize(2001).containsOnly(thread);
        assertThat(page.cursor()).isNull();
    }

    @Test
    void whatIsNoThreadStandsInItsPlaceWithoutAnId() throws IOException {
        PageReader.Content<MessageThread> page =
                read("{\"MessageThreads\":[null, 12 ,-1.50,true,\"te\\\"xt ü\",[{\"Id\":\"x\"}] "
                        + ",{},{\"Id\":5,\"UpdatedUtc\":[]}],"
                        + "\"Cursor\":null}");

        assertThat(texts(page))
                .containsExactly(
                        "null",
                        "12",
                        "-1.50",
                        "true",
                        "\"te\\\"xt ü\"",
                        "[{\"Id\":\"x\"}]",
                        "{}",
                        "{\"Id\":5,\"UpdatedUtc\":[]}");
        assertThat(page.items())
                .allSatisfy(thread -> assertThat(thread.id()).isNull())
                .allSatisfy(thread -> assertThat(thread.updatedUtc()).isNull());
    }

    @Test
    void ofAFieldThatComesTwiceTheLastOneCountsAsInTheThreadsMap() throws IOException {
        MessageThread thread = read("{\"MessageThreads\":[{\"Id\":\"a\",\"Id\":\"b\"}]}")
                .items()
                .get(0);

        assertThat(thread.id()).isEqualTo("b").isEqualTo(thread.json().get("Id"));
    }

    @Test
    void aPageWithTwoListsOfThreadsLosesNone() {
        assertThatThrownBy(() -> read("{\"MessageThreads\":[" + FIRST + "],\"MessageThreads\":[]}"))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "true", "{}", "[\"c\"]"})
    void aCursorThatIsNoTextIsNotTheEnd(String cursor) {
        assertThatThrownBy(() -> read("{\"MessageThreads\":[],\"Cursor\":" + cursor + "}"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aPageOfMessagesBrokenOffAnywhereIsNoPage() throws IOException {
        String message =
                "{\"Id\":\"m1\",\"Deep\":[{\"Text\":\"no\"}],\"Sender\":{\"New\":[1],\"Discriminator\":\"Enterprise\","
                        + "\"Value\":{\"Discriminator\":\"no\"}},\"Text\":\"geheim \\\"ü\\\" 👋\"}";
        byte[] whole = ("{\"Messages\":[null," + message + ",7],\"Cursor\":\"c\"}").getBytes(StandardCharsets.UTF_8);

        List<PlatformMessage> messages = reader.messages(whole).items();
        assertThat(messages).extracting(PlatformMessage::sender).containsExactly(null, "Enterprise", null);
        assertThat(messages.get(1).json()).hasToString(message);
        assertThat(messages.get(1).text()).isEqualTo("geheim \"ü\" 👋");
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reader.messages(part))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasNoCause()
                    .hasMessageNotContainingAny("geheim", "m1", "Enterprise");
            assertThatThrownBy(() -> reader.added(part)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aPageBrokenOffAnywhereIsNoPage() {
        byte[] whole = PAGE.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> reader.threads(part))
                    .as("%d bytes", length)
                    .isInstanceOf(IOException.class)
                    .hasNoCause()
                    .hasMessageNotContainingAny("Zimmer", "Subject", "Id", "a1", "2026", "Neu");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"MessageThreads\":[]} geheim",
                "{\"MessageThreads\":[]}{\"geheim\":1}",
                "{\"MessageThreads\":[{\"geheim\":geheim}]}",
                "{\"MessageThreads\":[{\"geheim\":01}]}",
                "{\"MessageThreads\":[\"geheim\n\"]}",
                "{\"MessageThreads\":[{\"geheim\" 1}]}",
                "{\"MessageThreads\":[1 geheim]}",
                "{\"geheim\":[}",
                "geheim",
                "[\"geheim\"]",
                "\"geheim\""
            })
    void whatIsNoPageIsSaidWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessageNotContaining("geheim");
    }

    @Test
    void whatGoesTooDeepIsSaidWithoutQuotingIt() {
        assertThatThrownBy(
                        () -> read("{\"MessageThreads\":[{\"geheim\":" + "[".repeat(5000) + "]".repeat(5000) + "}]}"))
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessageNotContaining("geheim");
    }

    @Test
    void bytesThatAreNoUtf8AreNoPage() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write("{\"MessageThreads\":[{\"Id\":\"".getBytes(StandardCharsets.UTF_8));
        text.write(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF});
        text.write("\"}]}".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> reader.threads(text.toByteArray())).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void aPageInAnotherEncodingIsNoPage(String charset) {
        assertThatThrownBy(() -> reader.threads(PAGE.getBytes(Charset.forName(charset))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void damagedAnswerIsReadOrRefusedInOneLine() throws IOException {
        fuzz(1, 20_000);
    }

    @Tag("nightly")
    @Test
    void damagedAnswerIsReadOrRefusedInOneLineAllNight() throws IOException {
        for (int seed = 2; seed < 200; seed++) {
            fuzz(seed, 50_000);
        }
    }

    private void fuzz(int seed, int answers) throws IOException {
        Random random = new Random(seed);
        byte[] whole = PAGE.replace("MessageThreads", random.nextBoolean() ? "MessageThreads" : "Messages")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < answers; i++) {
            byte[] answer = damaged(whole, random);
            try {
                reader.threads(answer).items().forEach(PageReaderTest::open);
                reader.messages(answer);
                reader.added(answer);
            } catch (IOException | IllegalArgumentException e) {
                assertThat(e.getMessage())
                        .as("%d of seed %d", i, seed)
                        .hasSizeLessThan(200)
                        .doesNotContain("\n", "Zimmer");
            }
        }
    }

    /** What is skipped on the way is not decoded: a thread with bytes that are not UTF-8 fails alone. */
    private static void open(MessageThread thread) {
        thread.json().entrySet();
    }

    private static byte[] damaged(byte[] whole, Random random) {
        byte[] answer = whole;
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int at = random.nextInt(answer.length + 1);
            int to = Math.min(answer.length, at + random.nextInt(40));
            byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
            answer = switch (random.nextInt(5)) {
                case 0 -> Arrays.copyOf(answer, at);
                case 1 -> joined(answer, at, new byte[] {(byte) random.nextInt(256)}, Math.min(answer.length, at + 1));
                case 2 -> joined(answer, at, new byte[0], to);
                case 3 -> joined(answer, at, Arrays.copyOfRange(answer, at, to), at);
                default -> joined(answer, at, piece, at);
            };
        }
        return answer;
    }

    /** @return the bytes up to a place, a piece, and the bytes from another place on */
    private static byte[] joined(byte[] bytes, int to, byte[] piece, int from) {
        byte[] all = Arrays.copyOf(bytes, to + piece.length + bytes.length - from);
        System.arraycopy(piece, 0, all, to, piece.length);
        System.arraycopy(bytes, from, all, to + piece.length, bytes.length - from);
        return all;
    }
}
