package io.threadpost.telemetry;

import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.threadpost.journey.JourneyTail;
import io.threadpost.journey.JourneyTail.Arrival;
import io.threadpost.journey.JourneyTail.Position;
import io.threadpost.journey.JourneyTail.Settlement;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerKey;
import io.threadpost.ledger.Transaction;
import io.threadpost.network.HttpAccess;
import io.threadpost.retry.LogDeduplicator;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Sends new journeys to a collector, from one node at a time. The ledger knows how far it came, so that nothing is
 * missing after an outage or a restart, for as long as journeys are kept; after a lost answer spans are sent again,
 * with the same ids. Not thread-safe.
 */
@Singleton
public final class TraceExport {
    private static final Logger LOG = Logger.getLogger(TraceExport.class);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofMinutes(2);
    /** Transactions of that time may be invisible while later ones are visible. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    /** A request that the collector can never accept; OTLP/HTTP does not allow it to be repeated. */
    private static final Set<Integer> NOT_REPEATED = Set.of(400, 413);

    private static final int ARRIVALS = 100;
    private static final int SETTLEMENTS = 400;
    /** A settled batch is a span for each transaction that its items came from, which may be a thousand. */
    private static final int SPANS = 2_000;
    /** Records before the first one to send, which say where its items came from. */
    private static final int WARM = 1_000;

    private final Ledger ledger;
    private final LedgerKey key;
    private final HttpAccess access;
    private final Optional<URI> url;
    private final String authorization;
    private final String version;
    private final Duration young;
    private final TraceSpans spans;
    private final String owner;
    private final LogDeduplicator failures = new LogDeduplicator();
    private boolean warm;

    @Inject
    TraceExport(
            Ledger ledger,
            LedgerKey key,
            HttpAccess access,
            Settings settings,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this(ledger, key, access, settings, version, YOUNG);
    }

    /** @param young what was recorded later is sent by a later run */
    TraceExport(Ledger ledger, LedgerKey key, HttpAccess access, Settings settings, String version, Duration young) {
        this.ledger = ledger;
        this.key = key;
        this.access = access;
        this.url = settings.get(SettingsCatalogue.TRACES_URL);
        this.authorization = settings.get(SettingsCatalogue.TRACES_AUTHORIZATION);
        this.version = version;
        this.young = young;
        this.spans = new TraceSpans(key);
        this.owner = ledger.newOwner();
    }

    /**
     * Sends what is new, until nothing is left, the collector is down, or another node does this.
     *
     * @throws io.threadpost.ledger.LedgerException when the ledger refuses
     */
    public void run() {
        Optional<Position> sent = url.isPresent() ? ledger.write(this::lease) : Optional.empty();
        while (sent.isPresent() && !Thread.currentThread().isInterrupted()) {
            Position from = sent.get();
            Position to = ledger.read(tx -> read(tx, from));
            if (to.equals(from) || !send(url.orElseThrow())) {
                return;
            }
            sent = ledger.write(tx -> advance(tx, to));
        }
    }

    /** @return from where to send; empty while another node sends */
    private Optional<Position> lease(Transaction tx) throws SQLException {
        Position end = JourneyTail.end(tx);
        // Spans are made in reading transactions, which cannot generate the key.
        key.hash(tx, "trace", "");
        // Traces begin when they are switched on: what happened before is history.
        tx.update(
                "INSERT INTO trace_export (id, arrival, settlement, lease_owner, lease_until) VALUES (1, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO NOTHING",
                end.arrival(),
                end.settlement(),
                owner,
                tx.now());
        int leased = tx.update(
                "UPDATE trace_export SET lease_owner = ?, lease_until = ?"
                        + " WHERE id = 1 AND (lease_owner = ? OR lease_until <= ?)",
                owner,
                tx.now() + LEASE.toMillis(),
                owner,
                tx.now());
        if (leased == 0) {
            warm = false;
            return Optional.empty();
        }
        return tx.one(
                "SELECT arrival, settlement FROM trace_export WHERE id = 1",
                row -> new Position(row.getLong(1), row.getLong(2)));
    }

    private Position read(Transaction tx, Position from) throws SQLException {
        long before = tx.now() + 1 - young.toMillis();
        if (!warm) {
            remember(tx, from, before);
            warm = true;
        }
        spans.clear();
        List<Arrival> arrivals = JourneyTail.arrivals(tx, from.arrival(), before, ARRIVALS);
        // A batch is settled after its items came in: not before all of these are known.
        List<Settlement> settlements = arrivals.size() == ARRIVALS
                ? List.of()
                : JourneyTail.settlements(tx, from.settlement(), before, SETTLEMENTS);
        long arrival = from.arrival();
        for (Arrival one : arrivals) {
            spans.add(tx, one);
            arrival = one.id();
        }
        long settlement = from.settlement();
        for (Settlement one : settlements) {
            if (spans.size() >= SPANS) {
                break;
            }
            spans.add(tx, one);
            settlement = one.id();
        }
        return new Position(arrival, settlement);
    }

    /** Reads again what was sent last, few records at a time: they may be large. */
    private void remember(Transaction tx, Position from, long before) throws SQLException {
        spans.reset();
        for (long after = Math.max(0, from.arrival() - WARM); after < from.arrival(); after += ARRIVALS) {
            for (Arrival one : JourneyTail.arrivals(tx, after, before, ARRIVALS)) {
                spans.add(tx, one);
                spans.clear();
            }
        }
        for (long after = Math.max(0, from.settlement() - WARM); after < from.settlement(); after += ARRIVALS) {
            for (Settlement one : JourneyTail.settlements(tx, after, before, ARRIVALS)) {
                spans.add(tx, one);
                spans.clear();
            }
        }
    }

    private boolean send(URI collector) {
        HttpPost post = new HttpPost(collector);
        post.setEntity(new StringEntity(spans.request(version), ContentType.APPLICATION_JSON));
        if (!authorization.isEmpty()) {
            post.setHeader(HttpHeaders.AUTHORIZATION, authorization);
        }
        String problem;
        try (CloseableHttpClient client = access.client(WAIT)) {
            int status = client.execute(post, response -> response.getCode());
            if (status / 100 == 2) {
                return true;
            }
            if (NOT_REPEATED.contains(status)) {
                LOG.warnf(
                        "%d spans are dropped: the collector at %s (threadpost.traces.url) answers %d",
                        spans.size(), collector, status);
                return true;
            }
            problem = "answers " + status;
        } catch (IOException e) {
            problem = "cannot be reached: " + access.reason(e, collector);
        }
        if (failures.isNew(problem)) {
            LOG.warnf("traces wait: the collector at %s (threadpost.traces.url) %s", collector, problem);
        }
        return false;
    }

    private Optional<Position> advance(Transaction tx, Position to) throws SQLException {
        int advanced = tx.update(
                "UPDATE trace_export SET arrival = ?, settlement = ?, lease_until = ? WHERE id = 1 AND lease_owner = ?",
                to.arrival(),
                to.settlement(),
                tx.now() + LEASE.toMillis(),
                owner);
        warm = advanced == 1;
        return advanced == 1 ? Optional.of(to) : Optional.empty();
    }
}
