package io.threadpost.mail;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.Sources;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.mail.MailRecord.State;

/** What a person does with mails that wait, and what becomes of them with time. */
@OnBothDatabases
@Proves(Promise.EVERY_MAIL_BECOMES_ONE_THREAD)
class MailActionsTest extends MailBehaviour {
    private static final String ROUTE = Sources.text(Path.of("routes/mail-to-thread.camel.yaml"));
    private static final MailSelection ALL = new MailSelection(null, null, null, null);
    private static final Processor ADDS = exchange -> exchange.getMessage()
            .setHeader("ThreadpostThread", "thread-of-" + exchange.getMessage().getHeader("ThreadpostKey"));

    private volatile Processor platform = ADDS;

    @BeforeEach
    void start() throws Exception {
        node.run("mail-to-thread", ROUTE, exchange -> platform.process(exchange));
    }

    private MailRecord find(long number) {
        return node.mailRepository.find(number).orElseThrow();
    }

    private MailRecord settled(long number) {
        await().until(() -> find(number).state() != State.WAITING);
        return find(number);
    }

    private long parked(String header) {
        long number = node.stage(header + "\nFrom: jana@guest.example\n\nHello").number();
        assertThat(settled(number).state()).isEqualTo(State.PARKED);
        return number;
    }

    @Test
    void releasedMailIsNotJudgedAndBecomesAThread() {
        long number = parked("Auto-Submitted: auto-generated");

        assertThat(node.actions.release(MailSelection.one(number))).isEqualTo(1);

        MailRecord mailRecord = settled(number);
        assertThat(mailRecord.state()).isEqualTo(State.THREAD);
        assertThat(mailRecord.releases()).isEqualTo(1);
        assertThat(node.actions.release(MailSelection.one(number))).isZero();
        assertThat(node.actions.discard(MailSelection.one(number))).isZero();
    }

    @Test
    void whatAPersonWritesReplacesWhatTheRouteMakes() {
        Map<Long, String> threads = new ConcurrentHashMap<>();
        platform = exchange -> {
            threads.put(
                    exchange.getProperty(MailConstants.MAIL, InboundMail.class)
                            .record()
                            .number(),
                    exchange.getProperty("ThreadpostReleaseSender") + ": "
                            + exchange.getProperty("ThreadpostReleaseSubject"));
            ADDS.process(exchange);
        };
        long edited = parked("List-Id: <a.b>");
        long unedited = parked("List-Id: <c.d>");

        assertThat(node.actions.release(edited, new MailRepository.ReleaseTexts("Jana", "A late arrival")))
                .isTrue();
        assertThat(node.actions.release(MailSelection.one(unedited))).isEqualTo(1);

        assertThat(settled(edited).state()).isEqualTo(State.THREAD);
        assertThat(settled(unedited).state()).isEqualTo(State.THREAD);
        assertThat(threads).containsEntry(edited, "Jana: A late arrival").containsEntry(unedited, "null: null");
    }

    @Test
    void aDiscardedMailIsReleasedAfterAll() {
        long number = parked("List-Id: <a.b>");
        node.actions.discard(MailSelection.one(number));

        assertThat(node.actions.release(number, MailRepository.ReleaseTexts.NONE))
                .isTrue();

        assertThat(settled(number).state()).isEqualTo(State.THREAD);
        assertThat(node.actions.release(number, MailRepository.ReleaseTexts.NONE))
                .isFalse();
    }

    @Test
    void mailsAreReleasedByReason() {
        long bounce = parked("Return-Path: <>");
        long list = parked("List-Id: <a.b>");

        assertThat(node.actions.release(new MailSelection(null, null, null, "list")))
                .isEqualTo(1);

        assertThat(settled(list).state()).isEqualTo(State.THREAD);
        assertThat(find(bounce).state()).isEqualTo(State.PARKED);
        assertThat(node.actions.release(new MailSelection(null, null, "spa", null)))
                .isZero();
        assertThat(node.actions.release(ALL)).isEqualTo(1);
        assertThat(settled(bounce).state()).isEqualTo(State.THREAD);
    }

    @Test
    void discardedMailBecomesNothing() {
        long number = parked("Return-Path: <>");

        assertThat(node.actions.discard(MailSelection.one(number))).isEqualTo(1);

        assertThat(find(number).state()).isEqualTo(State.DISCARDED);
        assertThat(find(number).why()).startsWith("a person discarded it; before: it wants no bounces");
        assertThat(node.actions.release(ALL)).isZero();
    }

    @Test
    void whatThePlatformRefusedIsAskedAnewWhenItIsReleased() {
        platform = exchange -> {
            exchange.getMessage().setHeader("ThreadpostRefused", "the platform answered 403: no");
            exchange.getMessage().setHeader("ThreadpostRefusal", "refused-403");
        };
        long number = parked("Subject: x");
        database.change("INSERT INTO thread_add (connection, item_key, state, scope, since, attempts, over, process, "
                + "touched, code)"
                + " SELECT connection, item_key, 'refused', 'a', 1, 1, 1, 'p', 1, 'ambiguous' FROM mail");
        platform = ADDS;

        node.actions.release(new MailSelection(null, null, null, "refused-403"));

        assertThat(settled(number).state()).isEqualTo(State.THREAD);
        assertThat(rows("SELECT state FROM thread_add")).isEmpty();
    }

    @Test
    void mailWhoseAttemptsAreUsedUpHasFailedAndCanBeReleased() {
        platform = exchange -> {
            if (String.valueOf(exchange.getMessage().getHeader("Subject")).equals("poison")) {
                throw new IllegalStateException("a fault of ours");
            }
            ADDS.process(exchange);
        };
        long number =
                node.stage("Subject: poison\nFrom: jana@guest.example\n\nx").number();
        // Attempts count while others pass.
        await().until(() -> {
            node.stage("Subject: fine\n\n" + System.nanoTime());
            return !rows("SELECT id FROM spool_parcel WHERE state = 'dead'").isEmpty();
        });
        node.upkeep.run();
        assertThat(find(number).state()).isEqualTo(State.FAILED);
        assertThat(find(number).why()).endsWith("attempts: a fault of ours");

        platform = ADDS;
        assertThat(node.actions.release(MailSelection.one(number))).isEqualTo(1);

        assertThat(settled(number).state()).isEqualTo(State.THREAD);
        assertThat(rows("SELECT id FROM spool_parcel WHERE state = 'dead'")).isEmpty();
    }

    @Test
    void mailThatNobodySettlesHasFailed() throws Exception {
        node.remove("mail-to-thread");
        node.run(
                "lossy",
                "- route:\n    id: lossy\n    from:\n      uri: spool:mail\n      steps:\n        - process:\n    "
                        + "        ref: readMail\n",
                ADDS);
        long number = node.stage("Subject: x\n\n").number();
        await().untilAsserted(
                        () -> assertThat(rows("SELECT state FROM spool_parcel")).containsOnly("finished"));
        node.upkeep.run();
        assertThat(find(number).state()).isEqualTo(State.WAITING);

        database.change("UPDATE mail SET changed = changed - 61000");
        node.upkeep.run();

        assertThat(find(number).state()).isEqualTo(State.FAILED);
        assertThat(find(number).reason()).isEqualTo("unsettled");
    }

    @Test
    void mailsAreKeptForAWhileAndThenOnlyTheirIdentity() throws Exception {
        String raw = "Message-ID: <a@b>\nSubject: secret wishes\nFrom: jana@guest.example\n\nHello";
        long thread = node.stage(raw).number();
        long discarded = parked("Return-Path: <>");
        node.actions.discard(MailSelection.one(discarded));
        long waits = parked("List-Id: <a.b>");
        assertThat(settled(thread).state()).isEqualTo(State.THREAD);
        node.upkeep.run();
        assertThat(rows("SELECT mail FROM mail_raw")).hasSize(3);

        database.change(
                "UPDATE mail SET changed = changed - ?", Duration.ofDays(31).toMillis());
        node.upkeep.run();

        assertThat(rows("SELECT mail FROM mail_raw")).containsExactly(String.valueOf(waits));
        assertThat(rows("SELECT mail FROM mail_reading")).containsExactly(String.valueOf(waits));
        MailRecord mailRecord = find(thread);
        assertThat(mailRecord.purged()).isTrue();
        assertThat(mailRecord.subject()).isNull();
        assertThat(mailRecord.sender()).isNull();
        assertThat(mailRecord.thread()).startsWith("thread-of-");
        assertThat(node.mailRepository.raw(thread).readAllBytes()).isEmpty();
        assertThat(node.stage(raw)).isEqualTo(new MailRepository.Staged(thread, false));
        assertThat(find(waits).state()).isEqualTo(State.PARKED);
    }

    @Test
    void parkedMailsExpireAfterTheirNotice() {
        String raw = "Message-ID: <a@b>\nReturn-Path: <>\nFrom: jana@guest.example\n\nHello";
        long old = node.stage(raw).number();
        assertThat(settled(old).state()).isEqualTo(State.PARKED);
        long young = parked("List-Id: <a.b>");
        database.change(
                "UPDATE mail SET changed = changed - ? WHERE id = ?",
                Duration.ofDays(91).toMillis(),
                old);
        assertThat(node.parked.run()).isZero();
        assertThat(node.parked.status().expiring()).isEqualTo(1);
        assertThat(find(old).state()).isEqualTo(State.PARKED);

        database.change(
                "UPDATE retention SET since = since - ?", Duration.ofDays(7).toMillis());
        assertThat(node.parked.run()).isEqualTo(1);

        MailRecord mailRecord = find(old);
        assertThat(mailRecord.state()).isEqualTo(State.DISCARDED);
        assertThat(mailRecord.reason()).isEqualTo(ParkedMailRetention.EXPIRED);
        assertThat(mailRecord.purged()).isTrue();
        assertThat(mailRecord.sender()).isNull();
        assertThat(rows("SELECT mail FROM mail_raw")).containsExactly(String.valueOf(young));
        assertThat(node.stage(raw)).isEqualTo(new MailRepository.Staged(old, false));
        assertThat(find(young).state()).isEqualTo(State.PARKED);
    }

    @Test
    void beyondTheCeilingTheOldestGo() {
        node.parked.run();
        long first = parked("Return-Path: <>");
        long second = parked("List-Id: <a.b>");
        long thread =
                node.stage("Subject: x\nFrom: jana@guest.example\n\nHello").number();
        long last = node.stage("Subject: y\nFrom: jana@guest.example\n\nHello").number();
        assertThat(settled(thread).state()).isEqualTo(State.THREAD);
        assertThat(settled(last).state()).isEqualTo(State.THREAD);
        database.change("UPDATE mail SET bytes = ?", 6L << 30);
        database.change(
                "UPDATE mail SET changed = changed - ? WHERE id IN (?, ?)",
                Duration.ofHours(12).toMillis(),
                first,
                thread);
        assertThat(node.parked.run()).isZero();
        assertThat(node.parked.status().nearCeiling()).isTrue();

        database.change(
                "UPDATE mail SET changed = changed - ? WHERE id = ?",
                Duration.ofHours(13).toMillis(),
                first);
        assertThat(node.parked.run()).isEqualTo(1);
        assertThat(node.upkeep.run()).isEqualTo(1);

        assertThat(rows("SELECT id FROM mail WHERE purged IS NULL ORDER BY id"))
                .containsExactly(String.valueOf(second), String.valueOf(last));
    }

    @Test
    void mailsAreListedAndCounted() {
        long first = parked("Return-Path: <>");
        long second = parked("List-Id: <a.b>");

        List<MailRecord> parked = node.status.list(new MailSelection(null, State.PARKED, "main", null), 0, 10);
        assertThat(parked).extracting(MailRecord::number).containsExactly(first, second);
        assertThat(node.status.list(new MailSelection(null, null, null, "list"), 0, 10))
                .hasSize(1);
        assertThat(node.status.list(ALL, first, 10)).hasSize(1);
        assertThat(node.status.counts())
                .containsExactly(
                        new MailStatus.Count("main", State.PARKED, "bounce", 1),
                        new MailStatus.Count("main", State.PARKED, "list", 1));
        MailStatus.Read read = node.status.read(first).orElseThrow();
        assertThat(read.reading()).contains("\"text\":\"Hello\"");
        assertThat(read.verdict()).contains("\"reason\":\"bounce\"");
    }
}
