package io.threadpost.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.alert.AlertLedger.Delivery;
import io.threadpost.alert.AlertLedger.Finding;
import io.threadpost.alert.AlertMessage.Change;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;

/** What people hear of, and how often. Time passes by moving what the ledger has recorded into the past. */
@OnBothDatabases
class AlertLedgerTest {
    private static final List<String> CHANNELS = List.of("webhook", "mail to a@hotel.example");
    private static final Duration CLEAR = Duration.ofMinutes(2);
    private static final Finding FILES = new Finding("threadpost-spools", "files", "its target is down");
    private static final Finding QUEUE = new Finding("threadpost-spools", "queue", "its target is down");

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture database;
    private AlertLedger alerts;
    private AlertLedger otherNode;

    @BeforeEach
    void open() {
        database = LedgerFixture.create(dialect, folder);
        alerts = node();
        otherNode = node();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private AlertLedger node() {
        return new AlertLedger(
                database.ledger(text -> text == null ? null : text.replace("hunter2", "***")),
                Duration.ofMinutes(5),
                3);
    }

    @Test
    void aStateIsSentOnceWhenItHasLastedAndOnceWhenItHasEnded() {
        assertThat(alerts.observe(List.of(FILES), CLEAR, CHANNELS)).isEmpty();
        pass(Duration.ofMinutes(6));

        List<Change> changes = new ArrayList<>(alerts.observe(List.of(FILES), CLEAR, CHANNELS));
        changes.addAll(otherNode.observe(List.of(FILES), CLEAR, CHANNELS));
        changes.addAll(alerts.observe(List.of(FILES), CLEAR, CHANNELS));
        assertThat(changes).singleElement().satisfies(change -> assertThat(change.line())
                .startsWith("DOWN: Spool files its target is down (since 20"));

        // One node that sees it down is enough.
        assertThat(otherNode.observe(List.of(), CLEAR, CHANNELS)).isEmpty();
        pass(Duration.ofMinutes(3));
        changes = new ArrayList<>(alerts.observe(List.of(), CLEAR, CHANNELS));
        changes.addAll(otherNode.observe(List.of(), CLEAR, CHANNELS));
        assertThat(changes).singleElement().satisfies(change -> assertThat(change.line())
                .startsWith("UP: Spool files works again, after 9"));

        for (String channel : CHANNELS) {
            assertThat(send(channel)).containsExactly("Threadpost: 1 problem", "Threadpost: 1 solved");
        }
        assertThat(alerts.alerts()).isEmpty();
    }

    @Test
    void whatEndsBeforeItsTimeIsNotSent() {
        alerts.observe(List.of(FILES), CLEAR, CHANNELS);
        pass(Duration.ofMinutes(3));
        assertThat(alerts.observe(List.of(), CLEAR, CHANNELS)).isEmpty();
        alerts.observe(List.of(FILES), CLEAR, CHANNELS);
        pass(Duration.ofMinutes(3));

        assertThat(alerts.observe(List.of(FILES), CLEAR, CHANNELS)).isEmpty();
        assertThat(send("webhook")).isEmpty();
    }

    @Test
    void whatHappensTogetherIsOneMessage() {
        raise(FILES, QUEUE);

        assertThat(send("webhook")).containsExactly("Threadpost: 2 problems");
    }

    @Test
    void aFloodBecomesASummaryAndGoesOnInTheNextHour() {
        for (int i = 0; i < 6; i++) {
            raise(new Finding("threadpost-spools", "s" + i, "is down"));
        }

        assertThat(send("webhook"))
                .containsExactly("Threadpost: 1 problem", "Threadpost: 1 problem", "Threadpost: 4 problems");
        raise(FILES);
        raise(QUEUE);
        assertThat(send("webhook")).isEmpty();
        database.change("UPDATE alert_message SET sent = sent - 3600001 WHERE sent IS NOT NULL");
        assertThat(send("webhook")).containsExactly("Threadpost: 1 problem", "Threadpost: 1 problem");
    }

    @Test
    void whatWaitedForAChannelThatWasDownIsASummary() {
        raise(FILES);
        Delivery delivery = claim("webhook", "a").orElseThrow();
        alerts.failed(delivery, "a", "hunter2 is refused");
        raise(QUEUE);

        assertThat(claim("webhook", "a")).isEmpty();
        assertThat(alerts.state("webhook")).isEqualTo(new AlertLedger.ChannelState(2, 1, "*** is refused"));
        database.change("UPDATE alert_message SET due = 0");
        assertThat(send("webhook")).containsExactly("Threadpost: 2 problems");
        assertThat(alerts.state("webhook")).isEqualTo(new AlertLedger.ChannelState(0, 0, null));
        // The other channel has its own.
        assertThat(send("mail to a@hotel.example")).hasSize(2);
    }

    @Test
    void whatIsTooOldForASummaryIsNotSentAfterIt() {
        for (int i = 0; i < 205; i++) {
            database.change(
                    "INSERT INTO alert_message (channel, created, content, attempts, due)"
                            + " VALUES ('webhook', 0, ?, 1, 0)",
                    AlertMessage.ofTest().json().toString());
        }

        Delivery delivery = claim("webhook", "a").orElseThrow();
        assertThat(delivery.ids()).hasSize(200);
        alerts.sent(delivery, "a");

        assertThat(alerts.state("webhook").waiting()).isZero();
    }

    @Test
    void oneNodeSendsAndAnotherTakesOverWhenItIsKilled() {
        raise(FILES);
        Delivery delivery = claim("webhook", "killed").orElseThrow();

        assertThat(claim("webhook", "other")).isEmpty();
        alerts.renew(delivery, "killed");
        database.change("UPDATE alert_message SET lease_until = 0");
        Delivery again = claim("webhook", "other").orElseThrow();

        assertThat(again.key()).isEqualTo(delivery.key());
        assertThatThrownBy(() -> alerts.renew(delivery, "killed")).isInstanceOf(LeaseLostException.class);
        alerts.sent(delivery, "killed");
        assertThat(alerts.state("webhook").waiting()).isOne();
        alerts.sent(again, "other");
        assertThat(alerts.state("webhook").waiting()).isZero();
    }

    private void raise(Finding... down) {
        alerts.observe(List.of(down), CLEAR, CHANNELS);
        database.change("UPDATE alert SET since = since - 360000 WHERE state = 'pending'");
        assertThat(alerts.observe(List.of(down), CLEAR, CHANNELS)).hasSize(down.length);
    }

    private void pass(Duration time) {
        database.change("UPDATE alert SET since = since - ?, seen = seen - ?", time.toMillis(), time.toMillis());
    }

    private Optional<Delivery> claim(String channel, String owner) {
        return alerts.claim(channel, owner);
    }

    /** @return the titles of what a channel sends until nothing is due */
    private List<String> send(String channel) {
        List<String> titles = new ArrayList<>();
        Optional<Delivery> next = claim(channel, "owner");
        while (next.isPresent()) {
            titles.add(next.get().message().title());
            alerts.sent(next.get(), "owner");
            next = claim(channel, "owner");
        }
        return titles;
    }
}
