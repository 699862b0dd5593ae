package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.ledger.WithLedger;

/**
 * Whatever the platform's address answers, each answer costs its own call at most, and that no longer than a call may
 * take.
 */
class HostileAnswersTest extends WithLedger {
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    private static final String EMPTY_PAGE = "{\"MessageThreads\":[],\"Cursor\":null}";
    private static final Duration GIVEN_UP = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private volatile Answer answer;

    /** Writes an answer; nothing more is written after it. */
    @FunctionalInterface
    interface Answer {
        void write(Client client) throws IOException;
    }

    /** Where an answer goes. */
    record Client(OutputStream out) {
        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        void always(String text) throws IOException {
            while (true) {
                send(text);
            }
        }

        void drip(String text) throws IOException {
            while (true) {
                for (char c : text.toCharArray()) {
                    send(String.valueOf(c));
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                }
            }
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    threads.execute(() -> serve(client));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader request =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            int length = 0;
            for (String line = request.readLine(); line != null && !line.isEmpty(); line = request.readLine()) {
                if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                    length = Integer.parseInt(line.substring(15).strip());
                }
            }
            request.skip(length);
            answer.write(new Client(client.getOutputStream()));
        } catch (IOException e) {
            // the client hung up, as it should
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    static Stream<Arguments> quickly() {
        return Stream.of(
                answer("a header line without end", client -> {
                    client.send(HEAD + "X-A: ");
                    client.always("a".repeat(65_536));
                }),
                answer("headers without end", client -> {
                    client.send(HEAD);
                    client.always("X-A: b\r\n".repeat(1000));
                }),
                answer("a status line without end", client -> client.always("HTTP/1.1 200 " + "O".repeat(65_536))),
                answer("empty lines without end", client -> client.always("\r\n".repeat(1000))),
                answer("interim answers without end", client -> client.always("HTTP/1.1 103 Early Hints\r\n\r\n")),
                answer("a chunk's line without end", client -> {
                    client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n5;");
                    client.always("a".repeat(65_536));
                }),
                answer("trailers without end", client -> {
                    client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n");
                    client.always("X-A: b\r\n".repeat(1000));
                }),
                answer("a body without end", client -> {
                    client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
                    client.always("10000\r\n" + " ".repeat(65_536) + "\r\n");
                }),
                answer("an error's body without end", client -> {
                    client.send("HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n");
                    client.always("10000\r\n" + " ".repeat(65_536) + "\r\n");
                }),
                answer("threads without end", client -> {
                    String page = "{\"MessageThreads\":[" + "{},".repeat(2_000_000) + "{}]}";
                    client.send(HEAD + "Content-Length: " + page.length() + "\r\n\r\n" + page);
                }),
                answer("JSON without an inside", client -> {
                    String page = "{\"MessageThreads\":[" + "[".repeat(2_000_000) + "]".repeat(2_000_000) + "]}";
                    client.send(HEAD + "Content-Length: " + page.length() + "\r\n\r\n" + page);
                }));
    }

    static Stream<Arguments> dripping() {
        return Stream.of(
                answer("a head that drips", client -> {
                    client.send(HEAD);
                    client.drip("X-Slow: 1\r\n");
                }),
                answer("interim answers that drip", client -> client.drip("HTTP/1.1 102 Processing\r\n\r\n")),
                answer("a body that drips", client -> {
                    client.send(HEAD + "Content-Length: 1000000\r\n\r\n");
                    client.drip(" ");
                }),
                answer("a chunk's line that drips", client -> {
                    client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n5;");
                    client.drip("a");
                }),
                answer("trailers that drip", client -> {
                    client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n");
                    client.drip("X: a\r\n");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("quickly")
    void isGivenUpAtOnceAndTheNextCallIsFine(String what, Answer hostile) throws Exception {
        isGivenUp(hostile, Map.of());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dripping")
    void isGivenUpWhenItsTimeIsOverAndTheNextCallIsFine(String what, Answer hostile) throws Exception {
        isGivenUp(
                hostile,
                Map.of("threadpost.connector.response-timeout", "1s", "threadpost.connector.connect-timeout", "1s"));
    }

    @Tag("nightly")
    @ParameterizedTest(name = "{0}")
    @MethodSource("dripping")
    void isGivenUpAfterSecondsThoughACallMayTakeLonger(String what, Answer hostile) throws Exception {
        isGivenUp(hostile, Map.of());
    }

    private void isGivenUp(Answer hostile, Map<String, String> settings) throws Exception {
        try (ConnectorNode node = new ConnectorNode(ledger.ledger(), address(), settings)) {
            answer = hostile;
            long began = System.nanoTime();

            ConnectorException failure = ConnectorNode.failure(node.getAll());

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(GIVEN_UP);
            assertThat(failure.failure())
                    .isIn(
                            ConnectorFailure.NO_ANSWER,
                            ConnectorFailure.TOO_HEAVY,
                            ConnectorFailure.UNAVAILABLE,
                            ConnectorFailure.UNEXPECTED);
            assertThat(failure.getMessage()).hasSizeLessThan(600).doesNotContain("\n");
            assertFine(node);
        }
    }

    @Test
    void aCompressedAnswerIsRead() throws Exception {
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(page)) {
            gzip.write(EMPTY_PAGE.getBytes(StandardCharsets.US_ASCII));
        }
        try (ConnectorNode node = new ConnectorNode(ledger.ledger(), address(), Map.of())) {
            answer = client -> {
                client.send(HEAD + "Content-Encoding: gzip\r\n\r\n");
                client.out().write(page.toByteArray());
            };
            assertThat(ConnectorNode.threads(node.getAll())).isEmpty();
            assertThat(node.post(address(), "asks").getMessage().getBody(String.class))
                    .isEqualTo(EMPTY_PAGE);
        }
    }

    @Test
    void anErrorInACallCostsNoOtherCall() throws Exception {
        InputStream poison = new InputStream() {
            @Override
            public int read() {
                throw new StackOverflowError();
            }
        };
        URI address = address();
        try (ConnectorNode node = new ConnectorNode(ledger.ledger(), address, Map.of())) {
            answer = client -> client.send(HEAD + "Content-Length: 0\r\n\r\n");
            // More often than there are connections.
            for (int i = 0; i < 25; i++) {
                assertThat(node.post(address, poison).getException()).hasRootCauseInstanceOf(StackOverflowError.class);
            }
            assertThat(node.post(address, "fine").getException()).isNull();
            assertFine(node);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    private void assertFine(ConnectorNode node) {
        answer = client -> client.send(HEAD + "Content-Length: " + EMPTY_PAGE.length() + "\r\n\r\n" + EMPTY_PAGE);
        assertThat(ConnectorNode.threads(node.getAll())).isEmpty();
    }

    private static Arguments answer(String what, Answer answer) {
        return Arguments.of(what, answer);
    }
}
