package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.pull.Coverage.Gap;
import io.threadpost.pull.Coverage.Reason;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.spool.SpoolActions;

/** Backfills bring what no window has covered, once, whatever an operator does to them meanwhile. */
@OnBothDatabases
@Proves(Promise.EVERY_VERSION_IS_DELIVERED)
class BackfillTest {
    private static final int THREADS = 300;
    private static final int LIMIT = 40;
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant FUTURE = Instant.parse("2100-01-01T00:00:00Z");

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private SandboxPlatform platform;
    private PullNode node;
    private Backfills backfills;
    private Coverage coverage;

    @BeforeEach
    void startWithADayOfAHundred() throws Exception {
        ledger = LedgerFixture.create(dialect, folder);
        platform = SandboxPlatform.start(new SandboxOptions()
                .threads(THREADS)
                .over(Duration.ofDays(100))
                .equalTimes(0.2)
                .accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, Set.of(SandboxOptions.ENTERPRISE, new UUID(0, 1))))
                .noLimit());
        node = new PullNode(
                ledger.ledger(),
                platform.address(),
                Map.of(
                        "threadpost.pull.start", "P1D",
                        "threadpost.pull.page-size", "10",
                        "threadpost.pull.backfill-spool-limit", String.valueOf(LIMIT)));
        backfills = node.get(Backfills.class);
        coverage = node.get(Coverage.class);
        node.startToFiles();
        await("the day was pulled")
                .until(() -> coverage.all("main").map(Coverage.Answer::complete).orElse(false));
        node.dedupeKeyPurge.run();
    }

    @AfterEach
    void stop() {
        node.close();
        platform.close();
        ledger.close();
    }

    private Backfill backfill(Instant from, Instant to) {
        return backfills.request("main", from, to, List.of()).orElseThrow();
    }

    private int waiting() {
        return Integer.parseInt(
                ledger.rows("SELECT SUM(size) FROM spool_parcel WHERE spool = 'files' AND state = 'waiting'")
                        .get(0));
    }

    private Backfill now(Backfill backfill) {
        return backfills.one(backfill.id()).orElseThrow();
    }

    private void awaitEnd(Backfill backfill) {
        await("the backfill is finished").until(() -> now(backfill).state().equals("finished"));
    }

    private void everythingArrivesOnce() {
        await().untilAsserted(() -> assertThat(node.versions()).containsAll(platform.versions()));
        assertThat(node.versions()).doesNotHaveDuplicates();
        assertThat(platform.refusals()).isEmpty();
    }

    @Test
    void bringsWhatIsOlderThanTheFirstPullAndNothingAgain() {
        assertThat(node.versions()).hasSizeLessThan(THREADS / 10);

        Backfill backfill = backfill(LONG_AGO, FUTURE);
        awaitEnd(backfill);
        everythingArrivesOnce();

        Backfill over = now(backfill);
        assertThat(over.share()).isEqualTo(1);
        assertThat(over.windows()).isZero();
        assertThat(over.remaining()).isNull();
        assertThat(over.finished()).isNotNull();
        // The others came with the first pull.
        assertThat(over.threads()).isBetween(THREADS * 9L / 10, (long) THREADS);
        node.dedupeKeyPurge.run();
        assertThat(node.get(ThreadVersions.class)
                        .count("main", 0, UtcNanos.nanos(Instant.now().minusSeconds(86_400))))
                .as("keys of covered time")
                .isZero();

        Backfill again = backfill(LONG_AGO, FUTURE);
        assertThat(again.state()).isEqualTo("finished");
        assertThat(again.pages()).isZero();
        everythingArrivesOnce();
    }

    @Test
    void windowsAreAtMostACalendarMonthAndTheNewestIsPulledFirst() throws Exception {
        platform.setAvailable(false);
        backfill(Instant.parse("2023-01-31T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));

        List<String> windows = ledger.rows(
                "SELECT start_ns, end_ns FROM pull_window WHERE kind = 'backfill'" + " ORDER BY start_ns DESC");
        assertThat(windows).hasSizeGreaterThanOrEqualTo(36).allSatisfy(window -> {
            long start = Long.parseLong(window.split("\\|")[0]);
            long end = Long.parseLong(window.split("\\|")[1]);
            assertThat(end).isLessThanOrEqualTo(BackfillWindows.monthAfter(start));
        });
        node.camel.getRouteController().stopAllRoutes();
        ledger.change("UPDATE pull_window SET due = 0");
        assertThat(node.windows.claim("main", "test", false).orElseThrow().start())
                .isEqualTo(Long.parseLong(windows.get(0).split("\\|")[0]));
    }

    @Test
    void aPausedBackfillWaitsAndGoesOnWhenItIsResumed() {
        platform.setAvailable(false);
        Backfill backfill = backfill(LONG_AGO, FUTURE);
        assertThat(backfills.pause(backfill.id())).isTrue();
        assertThat(backfills.pause(backfill.id())).as("paused twice").isFalse();
        platform.setAvailable(true);

        String id = platform.addThread(Instant.now(), "Jo", "Live pulls go on");
        await().untilAsserted(() -> assertThat(node.versions()).anyMatch(version -> version.startsWith(id)));
        node.dedupeKeyPurge.run();
        assertThat(now(backfill).state()).isEqualTo("paused");
        assertThat(now(backfill).pages()).isZero();
        assertThat(coverage.of("main", LONG_AGO, LONG_AGO.plusSeconds(60)).gaps())
                .extracting(Gap::reason)
                .containsExactly(Reason.PAUSED);

        assertThat(backfills.resume(backfill.id())).isTrue();
        awaitEnd(backfill);
        everythingArrivesOnce();
    }

    @Test
    void aCancelledBackfillLeavesAGapThatIsShownAndFilled() {
        Instant end = Instant.now().minus(Duration.ofDays(50));
        Backfill backfill = backfill(LONG_AGO, end);
        backfills.cancel(backfill.id());
        Instant day = Instant.now().minus(Duration.ofDays(51));

        Coverage.Answer answer = coverage.all("main").orElseThrow();
        assertThat(answer.complete()).isFalse();
        assertThat(answer.line()).startsWith("incomplete: ");
        assertThat(coverage.of("main", end.plusSeconds(1), end.plusSeconds(2)).gaps())
                .extracting(Gap::reason)
                .containsExactly(Reason.UNPLANNED);
        assertThat(coverage.of("main", FUTURE, FUTURE.plusSeconds(1)).gaps())
                .extracting(Gap::reason)
                .containsExactly(Reason.AHEAD);
        assertThat(now(backfill).state()).isIn("cancelled", "finished");

        Backfill filling = coverage.fill("main").orElseThrow();
        awaitEnd(filling);
        everythingArrivesOnce();
        assertThat(coverage.of("main", day, day.plusSeconds(60)).line()).startsWith("complete: ");
        assertThat(coverage.fill("main")).isEmpty();
        assertThat(ledger.rows("SELECT id FROM pull_window WHERE state = 'cancelled'"))
                .isEmpty();
    }

    @Test
    void aCancelledBackfillRunsAgain() {
        platform.setAvailable(false);
        Backfill backfill = backfill(LONG_AGO, FUTURE);
        assertThat(backfills.again(backfill.id())).as("while it runs").isFalse();
        assertThat(backfills.cancel(backfill.id())).isTrue();
        platform.setAvailable(true);

        assertThat(backfills.again(backfill.id())).isTrue();
        awaitEnd(backfill);
        everythingArrivesOnce();
        assertThat(now(backfill).share()).isEqualTo(1);
    }

    @Test
    void aBackfillOfOneEnterpriseCoversNothingForTheOthers() {
        List<String> enterprises = List.of(SandboxOptions.ENTERPRISE.toString());
        Backfill backfill =
                backfills.request("main", LONG_AGO, FUTURE, enterprises).orElseThrow();
        awaitEnd(backfill);
        await().untilAsserted(() -> assertThat(node.versions().size())
                .isGreaterThanOrEqualTo((int) now(backfill).threads()));
        assertThat(now(backfill).threads()).isBetween(THREADS / 10L, THREADS * 9L / 10);
        node.dedupeKeyPurge.run();

        awaitEnd(backfill(LONG_AGO, FUTURE));
        everythingArrivesOnce();
    }

    @Test
    void aBackfillWaitsForATargetThatDoesNotTakeItsThreadsAndLivePullsDoNot() {
        SpoolActions spools = node.get(SpoolActions.class);
        spools.hold("files", "a test");
        Backfill backfill = backfill(LONG_AGO, FUTURE);
        await("the spool is full")
                .untilAsserted(() -> assertThat(now(backfill).waitsFor()).isEqualTo("files"));
        assertThat(now(backfill).line()).endsWith("waits for spool:files, which is full");
        int threads = waiting();
        platform.addThread(Instant.now(), "Jo", "Live pulls go on");
        await("the new thread is in the spool").until(() -> waiting() > threads);
        assertThat(now(backfill).threads()).as("pulled by the backfill").isLessThan(THREADS * 9L / 10);
        aWindowThatWaitsIsWalkedOnLater();
        assertThat(backfills.pause(backfill.id())).isTrue();
        assertThat(now(backfill).waitsFor()).isNull();
        assertThat(backfills.resume(backfill.id())).isTrue();

        spools.release("files");
        awaitEnd(backfill);
        everythingArrivesOnce();
    }

    private void aWindowThatWaitsIsWalkedOnLater() {
        Windows windows = node.get(Windows.class);
        String owner = windows.newOwner();
        Window window = await("a window is due")
                .until(() -> windows.claim("main", owner, false), Optional::isPresent)
                .orElseThrow();
        WindowWalk walk = node.get(WalkerFactory.class).walk(window, owner, null);

        assertThat(walk.fetch()).isEmpty();
        // The route commits in each turn, also in one without a page.
        assertThat(walk.commit()).isFalse();
        assertThat(walk.waits()).isTrue();
        windows.release(window, owner, 0, null);
    }
}
