package io.threadpost.add;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.ledger.Dialect;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** What the platform may do to an add, one thing after the other. */
class AddAnswersTest extends AddBehaviour {
    @Override
    Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Test
    void aMessageBecomesAThreadWithItsSenderAndSubjectOnOneLine() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform).start(1);
        node.put("mail", " Zoë\t\n Müller ", "Late\r\n check-in \uD83E\uDDF3");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.threadJson(node.ended.get("mail")))
                .contains("\"OriginalSender\":\"Zoë Müller\"", "\"Subject\":\"Late check-in \uD83E\uDDF3\"");
    }

    @Test
    void whatIsTooLongIsCutBetweenCharacters() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "\uD83E\uDDF3".repeat(300));
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).containsExactly("\uD83E\uDDF3".repeat(254) + "…");
    }

    @Test
    void halfAnAnswerIsNone() throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().faults(adds(FaultKind.TRUNCATED_BODY, Chance.every(2))));
        eachBecomesOne(platform, node(platform).start(3), "a", "b", "c", "d", "a", "b");
    }

    @Test
    void anAnswerThatTakesTooLongIsNone() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .faults(adds(FaultKind.SLOW_BODY, Chance.at(1)).slowBody(Duration.ofSeconds(20))));
        eachBecomesOne(platform, node(platform).start(1), "a", "b");
    }

    @ParameterizedTest
    @CsvSource({"503", "408", "409", "302"})
    void anErrorAfterTheThreadWasMadeMakesNoOtherOne(int status) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .faults(adds(FaultKind.FALSE_ERROR, Chance.at(1, 3))
                        .errorStatus(status)
                        .addVisibleAfter(Duration.ofMillis(400))));
        eachBecomesOne(platform, node(platform).start(2), "a", "b", "c", "a");
    }

    @Test
    void aResetBeforeAnythingWasCarriedOutIsRepeated() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions().faults(adds(FaultKind.RESET, Chance.at(1))));
        eachBecomesOne(platform, node(platform).start(1), "a", "b");
    }

    @Test
    void tooManyRequestsAreWaitedForAndTheRequestIsRepeatedAtOnce() throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().faults(adds(FaultKind.TOO_MANY_REQUESTS, Chance.at(1, 2))));
        eachBecomesOne(platform, node(platform).start(1), "a", "b");
        assertThat(platform.earlyAfter429()).isZero();
    }

    @Test
    void whatThePlatformRefusesIsToldInItsWordsAndStopsNobody() throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().refuse(Map.of("spam", 400, "closed", 403, "huge", 413)));
        AddNode node = node(platform).start(1);
        node.put("1", "Zoë", "some spam");
        node.put("2", "Zoë", "closed today");
        node.put("3", "Zoë", "a huge thing");
        node.put("4", "Zoë", "fine");
        node.put("5", "", "no sender");
        await().until(() -> node.ended.size() == 5);
        assertThat(node.ended)
                .containsEntry("1", "refused-400")
                .containsEntry("2", "refused-403")
                .containsEntry("3", "refused-413")
                .containsEntry("5", "incomplete");
        assertThat(node.words.get("2")).contains("No thread about closed", "Request-Id");
        assertThat(platform.subjects()).containsExactly("fine");
    }

    @Test
    void oneWithoutThePermissionToAddWaitsAndIsTriedAgain() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .faults(adds(FaultKind.FAILED_ADD, Chance.ALWAYS).errorStatus(401)));
        AddNode node = node(platform).start(1);
        node.put("1", "Zoë", "a");
        node.put("2", "Zoë", "b");
        await().until(() -> node.status.connections().get(0).pause() != null);
        assertThat(ledger.rows("SELECT state FROM thread_add")).isEmpty();
        platform.setFaults(Faults.none());
        ledger.change("UPDATE add_pause SET until = 0");
        ledger.change("UPDATE spool_parcel SET due = 0");
        await().until(() -> node.ended.size() >= 1);
        assertThat(node.status.connections().get(0).pause()).isNull();
        ledger.change("UPDATE spool_parcel SET due = 0");
        await().until(() -> node.ended.size() == 2);
        assertThat(platform.subjects()).containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @CsvSource({"-3", "3"})
    void aPlatformWhoseClockIsWrongIsGoneBy(int minutes) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .clockOffset(Duration.ofMinutes(60L * minutes))
                .faults(adds(FaultKind.LOST_ADD, Chance.at(1))));
        platform.addThread(platform.now().minus(Duration.ofHours(2)), "Zoë", "a");
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "a");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).hasSize(2);
        assertThat(ledger.rows("SELECT attempts FROM thread_add")).containsExactly("1");
    }

    @Test
    void itIsFoundAmongThousandsWhateverTheOrder() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .threads(2500)
                .over(Duration.ofMinutes(3))
                .faults(adds(FaultKind.LOST_ADD, Chance.ALWAYS).addVisibleAfter(Duration.ofMillis(600))));
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "a");
        await().until(() -> node.ended.size() == 1);
        assertThat(platform.subjects()).hasSize(2501);
        assertThat(node.ended.get("mail")).hasSize(36);
        assertThat(platform.refusals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20, ''", "20, …"})
    void textsThatThePlatformCutsAreKnownAgain(int longest, String ending) throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions()
                .cut(longest, longest, ending)
                .faults(adds(FaultKind.LOST_ADD, Chance.every(2)).addVisibleAfter(Duration.ofMillis(300))));
        eachBecomesOne(
                platform,
                node(platform).start(1),
                "A subject that is much longer than that",
                "Another subject that is much longer than that",
                "Another subject that differs at its end only",
                "Another subject that is short");
    }

    @Test
    void aThreadThatWasCutInAnUnknownWayWaitsForAPerson() throws Exception {
        SandboxPlatform platform =
                platform(new SandboxOptions().cut(100, 20, "").faults(adds(FaultKind.LOST_ADD, Chance.at(1))));
        AddNode node = node(platform).start(1);
        node.put("mail", "Zoë", "A subject that is much longer than that");
        await().until(() -> node.ended.size() == 1);
        assertThat(node.ended).containsEntry("mail", "rough-match");
        assertThat(node.words.get("mail"))
                .contains(platform.versions().iterator().next().split(" ")[0]);
        assertThat(platform.subjects()).hasSize(1);
    }
}
