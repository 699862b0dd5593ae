package io.threadpost.add;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

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

/** What becomes of messages, and how many threads there are in the end: one for each. */
@OnBothDatabases
class AddThreadTest extends AddBehaviour {
    @Parameter
    Dialect dialect;

    @Override
    Dialect dialect() {
        return dialect;
    }

    @Test
    void theSameMessageHandedOutAgainMakesNoOtherThread() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 1);
        String thread = node.ended.remove("mail");
        node.put("mail", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 1);
        assertThat(node.ended).containsEntry("mail", thread);
        assertThat(platform.subjects()).hasSize(1);
    }

    @Test
    void messagesThatLookTheSameMakeAThreadEach() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        eachBecomesOne(platform, node(platform).start(4), "New booking", "New booking", "new  booking", "New booking");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 800})
    void aThreadWhoseAnswerWasLostIsAdopted(long visibleAfter) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .faults(adds(FaultKind.LOST_ADD, Chance.every(2)).addVisibleAfter(Duration.ofMillis(visibleAfter))));
        eachBecomesOne(platform, node(platform).start(3), "a", "b", "c", "d", "a", "b", "c", "a");
    }

    @ParameterizedTest
    @CsvSource({"500", "408"})
    void anErrorWithoutAThreadIsRepeatedWhenNothingCanComeOfItAnyMore(int status) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .faults(adds(FaultKind.FAILED_ADD, Chance.at(1)).errorStatus(status)));
        Instant begun = Instant.now();
        eachBecomesOne(platform, node(platform).start(1), "a");
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(1500));
        assertThat(platform.requests().stream()
                        .filter(request -> request.action().equals("getAll")))
                .hasSizeGreaterThan(2);
    }

    @Test
    void whileThePlatformIsNotThereMessagesWait() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        platform.setAvailable(false);
        AddNode node = node(platform).start(2);
        IntStream.range(0, 10).forEach(i -> node.put("early-" + i, "Zoë", "s" + i));
        await().until(() -> node.status.connections().get(0).pause() != null);
        assertThat(ledger.rows("SELECT state FROM thread_add")).isEmpty();
        platform.setAvailable(true);
        await().until(() -> node.ended.size() == 10);
        assertThat(platform.subjects()).hasSize(10).doesNotHaveDuplicates();
        assertThat(node.status.connections().get(0).pause()).isNull();
        assertThat(ledger.rows("SELECT id FROM spool_parcel WHERE attempts > 0 OR state = 'dead'"))
                .isEmpty();
    }

    @Test
    void afterAFailingPlatformManyThatLookTheSameGoOnAsOthersDo() throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().faults(adds(FaultKind.FAILED_ADD, Chance.at(1, 2, 3, 7, 8, 9))));
        String[] subjects = new String[15];
        Arrays.fill(subjects, "New booking");
        eachBecomesOne(platform, node(platform).start(4), subjects);
    }

    @Test
    void aRefusedTokenStopsItsConnectionOnlyAndHealsByItself() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform, Map.of("threadpost.connections.other.access-token", "wrong"));
        node.start(2);
        for (int i = 0; i < 5; i++) {
            node.put("other", "o" + i, "Zoë", "other " + i);
            node.put("main", "m" + i, "Zoë", "main " + i);
        }
        await().until(() -> node.ended.size() == 5);
        await().untilAsserted(() -> assertThat(node.status.connections().get(1).pause())
                .satisfies(pause -> {
                    assertThat(pause.refused()).isTrue();
                    assertThat(pause.reason()).contains("401").doesNotContain("wrong");
                }));
        assertThat(platform.refusals()).hasSizeLessThan(4);
        assertThat(ledger.rows("SELECT state FROM thread_add WHERE connection = 'other'"))
                .isEmpty();
        assertThat(platform.subjects()).hasSize(5).allMatch(subject -> subject.startsWith("main"));
    }

    @Test
    void whatOthersTeachMeanwhileExplainsIt() throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().cut(100, 20, "").faults(adds(FaultKind.LOST_ADD, Chance.at(1))));
        eachBecomesOne(
                platform,
                node(platform).start(1),
                "A subject that is much longer than that",
                "Another subject that is much longer than that");
    }

    @Test
    void severalThatNobodyClaimsWaitForAPersonAndTheNextOneGoesOn() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions().faults(adds(FaultKind.LOST_ADD, Chance.at(1))));
        platform.addThread(platform.now(), "Zoë", "a");
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "a");
        await().until(() -> node.ended.size() == 1);
        assertThat(node.ended).containsEntry("mail", "ambiguous");
        node.put("next", "Zoë", "a");
        await().until(() -> node.ended.size() == 2);
        assertThat(node.ended.get("next")).hasSize(36);
        ledger.ledger().write(tx -> node.adds.retry(tx, "main", "mail"));
        node.ended.remove("mail");
        node.put("mail", "Zoë", "a");
        await().until(() -> node.ended.size() == 2);
        assertThat(platform.subjects()).hasSize(4);
    }

    /** The backup does not know what was added after it; a mail of that time comes again, and a later one does not. */
    @Test
    void whatWasAddedSinceTheBackupIsFoundAfterARestore() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode before = node(platform).start(1);
        before.put("mail", "Zoë", "Parking");
        await().until(() -> before.ended.size() == 1);
        String thread = before.ended.get("mail");
        before.close();
        long restored = System.currentTimeMillis();
        ledger.change("DELETE FROM thread_add");
        ledger.change("DELETE FROM add_thread");
        ledger.change(
                "INSERT INTO ledger_history (event, at, taken, other) VALUES ('restored', ?, ?, 'x')",
                restored,
                restored - 3_600_000);
        received("mail", restored - 1000);
        received("later", restored + 1000);

        AddNode node = node(platform).start(1);
        node.put("later", "Zoë", "Parking");
        await().until(() -> node.ended.size() == 1);
        node.put("mail", "Zoë", "Parking");
        node.put("new", "Zoë", "Wifi");
        await().until(() -> node.ended.size() == 3);

        assertThat(node.ended).containsEntry("mail", thread);
        assertThat(node.ended.get("later")).isNotEqualTo(thread);
        assertThat(platform.subjects()).containsExactlyInAnyOrder("Parking", "Parking", "Wifi");
    }

    private void received(String key, long at) {
        ledger.change(
                "INSERT INTO mail (mailbox, identity, item_key, connection, received, staged, bytes, state, changed)"
                        + " VALUES ('main', ?, ?, 'main', ?, 1, 1, 'waiting', 1)",
                key,
                key,
                at);
    }
}
