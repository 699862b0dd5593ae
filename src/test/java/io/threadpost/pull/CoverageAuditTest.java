package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.ProcessClock;
import io.threadpost.ledger.WithLedger;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** Covered time is compared with the platform, and what is missing in it is pulled, alone. */
class CoverageAuditTest extends WithLedger {
    private SandboxPlatform platform;
    private PullNode node;
    private CoverageAudit audit;

    @BeforeEach
    void pullTwentyDays() throws Exception {
        platform = SandboxPlatform.start(new SandboxOptions()
                .threads(200)
                .over(Duration.ofDays(20))
                .equalTimes(0.3)
                .noLimit());
        node = new PullNode(ledger.ledger(), platform.address(), Map.of("threadpost.pull.page-size", "20"));
        audit = node.get(CoverageAudit.class);
        node.startToFiles();
        await().untilAsserted(() -> assertThat(node.versions()).containsAll(platform.versions()));
        await("covered")
                .until(() -> node.get(Coverage.class).all("main").orElseThrow().complete());
        node.dedupeKeyPurge.run();
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
    }

    private static Instant daysAgo(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }

    @Test
    void nothingIsMissingWhereEverythingWasPulled() {
        AuditResult result = audit.audit("main", daysAgo(15), daysAgo(5));

        assertThat(result.whole()).isTrue();
        assertThat(result.listed()).isGreaterThan(50);
        assertThat(result.missing()).isZero();
        assertThat(result.line()).startsWith("complete: ");
        assertThat(audit.auditAny("main", new Random(1)).orElseThrow().missing())
                .isZero();
        assertThat(audit.status("main").audits()).isEqualTo(2);
        assertThat(audit.status("main").last()).isNotNull();
    }

    @Test
    void aThreadThatAppearedInCoveredTimeIsFoundAndDeliveredAlone() {
        String late = platform.addThread(daysAgo(10), "Jo", "Stored late");
        int before = node.versions().size();

        AuditResult result = audit.audit("main", daysAgo(15), daysAgo(5));

        assertThat(result.missing()).isEqualTo(1);
        assertThat(result.line())
                .startsWith("incomplete: 1 of ")
                .contains("backfill " + result.backfill().id());
        assertThat(audit.status("main").missing()).isEqualTo(1);
        await("repaired").until(() -> !audit.status("main").repairing());
        await().untilAsserted(() -> assertThat(node.versions()).anyMatch(version -> version.startsWith(late)));
        assertThat(node.versions()).doesNotHaveDuplicates().hasSize(before + 1);
        assertThat(audit.audit("main", daysAgo(15), daysAgo(5)).missing()).isZero();
        // A live window may be open at any time.
        assertThat(node.get(Coverage.class).of("main", daysAgo(15), daysAgo(5)).complete())
                .isTrue();
    }

    @Test
    void neighboursOfTheSameTimeAreNotDeliveredAgain() {
        Instant crowded = daysAgo(9);
        List<String> times = platform.versions().stream()
                .map(version -> version.split(" ")[1])
                .filter(time -> Instant.parse(time).isAfter(crowded))
                .sorted()
                .toList();
        platform.addThread(Instant.parse(times.get(0)), "Jo", "Stored late");
        platform.addThread(Instant.parse(times.get(40)), "Jo", "Stored late, too");

        assertThat(audit.audit("main", daysAgo(20), daysAgo(1)).missing()).isEqualTo(2);
        await("repaired").until(() -> !audit.status("main").repairing());
        await().untilAsserted(() -> assertThat(node.versions()).containsAll(platform.versions()));
        assertThat(node.versions()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsMissingIsPulledAloneWhereThereIsMoreThanAnAuditCompares() throws Exception {
        Map<String, String> small = Map.of("threadpost.pull.page-size", "2");
        try (LedgerFixture other =
                        LedgerFixture.create(Dialect.SQLITE, Files.createDirectory(folder.resolve("small")));
                PullNode pages = new PullNode(other.ledger(), platform.address(), small).startToFiles()) {
            await().untilAsserted(() -> assertThat(pages.versions()).containsAll(platform.versions()));
            await("covered")
                    .until(() ->
                            pages.get(Coverage.class).all("main").orElseThrow().complete());
            pages.dedupeKeyPurge.run();
            CoverageAudit compared = pages.get(CoverageAudit.class);
            String late = platform.addThread(daysAgo(1), "Jo", "Stored late");

            AuditResult result = compared.audit("main", daysAgo(20), Instant.now());

            assertThat(result.whole()).isFalse();
            assertThat(result.listed()).isLessThanOrEqualTo(100);
            assertThat(result.line()).startsWith("incomplete: 1 of ");
            assertThat(compared.status("main").missing()).isEqualTo(1);
            await("repaired").until(() -> !compared.status("main").repairing());
            await().untilAsserted(() -> assertThat(pages.versions()).anyMatch(version -> version.startsWith(late)));
            assertThat(pages.versions()).doesNotHaveDuplicates();

            // Nor is it compared for ever where the platform's clock was set back.
            other.change(
                    "UPDATE pull_connection SET repeated_from_ns = ?, repeated_to_ns = ?",
                    UtcNanos.nanos(daysAgo(20)),
                    UtcNanos.nanos(daysAgo(2)));
            assertThat(compared.auditRepeated("main").orElseThrow().whole()).isFalse();
            assertThat(compared.auditRepeated("main")).isEmpty();
        }
    }

    @Test
    void nothingIsClaimedAboutTimeThatIsNotRecorded() {
        ledger.change("UPDATE drained_window SET closed = 0");
        ledger.change("UPDATE page_digest SET committed = 0");
        audit.purge();

        AuditResult result = audit.audit("main", daysAgo(15), daysAgo(5));
        assertThat(result.line()).startsWith("unknown: ");
        assertThat(result.missing()).isZero();
        assertThat(ledger.rows("SELECT COUNT(*) FROM page_digest WHERE committed = 0"))
                .containsExactly("0");
    }

    @Test
    void aClockThatIsWrongForAWhileDeletesNothingThatAuditsCompare() throws Exception {
        try (LedgerFixture other =
                        LedgerFixture.create(Dialect.SQLITE, Files.createDirectory(folder.resolve("other")));
                PullNode behind = new PullNode(clockOff(other, -365), platform.address(), Map.of()).startToFiles()) {
            await("covered").until(() -> behind.get(Coverage.class)
                    .all("main")
                    .filter(Coverage.Answer::complete)
                    .isPresent());
            new PageDigests(other.ledger(), behind.settings).purge();
            new PageDigests(clockOff(other, 365), behind.settings).purge();

            AuditResult result = behind.get(CoverageAudit.class).audit("main", daysAgo(15), daysAgo(5));
            assertThat(result.whole()).isTrue();
            assertThat(result.listed()).isGreaterThan(50);
            assertThat(result.missing()).isZero();
        }
    }

    private static Ledger clockOff(LedgerFixture ledger, int days) {
        return ledger.killedAfter(Integer.MAX_VALUE, new ProcessClock() {
            @Override
            public long wallMillis() {
                return daysAgo(-days).toEpochMilli();
            }
        });
    }

    @Test
    void nothingIsClaimedWhereRecordingIsOff() throws Exception {
        Map<String, String> off = Map.of("threadpost.coverage.audit-keep", "0s");
        try (LedgerFixture other =
                        LedgerFixture.create(Dialect.SQLITE, Files.createDirectory(folder.resolve("other")));
                PullNode without = new PullNode(other.ledger(), platform.address(), off).startToFiles()) {
            await().untilAsserted(() -> assertThat(without.versions()).containsAll(platform.versions()));
            await("covered").until(() -> without.get(Coverage.class)
                    .all("main")
                    .orElseThrow()
                    .complete());
            AuditResult result = without.get(CoverageAudit.class).audit("main", daysAgo(15), daysAgo(5));
            assertThat(result.line()).startsWith("unknown: ");
            assertThat(result.missing()).isZero();
        }
    }

    @Test
    void whatAnAuditFoundAndAnOperatorCancelledIsAGapUntilGapsAreFilled() throws Exception {
        Backfills backfills = node.get(Backfills.class);
        Coverage coverage = node.get(Coverage.class);
        node.camel.getRouteController().stopRoute("walk-windows");
        String late = platform.addThread(daysAgo(10), "Jo", "Stored late");
        long first = audit.audit("main", daysAgo(15), daysAgo(5)).backfill().id();
        assertThat(backfills.cancel(first)).isTrue();
        node.dedupeKeyPurge.run();

        assertThat(backfills.again(first)).isFalse();
        assertThat(coverage.fill("main")).isEmpty();
        assertThat(coverage.of("main", daysAgo(15), daysAgo(5)).gaps())
                .extracting(Coverage.Gap::reason)
                .containsExactly(Coverage.Reason.CANCELLED);

        node.camel.getRouteController().startRoute("walk-windows");
        long second = audit.fill("main").orElseThrow().id();
        await("repaired")
                .until(() -> backfills.one(second).orElseThrow().state().equals("finished"));
        await().untilAsserted(() -> assertThat(node.versions()).anyMatch(version -> version.startsWith(late)));
        assertThat(node.versions()).doesNotHaveDuplicates();
        assertThat(coverage.of("main", daysAgo(15), daysAgo(5)).complete()).isTrue();
        assertThat(audit.status("main").repairing()).isFalse();
    }

    @Test
    void whatChangesWhileThePlatformsClockIsSetBackIsFoundByAudits() {
        platform.setClockOffset(Duration.ofHours(-3));
        await("it is reported").until(() -> {
            String error = node.status.connections().get(0).error();
            return error != null && error.contains("clock was set back");
        });
        // Before anybody noticed that, and in whole seconds, too.
        String id = platform.addThread(platform.now().minusSeconds(20), "Jo", "In time that has passed before");

        assertThat(audit.auditRepeated("main").orElseThrow().missing()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(node.versions()).anyMatch(version -> version.startsWith(id)));
        assertThat(node.versions()).doesNotHaveDuplicates();
    }
}
