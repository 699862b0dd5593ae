package io.threadpost.telemetry;

import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.journey.Deliveries.Outcome;
import io.threadpost.journey.JourneyTail;
import io.threadpost.ledger.LedgerKey;
import io.threadpost.ledger.Transaction;

/**
 * Spans of OpenTelemetry, from journeys. What came in with one transaction is a trace; a batch that was settled is a
 * span in the trace of each transaction that its items came from, and lasts from when they were staged. Ids follow from
 * the ledger, so that a span that is sent twice is the same span.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding">OTLP as JSON</a>
 */
final class TraceSpans {
    /** Parcels whose origin is remembered; a batch of an older one begins a trace of its own. */
    private static final int REMEMBERED = 50_000;

    private static final int SPAN_DIGITS = 16;
    private static final int CONSUMER = 5;
    private static final int PRODUCER = 4;
    private static final int ERROR = 2;
    private static final JsonMapper JSON = new JsonMapper();

    private final LedgerKey key;
    private final Map<Long, Origin> origins = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Origin> eldest) {
            return size() > REMEMBERED;
        }
    };
    private ArrayNode spans = JSON.createArrayNode();

    TraceSpans(LedgerKey key) {
        this.key = key;
    }

    /** The span that put a parcel into its spool. */
    private record Origin(String trace, String span, Instant at) {}

    /** Adds the span of what came in. */
    void add(Transaction tx, JourneyTail.Arrival arrival) throws SQLException {
        String trace = key.hash(tx, "trace", "arrival " + arrival.id());
        Origin origin = new Origin(
                trace, key.hash(tx, "span", "arrival " + arrival.id()).substring(SPAN_DIGITS), arrival.at());
        String what = arrival.page() > 0 ? "pull" : arrival.window() > 0 ? "deliver again" : "receive";
        ObjectNode span = span(
                origin,
                null,
                arrival.connection() == null ? what : what + " " + arrival.connection(),
                CONSUMER,
                arrival.at(),
                arrival.at());
        ArrayNode attributes = span.putArray("attributes");
        number(attributes, "messaging.batch.message_count", arrival.items());
        if (arrival.connection() != null) {
            text(attributes, "threadpost.connection", arrival.connection());
        }
        if (arrival.page() > 0) {
            number(attributes, "threadpost.window", arrival.window());
            number(attributes, "threadpost.page", arrival.page());
        }
        arrival.parcels().forEach(parcel -> origins.put(parcel, origin));
    }

    /** Adds the spans of a settled batch. */
    void add(Transaction tx, JourneyTail.Settlement settlement) throws SQLException {
        Map<String, Origin> parents = new LinkedHashMap<>();
        for (long parcel : settlement.items().parcels()) {
            Origin parent = origins.get(parcel);
            parents.putIfAbsent(parent == null ? "" : parent.trace(), parent);
        }
        for (Origin parent : parents.values()) {
            String name = "settlement " + settlement.id() + (parent == null ? "" : " " + parent.trace());
            Origin own = new Origin(
                    parent == null ? key.hash(tx, "trace", name) : parent.trace(),
                    key.hash(tx, "span", name).substring(SPAN_DIGITS),
                    settlement.at());
            ObjectNode span = span(
                    own,
                    parent,
                    "deliver " + settlement.spool(),
                    PRODUCER,
                    parent == null ? settlement.at() : parent.at(),
                    settlement.at());
            describe(span, settlement);
            settlement.items().sent().forEach(parcel -> origins.put(parcel, own));
        }
    }

    private static void describe(ObjectNode span, JourneyTail.Settlement settlement) {
        ArrayNode attributes = span.putArray("attributes");
        text(attributes, "messaging.destination.name", settlement.spool());
        number(attributes, "threadpost.batch", settlement.batch());
        settlement
                .items()
                .outcomes()
                .forEach((outcome, items) ->
                        number(attributes, "threadpost.items." + outcome.name().toLowerCase(Locale.ROOT), items));
        if (settlement.items().outcomes().keySet().stream().anyMatch(Set.of(Outcome.RETRIED, Outcome.DEAD)::contains)) {
            ObjectNode status = span.putObject("status").put("code", ERROR);
            if (settlement.items().step() != null) {
                status.put("message", "failed at step " + settlement.items().step());
            }
        }
    }

    private ObjectNode span(Origin own, Origin parent, String name, int kind, Instant from, Instant to) {
        ObjectNode span = spans.addObject().put("traceId", own.trace()).put("spanId", own.span());
        if (parent != null) {
            span.put("parentSpanId", parent.span());
        }
        return span.put("name", name)
                .put("kind", kind)
                .put("startTimeUnixNano", nanos(from))
                .put("endTimeUnixNano", nanos(to.isBefore(from) ? from : to));
    }

    private static String nanos(Instant at) {
        return at.toEpochMilli() + "000000";
    }

    private static void text(ArrayNode attributes, String name, String value) {
        attributes.addObject().put("key", name).putObject("value").put("stringValue", value);
    }

    /** 64-bit numbers are texts in the JSON of Protocol Buffers. */
    private static void number(ArrayNode attributes, String name, long value) {
        attributes.addObject().put("key", name).putObject("value").put("intValue", String.valueOf(value));
    }

    int size() {
        return spans.size();
    }

    /** Forgets the spans; what they staged stays known. */
    void clear() {
        spans = JSON.createArrayNode();
    }

    /** Forgets the spans and what they staged. */
    void reset() {
        clear();
        origins.clear();
    }

    /** @return the spans as a request to a collector */
    String request(String version) {
        ObjectNode request = JSON.createObjectNode();
        ObjectNode resource = request.putArray("resourceSpans").addObject();
        ArrayNode about = resource.putObject("resource").putArray("attributes");
        text(about, "service.name", "threadpost");
        text(about, "service.version", version);
        ObjectNode scope = resource.putArray("scopeSpans").addObject();
        scope.putObject("scope").put("name", "io.threadpost").put("version", version);
        scope.set("spans", spans);
        return request.toString();
    }
}
