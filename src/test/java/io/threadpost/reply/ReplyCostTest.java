package io.threadpost.reply;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.WithLedger;
import io.threadpost.reply.ReplySchedule.Occasion;
import io.threadpost.reply.ReplySchedule.Plan;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** What conversations cost in requests: an hour of ticks, by a clock of the test. */
class ReplyCostTest extends WithLedger {
    private static final Instant START = Instant.parse("2026-11-28T06:00:00Z");
    private static final int PERIOD = 30;

    private ReplyNode node;
    private Conversations conversations;
    private ReplySchedule schedule;

    @BeforeEach
    void open() throws Exception {
        node = new ReplyNode(
                ledger.ledger(),
                URI.create("http://localhost:1"),
                Map.of("threadpost.replies.period", PERIOD + "s", "threadpost.digest.templates", folder.toString()));
        conversations = node.conversations;
        schedule = node.get(ReplySchedule.class);
    }

    @AfterEach
    void close() {
        node.close();
    }

    /** @param count of conversations in which something came in at that time last */
    private void conversations(int count, Instant active) {
        ledger.ledger().execute(tx -> {
            for (int i = 0; i < count; i++) {
                tx.update(
                        "INSERT INTO conversation (thread, connection, mailbox, mail, guest, subject, began, active,"
                                + " asked, authenticated)"
                                + " VALUES (?, 'main', 'main', 1, 'guest@guest.example', 'x', ?, ?, ?, FALSE)",
                        "thread-" + i,
                        active.toEpochMilli(),
                        active.toEpochMilli(),
                        START.minusSeconds(count - i).toEpochMilli());
            }
        });
    }

    private record Hour(int requests, int most, Set<String> threads) {}

    /** An hour of ticks in which each plan is asked and nothing new is found. */
    private Hour hour() {
        int requests = 0;
        int most = 0;
        Set<String> threads = new HashSet<>();
        Instant rest = Instant.EPOCH;
        for (int second = 0; second < 3600; second += PERIOD) {
            Instant now = START.plusSeconds(second);
            Plan plan = schedule.plan("main", Occasion.TICK, Duration.between(rest, now), now);
            List<Conversation> asked = plan.conversations();
            if (!asked.isEmpty()) {
                requests += (asked.size() + 999) / 1000;
                most = Math.max(most, asked.size());
                rest = plan.rest() ? now : rest;
                asked.forEach(conversation -> threads.add(conversation.thread()));
                ledger.ledger().execute(tx -> {
                    conversations.asked(tx, asked, now);
                });
            }
        }
        return new Hour(requests, most, threads);
    }

    @ParameterizedTest
    @CsvSource({"3600", "0"})
    void tenThousandConversationsCostOneRequestAMinute(int idleSeconds) {
        conversations(10_000, START.minusSeconds(idleSeconds));
        Hour hour = hour();

        assertThat(hour.requests()).isEqualTo(60);
        assertThat(hour.most()).isEqualTo(1000);
        assertThat(hour.threads()).as("each within ten minutes").hasSize(10_000);
    }

    @Test
    void aThousandAreAskedAboutEachPeriod() {
        conversations(1000, START.minus(Duration.ofDays(30)));

        assertThat(hour()).extracting(Hour::requests, Hour::most).containsExactly(3600 / PERIOD, 1000);
    }

    @Test
    void whatIsIdleForMonthsCostsNothing() {
        conversations(2000, START.minus(Duration.ofDays(91)));

        assertThat(hour().requests()).isZero();
    }

    @Test
    void amongThousandsTheOneThatWasActiveIsAskedAboutEachPeriodAtFirst() {
        conversations(3000, START.minus(Duration.ofDays(1)));
        ledger.change("UPDATE conversation SET active = ? WHERE thread = 'thread-7'", START.toEpochMilli());
        int asked = 0;
        for (int second = 0; second < 120; second += PERIOD) {
            Instant now = START.plusSeconds(second);
            Plan plan = schedule.plan("main", Occasion.TICK, Duration.ofSeconds(1), now);
            asked += plan.conversations().stream()
                            .anyMatch(conversation -> conversation.thread().equals("thread-7"))
                    ? 1
                    : 0;
            ledger.ledger().execute(tx -> {
                conversations.asked(tx, plan.conversations(), now);
            });
        }

        assertThat(asked).isGreaterThanOrEqualTo(3);
    }

    @Test
    void whatHasMovedIsAskedAboutAtOnceAndAWebhookAsksAboutAll() {
        conversations(3000, START.minus(Duration.ofDays(1)));
        ledger.ledger().write(tx -> conversations.moved(tx, List.of("thread-7", "unknown")));

        assertThat(schedule.plan("main", Occasion.MOVED, Duration.ofSeconds(1), START)
                        .conversations())
                .extracting(Conversation::thread)
                .containsExactly("thread-7");
        assertThat(schedule.plan("main", Occasion.WEBHOOK, Duration.ofSeconds(1), START)
                        .conversations())
                .hasSize(3000);
    }

    /** The requests that the platform gets, in ten minutes by a clock of the test. */
    @Test
    void thePlatformGetsOneRequestAMinuteForTenThousandConversationsAtRest() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().noLimit());
                ReplyNode asking = new ReplyNode(
                        ledger.ledger(),
                        platform.address(),
                        Map.of(
                                "threadpost.replies.period",
                                PERIOD + "s",
                                "threadpost.digest.templates",
                                folder.toString()))) {
            Instant start = platform.now();
            conversations(10_000, start.minus(Duration.ofHours(2)));
            ledger.change(
                    "UPDATE conversation SET asked = ?", start.minusSeconds(600).toEpochMilli());
            ledger.ledger().execute(tx -> {
                for (long id : tx.list("SELECT id FROM conversation", row -> row.getLong(1))) {
                    String thread = platform.addThread(start, "guest@guest.example", "x");
                    tx.update("UPDATE conversation SET thread = ? WHERE id = ?", thread, id);
                }
            });
            ReplySchedule its = asking.get(ReplySchedule.class);
            ReplyPuller puller = asking.get(ReplyPuller.class);
            Instant rest = Instant.EPOCH;
            for (int second = 0; second < 600; second += PERIOD) {
                Instant now = start.plusSeconds(second);
                Plan plan = its.plan("main", Occasion.TICK, Duration.between(rest, now), now);
                puller.pull("main", plan.conversations());
                rest = plan.rest() ? now : rest;
                ledger.ledger().execute(tx -> {
                    asking.conversations.asked(tx, plan.conversations(), now);
                });
            }

            assertThat(asking.meters
                            .get("threadpost.replies.requests")
                            .counter()
                            .count())
                    .isBetween(9.0, 10.0);
            assertThat(platform.refusals()).isEmpty();
            assertThat(ledger.rows("SELECT COUNT(*) FROM conversation WHERE asked >= ?", start.toEpochMilli()))
                    .containsExactly("10000");
        }
    }
}
