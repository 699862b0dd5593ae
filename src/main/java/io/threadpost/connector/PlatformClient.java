package io.threadpost.connector;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.jboss.logging.Logger;

import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.ProcessClock;
import io.threadpost.retry.DurationFormat;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/**
 * Calls the connector's routes from Java, such as {@code direct:get-threads} and {@code direct:add-messages}, and knows
 * the platform's time: one clock per connection, set by every successful response that carries a page. The offset that
 * a clock trusts is kept in the ledger.
 */
@Singleton
public final class PlatformClient {
    private static final Logger LOG = Logger.getLogger(PlatformClient.class);
    private static final long WORTH_STORING_MILLIS = 5_000;
    /** Failures of one request, or without any: the platform serves. */
    private static final Set<ConnectorFailure> SERVES = EnumSet.of(
            ConnectorFailure.INVALID,
            ConnectorFailure.TOO_HEAVY,
            ConnectorFailure.TOO_LARGE,
            ConnectorFailure.CONFLICT,
            ConnectorFailure.RATE_LIMITED,
            ConnectorFailure.STOPPED);

    private final ProducerTemplate template;
    private final Map<String, List<String>> enterprises;
    private final Ledger ledger;
    private final ProcessClock time;
    private final Map<String, PlatformClock> clocks = new ConcurrentHashMap<>();
    /** When the platform stopped serving a connection, in monotonic time. */
    private final Map<String, Long> outages = new ConcurrentHashMap<>();

    PlatformClient(CamelContext camel, Ledger ledger, Settings settings) {
        this.enterprises = settings.connections().stream()
                .collect(Collectors.toMap(ConnectionSettings::name, ConnectionSettings::enterpriseIds));
        this.template = camel.createProducerTemplate();
        this.ledger = ledger;
        this.time = ledger.clock();
    }

    /**
     * @param request the operation's own properties; null leaves out one that the connection would add. For more than
     *     1000 enterprises several requests are sent
     * @return one page of threads
     * @throws ConnectorException when there is no page, with what may be done about it
     */
    public ThreadPage getThreads(String connection, Priority priority, Map<String, Object> request) {
        Object ids = request.containsKey("EnterpriseIds") ? request.get("EnterpriseIds") : enterprises.get(connection);
        if (ids instanceof List<?> many && many.size() > PartitionedThreads.MOST) {
            return new PartitionedThreads(many, part -> getPart(connection, priority, part)).get(request);
        }
        return getPart(connection, priority, request);
    }

    private ThreadPage getPart(String connection, Priority priority, Map<String, Object> request) {
        ThreadPage page;
        try {
            page = call("direct:get-threads", connection, priority, request, null)
                    .getBody(ThreadPage.class);
        } catch (ConnectorException e) {
            if (!SERVES.contains(e.failure())) {
                outages.putIfAbsent(connection, time.nanos());
            }
            throw e;
        }
        served(connection);
        observe(connection, page.serverTime(), page.answeredNanos());
        return page;
    }

    /**
     * @param beforeSending runs when the request has its slot and is about to be sent; what it throws is rethrown, and
     *     nothing is sent
     * @return the created thread
     * @throws ConnectorException when there is no thread, or no response that says so
     */
    public RawJson addThread(String connection, Map<String, Object> request, Runnable beforeSending) {
        return call("direct:add-thread", connection, Priority.ADD, request, beforeSending)
                .getBody(RawJson.class);
    }

    /**
     * @param messageQuery in the whole scope of the token
     * @return one page of messages
     * @throws ConnectorException when there is no page, with what may be done about it
     */
    public MessagePage getMessages(String connection, Priority priority, MessageQuery messageQuery) {
        MessagePage page = call("direct:get-messages", connection, priority, messageQuery.toRequest(), null)
                .getBody(MessagePage.class);
        observe(connection, page.serverTime(), page.answeredNanos());
        return page;
    }

    /**
     * Adds messages to threads, all in one request.
     *
     * @param messages 1 to 1000, each with another identifier
     * @param beforeSending runs when the request has its slot and is about to be sent; what it throws is rethrown, and
     *     nothing is sent; may be null
     * @return the added messages, one for each
     * @throws ConnectorException when there are none, or no response that names each of them; where
     *     {@link ConnectorFailure#mayHaveTakenEffect()}, all, some or none of them are in their threads
     */
    public AddedMessages addMessages(String connection, List<NewMessage> messages, Runnable beforeSending) {
        return call("direct:add-messages", connection, Priority.ADD, messages, beforeSending)
                .getBody(AddedMessages.class);
    }

    /**
     * The platform's time, never ahead of it: what a window or an attempt may safely begin or end at.
     *
     * @param maxAge the platform is asked when its last response is older; null: only before the first
     * @throws ConnectorException when the platform does not answer
     */
    public Instant now(String connection, Priority priority, Duration maxAge) {
        refresh(connection, priority, maxAge);
        return clock(connection).now(time.wallMillis(), time.nanos()).orElseThrow();
    }

    /**
     * The platform's time as its last response says, without protection against a jump: equal to {@link #now} or later.
     *
     * @param maxAge as for {@link #now}
     * @throws ConnectorException when the platform does not answer
     */
    public Instant latest(String connection, Priority priority, Duration maxAge) {
        refresh(connection, priority, maxAge);
        return clock(connection).latest(time.nanos()).orElseThrow();
    }

    private void refresh(String connection, Priority priority, Duration maxAge) {
        Optional<Duration> age = clock(connection).age(time.nanos());
        if (age.isEmpty() || maxAge != null && age.get().compareTo(maxAge) > 0) {
            Instant local = Instant.ofEpochMilli(time.wallMillis()).truncatedTo(ChronoUnit.SECONDS);
            getThreads(
                    connection,
                    priority,
                    Map.of(
                            "UpdatedUtc",
                            Map.of("StartUtc", local.minusSeconds(60).toString(), "EndUtc", local.toString()),
                            "Limitation",
                            Map.of("Count", 1)));
        }
    }

    private Message call(
            String endpoint, String connection, Priority priority, Object request, Runnable beforeSending) {
        Exchange exchange = template.send(endpoint, asked -> {
            asked.setProperty(ConnectorConstants.PRIORITY, priority);
            asked.setProperty(ConnectorConstants.BEFORE_SENDING, beforeSending);
            asked.getMessage().setHeader(ConnectorConstants.CONNECTION, connection);
            asked.getMessage().setBody(request);
        });
        Exception failure = exchange.getException();
        if (failure != null) {
            throw failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }
        return exchange.getMessage();
    }

    private void served(String connection) {
        Long began = outages.remove(connection);
        if (began != null) {
            LOG.infof(
                    "%s: the platform works again after %s",
                    connection, DurationFormat.text(Duration.ofNanos(time.nanos() - began)));
        }
    }

    private void observe(String connection, Instant serverTime, long answeredNanos) {
        PlatformClock clock = clock(connection);
        Long before = clock.trusted();
        clock.observe(
                serverTime == null ? Instant.ofEpochMilli(time.wallMillis()) : serverTime,
                answeredNanos,
                time.wallMillis(),
                time.nanos());
        Long after = clock.trusted();
        if (before == null || Math.abs(after - before) > WORTH_STORING_MILLIS) {
            store(connection, after);
        }
    }

    private PlatformClock clock(String connection) {
        return clocks.computeIfAbsent(connection, name -> new PlatformClock(name, stored(name)));
    }

    private Long stored(String connection) {
        return ledger.read(tx -> tx.one(
                        "SELECT offset_ms FROM pull_connection WHERE connection = ?",
                        row -> {
                            long offset = row.getLong(1);
                            return row.wasNull() ? Optional.<Long>empty() : Optional.of(offset);
                        },
                        connection)
                .flatMap(offset -> offset)
                .orElse(null));
    }

    private void store(String connection, long offset) {
        ledger.write(tx -> tx.update(
                "INSERT INTO pull_connection (connection, offset_ms) VALUES (?, ?)"
                        + " ON CONFLICT (connection) DO UPDATE SET offset_ms = excluded.offset_ms",
                connection,
                offset));
    }
}
