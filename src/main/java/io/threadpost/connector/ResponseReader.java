package io.threadpost.connector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.ProcessClock;
import io.threadpost.network.HttpAccess;
import io.threadpost.retry.FailureReason;
import io.threadpost.retry.RetryAfter;
import io.threadpost.secrets.Redactor;
import io.threadpost.settings.ConnectorSettings;
import io.threadpost.settings.Settings;

/** The response side of a call: status, body, and the failure as one line for people. */
@Singleton
final class ResponseReader {
    private static final Logger LOG = Logger.getLogger(ResponseReader.class);
    /** Far more than 1000 threads or messages need; what is larger is requested in smaller parts. */
    private static final int LARGEST = 24 * 1024 * 1024;

    private static final int LARGEST_ERROR = 64 * 1024;
    private static final int CHUNK = 64 * 1024;
    /**
     * A proxy, a login page or another server answers in the platform's place: the platform itself answers JSON only.
     */
    private static final String HTML = "an HTML page instead of the platform's JSON";

    private static final ObjectMapper JSON = new ObjectMapper();

    private interface BodyReader<T> {
        T read(byte[] body) throws IOException;
    }

    private interface PageFactory<T> {
        Object page(PageReader.Content<T> content, Instant serverTime, long answeredNanos);
    }

    private final RequestBudget budget;
    private final ProcessClock clock;
    private final ConnectorSettings settings;
    private final CallMeters meters;
    private final Redactor redactor;
    private final HttpAccess access;
    private final PageReader reader = new PageReader();

    ResponseReader(RequestBudget budget, Ledger ledger, Settings settings, CallMeters meters, HttpAccess access) {
        this.access = access;
        this.clock = ledger.clock();
        this.budget = budget;
        this.settings = settings.connector();
        this.meters = meters;
        this.redactor = new Redactor(settings.secrets());
    }

    /** Makes a page of threads of a 200 or 204. */
    void threads(Exchange exchange) throws IOException {
        page(
                exchange,
                reader::threads,
                (content, serverTime, now) -> new ThreadPage(content.items(), content.cursor(), serverTime, now));
    }

    /** Makes a page of messages of a 200 or 204. */
    void messages(Exchange exchange) throws IOException {
        page(
                exchange,
                reader::messages,
                (content, serverTime, now) -> new MessagePage(content.items(), content.cursor(), serverTime, now));
    }

    private <T> void page(Exchange exchange, BodyReader<PageReader.Content<T>> bodyReader, PageFactory<T> factory)
            throws IOException {
        ConnectorCall connectorCall = exchange.getProperty(ConnectorConstants.CALL, ConnectorCall.class);
        Message message = exchange.getMessage();
        note(exchange);
        int status = status(message);
        byte[] body = status == 204 ? null : success(connectorCall, message, status);
        Instant serverTime = serverTime(message);
        long now = clock.nanos();
        PageReader.Content<T> content = body == null
                ? new PageReader.Content<>(List.of(), null)
                : read(connectorCall, message, body, bodyReader);
        budget.served(connectorCall.slot());
        message.setBody(factory.page(content, serverTime, now));
        meters.succeeded(connectorCall);
    }

    /** Makes the created thread of a 200. */
    void createdThread(Exchange exchange) throws IOException {
        ConnectorCall connectorCall = exchange.getProperty(ConnectorConstants.CALL, ConnectorCall.class);
        Message message = exchange.getMessage();
        note(exchange);
        byte[] body = success(connectorCall, message, status(message));
        List<MessageThread> threads =
                read(connectorCall, message, body, reader::threads).items();
        budget.served(connectorCall.slot());
        if (threads.size() != 1 || threads.get(0).id() == null) {
            throw ConnectorException.unanswered(
                    connectorCall.action(),
                    ConnectorFailure.NO_ANSWER,
                    requestId(message),
                    "the answer holds " + threads.size() + " threads instead of the one created, with its Id");
        }
        message.setBody(threads.get(0).json());
        meters.succeeded(connectorCall);
    }

    /** Makes the added messages of a 200: exactly one, with its Id, for each one of the request. */
    void addedMessages(Exchange exchange) throws IOException {
        ConnectorCall connectorCall = exchange.getProperty(ConnectorConstants.CALL, ConnectorCall.class);
        Message message = exchange.getMessage();
        note(exchange);
        byte[] body = success(connectorCall, message, status(message));
        List<PageReader.Added> entries = read(connectorCall, message, body, reader::added);
        budget.served(connectorCall.slot());
        Map<String, PlatformMessage> added = new LinkedHashMap<>();
        connectorCall.identifiers().forEach(identifier -> added.put(identifier, null));
        long known = entries.stream()
                .filter(entry -> entry.message() != null && entry.message().id() != null)
                .filter(entry ->
                        added.containsKey(entry.identifier()) && added.put(entry.identifier(), entry.message()) == null)
                .count();
        if (known != added.size() || entries.size() != added.size()) {
            throw ConnectorException.unanswered(
                    connectorCall.action(),
                    ConnectorFailure.NO_ANSWER,
                    requestId(message),
                    "the answer holds " + entries.size() + " messages, " + known + " of them with Id and Identifier,"
                            + " instead of the " + added.size() + " of the request");
        }
        message.setBody(new AddedMessages(added));
        meters.succeeded(connectorCall);
    }

    /** Turns every failure of a call into a {@link ConnectorException} for the caller. */
    void failure(Exchange exchange) throws Exception {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        ConnectorCall connectorCall = exchange.getProperty(ConnectorConstants.CALL, ConnectorCall.class);
        // The request, with its tokens, must not be found by whoever handles the failure.
        exchange.getMessage().setBody(null);
        if (connectorCall.slot() == null) {
            throw caught;
        }
        if (caught instanceof ConnectorException known) {
            meters.failed(connectorCall, known.failure());
            throw known;
        }
        if (exhausted(caught)) {
            meters.failed(connectorCall, ConnectorFailure.TOO_HEAVY);
            throw ConnectorException.unanswered(
                    connectorCall.action(), ConnectorFailure.TOO_HEAVY, null, FailureReason.of(caught));
        }
        boolean unreachable = caught instanceof ConnectException
                || caught instanceof UnknownHostException
                || caught instanceof NoRouteToHostException
                || caught instanceof ConnectTimeoutException;
        ConnectorFailure connectorFailure = unreachable ? ConnectorFailure.UNREACHABLE : ConnectorFailure.NO_ANSWER;
        meters.failed(connectorCall, connectorFailure);
        // Without the cause: an exception of the HTTP client may carry the request.
        throw ConnectorException.unanswered(
                connectorCall.action(),
                connectorFailure,
                null,
                redactor.redact(access.reason(caught, settings.address())));
    }

    private static boolean exhausted(Exception failure) {
        return failure.getCause() instanceof OutOfMemoryError;
    }

    private <T> T read(ConnectorCall connectorCall, Message message, byte[] body, BodyReader<T> bodyReader) {
        try {
            return bodyReader.read(body);
        } catch (IOException e) {
            String what = isHtml(body) ? htmlReceived(ConnectorFailure.NO_ANSWER) : e.getMessage();
            throw ConnectorException.unanswered(
                    connectorCall.action(), ConnectorFailure.NO_ANSWER, requestId(message), "an answer of " + what);
        }
    }

    /** @return the body of a 200; everything else is thrown */
    private byte[] success(ConnectorCall connectorCall, Message message, int status) throws IOException {
        if (status == 200) {
            byte[] body = bytes(message, LARGEST);
            if (body.length > LARGEST) {
                throw ConnectorException.unanswered(
                        connectorCall.action(),
                        ConnectorFailure.TOO_HEAVY,
                        requestId(message),
                        "a response of more than 24 MB");
            }
            return body;
        }
        long wait = 0;
        Instant now = serverTime(message);
        String header = message.getHeader("Retry-After", String.class);
        OptionalLong retryAfter = RetryAfter.millis(header, now == null ? Instant.now() : now);
        if (retryAfter.orElse(0) == RetryAfter.LONGEST_MILLIS) {
            LOG.warnf(
                    "%s: %s: Retry-After is %s, waiting an hour at most",
                    connectorCall.connection().name(), connectorCall.action(), singleLine(header));
        }
        if (status == 429) {
            wait = budget.refused(connectorCall.slot(), retryAfter.orElse(-1));
        } else if (status >= 500) {
            wait = retryAfter.orElse(0);
        }
        throw ConnectorException.answered(
                connectorCall.action(), status, requestId(message), errorMessage(message, status), wait);
    }

    /** The message of an error: {@code Message} of its JSON, or that it is an HTML page, or nothing. */
    private String errorMessage(Message message, int status) {
        byte[] body = new byte[0];
        try {
            body = bytes(message, LARGEST_ERROR);
            JsonNode text = JSON.readTree(body).path("Message");
            return text.isTextual() ? singleLine(text.textValue()) : "";
        } catch (IOException e) {
            return isHtml(body) ? htmlReceived(ConnectorFailure.ofStatus(status)) : "";
        }
    }

    /**
     * Reads the body, at most one byte more than the limit, and no longer than the response timeout, however slowly it
     * arrives.
     */
    private byte[] bytes(Message message, int limit) throws IOException {
        if (!(message.getBody() instanceof InputStream)) {
            byte[] whole = message.getBody(byte[].class);
            return whole == null ? new byte[0] : whole;
        }
        long deadline = System.nanoTime() + settings.responseTimeout().toNanos();
        ByteArrayOutputStream read = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        try (InputStream stream = (InputStream) message.getBody()) {
            for (int n = stream.read(chunk); n >= 0 && read.size() <= limit; n = stream.read(chunk)) {
                read.write(chunk, 0, n);
                if (System.nanoTime() > deadline) {
                    throw new SocketTimeoutException("the answer is not complete after "
                            + settings.responseTimeout().toSeconds() + " s");
                }
            }
        }
        return read.toByteArray();
    }

    private static int status(Message message) {
        return message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
    }

    private String requestId(Message message) {
        String id = message.getHeader("Request-Id", String.class);
        return id == null ? null : singleLine(id);
    }

    /** The platform's message as one line, redacted. */
    private String singleLine(String text) {
        return FailureReason.clean(redactor.redact(text));
    }

    private static void note(Exchange exchange) {
        exchange.setProperty(ConnectorConstants.SERVER_TIME, serverTime(exchange.getMessage()));
    }

    private static Instant serverTime(Message message) {
        String date = message.getHeader("Date", String.class);
        return date == null ? null : RetryAfter.date(date).orElse(null);
    }

    /** Whether the body begins as HTML does and JSON never. */
    private static boolean isHtml(byte[] body) {
        for (byte b : body) {
            // Negative: the byte order mark that some servers begin UTF-8 with.
            if (b > ' ') {
                return b == '<';
            }
        }
        return false;
    }

    /** @return what is reported about it, with the setting to check unless the failure's own advice names that */
    private static String htmlReceived(ConnectorFailure failure) {
        return failure.advice().contains("threadpost.connector.address")
                ? HTML
                : HTML + "; if it stays so, check threadpost.connector.address and any proxy on the way";
    }
}
