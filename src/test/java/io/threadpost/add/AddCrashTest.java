package io.threadpost.add;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** What a process leaves that dies at each moment of an add, and what the next one makes of it. */
@OnBothDatabases
class AddCrashTest extends AddBehaviour {
    private static final ThreadTexts TEXTS = ThreadTexts.of("Zoë", "Parking");

    @Parameter
    Dialect dialect;

    @Override
    Dialect dialect() {
        return dialect;
    }

    /** The ledger as a process leaves it that wrote down its intent and died. */
    private void diesAfterTheIntent(AddNode node, SandboxPlatform platform) {
        boolean begun = new ThreadAddLedger(
                        ledger.ledger(), new AttemptClock(ledger.ledger(), node.settings), node.settings)
                .recordIntent(
                        new InboundMessage("main", "mail", TEXTS),
                        platform.now().toEpochMilli());
        assertThat(begun).isTrue();
    }

    private static void becomes(AddNode node, String... threads) {
        await().until(() -> node.ended.size() == threads.length);
        assertThat(node.ended.values()).containsExactlyInAnyOrder(threads);
    }

    @Test
    void killedAfterTheIntentWithTheRequestNeverSent() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        diesAfterTheIntent(node, platform);
        node.start(1).put("mail", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).containsExactly("Parking");
        assertThat(ledger.rows("SELECT attempts FROM thread_add")).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1000})
    void killedAfterTheRequestWasSentOrItsAnswerCame(long appearsAfter) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        diesAfterTheIntent(node, platform);
        CompletableFuture<String> made = CompletableFuture.supplyAsync(
                () -> platform.addThread(platform.now(), "Zoë", "Parking"),
                CompletableFuture.delayedExecutor(appearsAfter, TimeUnit.MILLISECONDS));
        node.start(1).put("mail", "Zoë", "Parking");
        becomes(node, made.get());
        assertThat(platform.subjects()).hasSize(1);
        assertThat(ledger.rows("SELECT attempts FROM thread_add")).containsExactly("1");
    }

    @Test
    void killedAfterTheOutcomeWasWrittenDown() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 1);
        AddNode next = node(platform);
        node.close();
        next.start(1).put("mail", "Zoë", "Parking");
        becomes(next, node.ended.get("mail"));
        assertThat(platform.subjects()).hasSize(1);
    }

    @Test
    void anotherOneLikeItWaitsUntilTheFirstIsResolved() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        diesAfterTheIntent(node, platform);
        String made = platform.addThread(platform.now(), "Zoë", "Parking");
        node.start(1).put("other", "ZOË", "parking");
        await().until(() -> ledger.rows("SELECT error FROM spool_parcel WHERE alone").stream()
                .anyMatch(error -> error.contains("is not resolved yet")));
        node.put("mail", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 2);
        assertThat(node.ended).containsEntry("mail", made);
        assertThat(platform.subjects()).containsExactly("Parking", "parking");
    }

    @Test
    void oneThatNobodyCaresForAnyMoreBlocksNobody() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        diesAfterTheIntent(node, platform);
        ledger.change("UPDATE thread_add SET touched = touched - ?", ThreadAddLedger.FORSAKEN_MILLIS + 1);
        node.start(1).put("other", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).hasSize(1);
    }

    /**
     * A route was edited while the outcome was unknown: the thread is known by what was sent, whatever the route makes
     * of the message now.
     */
    @ParameterizedTest
    @CsvSource({"z@hotel.example, Parking", "Zoë, parking [edited]", "'', Parking"})
    void theRouteSaysOtherTextsNow(String sender, String subject) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        diesAfterTheIntent(node, platform);
        String made = platform.addThread(platform.now(), "Zoë", "Parking");
        node.start(1).put("mail", sender, subject);
        becomes(node, made);
        assertThat(platform.subjects()).containsExactly("Parking");
    }

    @Test
    void theRouteSaysOtherTextsNowAndTheRequestWasNeverSent() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        diesAfterTheIntent(node, platform);
        node.start(1).put("mail", "z@hotel.example", "parking [edited]");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).containsExactly("Parking");
    }

    @Test
    void oneThatComesBackAfterAnHourAsksForNothingOlderThanItself() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform);
        diesAfterTheIntent(node, platform);
        ledger.change("UPDATE thread_add SET touched = touched - ?", ThreadAddLedger.FORSAKEN_MILLIS + 1);
        String made = platform.addThread(platform.now(), "Zoë", "Parking");
        node.start(1).put("mail", "Zoë", "Parking");
        becomes(node, made);
        assertThat(platform.requests()).hasSizeLessThan(5);
    }

    @Test
    void theLedgerCannotBeWrittenWhenTheAnswerComes() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions().latency(Duration.ofMillis(300)));
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "Parking");
        await().until(() -> ledger.rows("SELECT state FROM thread_add").contains("adding"));
        ledger.change("ALTER TABLE add_thread RENAME TO away");
        await().until(() -> !ledger.rows("SELECT reason FROM spool_pause").isEmpty());
        assertThat(platform.subjects()).hasSize(1);
        ledger.change("ALTER TABLE away RENAME TO add_thread");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).hasSize(1);
    }

    @Test
    void theSameMessageHandedOutTwiceAtOnceMakesOneThread() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions().latency(Duration.ofMillis(200)));
        AddNode node = node(platform);
        for (int i = 0; i < 4; i++) {
            node.put("mail", "Zoë", "Parking");
        }
        node.start(4);
        await().until(() -> ledger.rows("SELECT id FROM spool_parcel WHERE state = 'waiting'")
                .isEmpty());
        assertThat(platform.subjects()).hasSize(1);
        assertThat(node.ended).hasSize(1);
    }

    @Test
    void twoProcessesOnOneLedgerMakeAThreadEachAndNoMore() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .faults(adds(FaultKind.LOST_ADD, Chance.every(5)).addVisibleAfter(Duration.ofMillis(600))));
        AddNode one = node(platform);
        AddNode two = node(platform);
        for (int i = 0; i < 30; i++) {
            one.put("mail-" + i, "Zoë", i % 3 == 0 ? "New booking" : "Subject " + i);
        }
        one.start(3);
        two.start(3);
        await().until(() -> one.ended.size() + two.ended.size() == 30);
        assertThat(platform.subjects()).hasSize(30);
        assertThat(ledger.rows("SELECT item_key FROM thread_add WHERE state <> 'added'"))
                .isEmpty();
    }

    @Test
    void aThreadThatAPortfolioTokenMadeIsFoundWhereverItIs() throws Exception {
        UUID pulled = UUID.fromString("851df8c8-90f2-4c4a-8e01-a4fc46b25178");
        Set<UUID> both = new LinkedHashSet<>();
        both.add(SandboxOptions.ENTERPRISE);
        both.add(pulled);
        SandboxPlatform platform = platform(new SandboxOptions()
                .accessTokens(Map.of(SandboxOptions.ACCESS_TOKEN, both))
                .faults(adds(FaultKind.LOST_ADD, Chance.at(1))));
        AddNode node = node(platform, Map.of("threadpost.connections.main.enterprise-ids", pulled.toString()))
                .start(1);
        node.put("mail", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).hasSize(1);
        assertThat(node.ended.get("mail")).hasSize(36);
    }
}
