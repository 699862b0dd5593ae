package io.threadpost.pull;

import static io.threadpost.pull.SimulatedWalkers.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.threadpost.connector.ConnectorException;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OverlongWaits;
import io.threadpost.redelivery.Redeliveries;
import io.threadpost.redelivery.Redeliveries.Redelivery;
import io.threadpost.redelivery.RedeliveryWorker;
import io.threadpost.spool.StoredItems;
import io.threadpost.testing.TestNode;

/** What an operator and the scheduled tasks of a process do: backfills, audits, re-deliveries and purges. */
final class SimulatedOperator {
    static final int MOST_REDELIVERIES = 3;

    private final SimulatedHotels hotels;
    private final LedgerFixture ledger;
    private final DeliveredItems delivered;
    private final Random random;
    /** What each re-delivery has to deliver, if it still stands in the end. */
    private final Map<Long, Set<String>> promised = new HashMap<>();

    private TestNode node;
    private boolean working;

    SimulatedOperator(SimulatedHotels hotels, LedgerFixture ledger, DeliveredItems delivered, Random random) {
        this.hotels = hotels;
        this.ledger = ledger;
        this.delivered = delivered;
        this.random = random;
    }

    /** Goes on with another process. */
    void with(TestNode started) {
        node = started;
        working = false;
    }

    void backfill() {
        Backfills backfills = node.get(Backfills.class);
        List<Backfill> all = backfills.newest(Long.MAX_VALUE, 1000);
        int what = random.nextInt(8);
        if (all.isEmpty() || what == 0) {
            Instant from = hotels.moment();
            List<String> some = hotels.portfolio() && random.nextBoolean() ? hotels.some() : List.of();
            backfills.request(CONNECTION, from, from.plusSeconds(random.nextInt(3_000_000)), some);
            return;
        }
        long id = all.get(random.nextInt(all.size())).id();
        switch (what) {
            case 1 -> fill();
            case 2, 3 -> backfills.pause(id);
            case 4, 5 -> backfills.resume(id);
            case 6 -> backfills.cancel(id);
            default -> backfills.again(id);
        }
    }

    private void fill() {
        try {
            node.get(CoverageAudit.class).fill(CONNECTION);
        } catch (ConnectorException | IllegalStateException e) {
            // As an audit.
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    void audit() {
        CoverageAudit audit = node.get(CoverageAudit.class);
        try {
            int what = random.nextInt(3);
            if (what == 0) {
                audit.auditAny(CONNECTION, random);
            } else if (what == 1) {
                audit.auditRepeated(CONNECTION);
            } else {
                Instant from = hotels.moment();
                audit.audit(CONNECTION, from, from.plusSeconds(random.nextInt(3_000_000)));
            }
        } catch (ConnectorException | IllegalStateException e) {
            // The platform failed, or the audit reported why it repairs nothing; it is repeated in the end.
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    void redeliver() {
        Redeliveries redeliveries = node.get(Redeliveries.class);
        List<Redelivery> all = redeliveries.list();
        if (all.size() < MOST_REDELIVERIES && random.nextInt(1 + 3 * all.size()) == 0) {
            begin(redeliveries, all.size());
            return;
        }
        long id = all.get(random.nextInt(all.size())).id();
        switch (random.nextInt(5)) {
            case 0 -> redeliveries.pause(id);
            case 1, 2 -> redeliveries.resume(id);
            case 3 -> redeliveries.cancel(id);
            default -> work();
        }
    }

    private void begin(Redeliveries redeliveries, int number) {
        Optional<Instant> pulled = node.get(Coverage.class).pulledUntil(CONNECTION);
        String spool = "again" + number;
        String through = random.nextInt(3) == 0 ? "direct:some" + number : null;
        Instant from = hotels.moment();
        Redelivery begun;
        Set<String> before = delivered.versions(node);
        if (random.nextInt(3) > 0 && pulled.isPresent() && from.isBefore(pulled.get())) {
            Instant to = from.plusSeconds(1 + random.nextInt(9_000_000));
            Instant end = to.isBefore(pulled.get()) ? to : pulled.get();
            begun = redeliveries.begin(CONNECTION, spool, through, from, end);
            before.removeIf(version -> !between(version, from, end));
        } else {
            List<String> ids = new ArrayList<>(hotels.threads());
            ids.removeIf(id -> random.nextBoolean());
            ids.add(UUID.nameUUIDFromBytes(new byte[] {1}).toString());
            begun = redeliveries.begin(CONNECTION, spool, through, ids);
            before.removeIf(version -> !ids.contains(version.split(" ")[0]));
        }
        if (through != null) {
            before.removeIf(version -> version.compareTo("8") >= 0);
        }
        promised.put(begun.id(), before);
    }

    private static boolean between(String version, Instant from, Instant to) {
        Instant updated = Instant.parse(version.split(" ")[1]);
        return !updated.isBefore(from) && updated.isBefore(to);
    }

    /** A process has one thread for re-deliveries. */
    void work() {
        if (!working) {
            working = true;
            node.get(RedeliveryWorker.class).run();
            working = false;
            // Its waits are drawn without a seed.
            ledger.change("UPDATE redelivery SET due = 0 WHERE due > 0");
        }
    }

    void keepHouse() {
        switch (random.nextInt(5)) {
            case 4 -> node.get(OverlongWaits.class).end();
            case 0 -> node.get(DedupeKeyPurge.class).run();
            case 1 -> node.get(CoverageAudit.class).purge();
            case 2 ->
                ledger.change(
                        "UPDATE spool_parcel SET state = 'finished' WHERE state = 'waiting' AND spool = ?"
                                + " AND id % 2 = ?",
                        DeliveredItems.SPOOL, random.nextInt(2));
            default ->
                node.get(StoredItems.class).delivered(0, Long.MAX_VALUE, 1).forEach(delivered::purge);
        }
    }

    /** Nothing is left paused. */
    void resumeAll() {
        node.get(Backfills.class).newest(Long.MAX_VALUE, 1000).forEach(one -> node.get(Backfills.class)
                .resume(one.id()));
        node.get(Redeliveries.class).list().forEach(one -> node.get(Redeliveries.class)
                .resume(one.id()));
    }

    /** Each re-delivery that was not cancelled delivered what it had to, once. */
    void check(Set<String> standing) {
        for (Redelivery one : node.get(Redeliveries.class).list()) {
            List<String> again = delivered.versionsIn(node, one.spool());
            assertThat(again).as("each once: %s", one.line()).doesNotHaveDuplicates();
            if (one.state().equals("finished")) {
                assertThat(again)
                        .as("all of %s", one.line())
                        .containsAll(promised.getOrDefault(one.id(), Set.of()).stream()
                                .filter(standing::contains)
                                .collect(Collectors.toSet()));
            }
        }
    }
}
