package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.Retained;
import io.threadpost.ledger.Retention;
import io.threadpost.ledger.Retention.Kind;
import io.threadpost.ledger.Transaction;

/** What health announces before anything is removed. */
class RetentionCheckTest {
    private static final Instant FIRST = Instant.parse("2026-12-01T08:00:00.5Z");

    private static Retained things(Kind kind, long ceiling, long kept, long expiring) {
        Retention rule = new Retention(kind, Duration.ofDays(90), ceiling);
        return new Retained(null, rule) {
            @Override
            protected long kept(Transaction tx) {
                return kept;
            }

            @Override
            public Retention.Status status() {
                return new Retention.Status(rule, kept, expiring, expiring == 0 ? null : FIRST);
            }

            @Override
            public long run() {
                throw new IllegalStateException("health removes nothing");
            }
        };
    }

    private static HealthCheckResponse health(Retained... things) {
        return new RetentionCheck(List.of(things)).call();
    }

    private static String line(HealthCheckResponse health, String kind) {
        return health.getData().orElseThrow().get(kind).toString();
    }

    @Test
    void fourFifthsOfACeilingOfWhatWaitsForAPersonTakeItDown() {
        assertThat(health(things(Kind.DEAD_ITEMS, 100, 79, 0)).getStatus()).isEqualTo(Status.UP);
        HealthCheckResponse down = health(things(Kind.DEAD_ITEMS, 100, 80, 0));

        assertThat(down.getStatus()).isEqualTo(Status.DOWN);
        assertThat(line(down, "dead-items"))
                .isEqualTo("80 of at most 100; beyond threadpost.spool.dead-max the oldest are removed: handle them, or"
                        + " raise it");
        assertThat(health(things(Kind.PARKED_MAILS, 10L << 30, 8L << 30, 0)).getStatus())
                .isEqualTo(Status.DOWN);
    }

    @Test
    void whatExpiresSoonIsAnnouncedAndTakesNothingDown() {
        HealthCheckResponse health = health(things(Kind.PARKED_MAILS, 10L << 30, 3L << 20, 12));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(line(health, "parked-mails"))
                .isEqualTo("3 MB of at most 10240 MB; 12 are removed soon, the first at 2026-12-01T08:00:00Z"
                        + " (threadpost.mail.parked-keep): handle them before");
    }

    @Test
    void evidenceMayFillItsCeiling() {
        HealthCheckResponse health =
                health(things(Kind.FINISHED_ITEMS, 10, 10, 0), things(Kind.SETTLED_MAILS, 1 << 20, 1 << 20, 0));

        assertThat(health.getStatus()).isEqualTo(Status.UP);
        assertThat(line(health, "finished-items")).isEqualTo("10 of at most 10");
    }
}
