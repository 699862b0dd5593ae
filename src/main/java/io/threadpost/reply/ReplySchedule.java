package io.threadpost.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.threadpost.connector.MessageQuery;
import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Decides which conversations are asked about, and when. It is not documented that a message moves its thread, so those
 * whose thread has not moved are asked about, too: all of them each period while they fit into one request; otherwise
 * one request a minute, for those that were asked about least recently, and those that were active lately more often.
 */
@Singleton
final class ReplySchedule {
    /** A conversation that is idle for longer is asked about only when its thread has moved. */
    static final Duration OPEN = Duration.ofDays(90);

    private static final int ONE_REQUEST = MessageQuery.MOST;
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration LATELY = Duration.ofMinutes(10);
    /** The ticks of several nodes are one tick, and those of a timer are not quite regular. */
    private static final double TICK_SHARE = 0.8;

    private static final int EVERYTHING = 1_000_000;

    private final Conversations conversations;
    private final Duration period;

    ReplySchedule(Conversations conversations, Settings settings) {
        this.conversations = conversations;
        this.period = settings.get(SettingsCatalogue.REPLIES_PERIOD);
    }

    /** Why the platform is asked now; the last is the strongest. */
    enum Occasion {
        /** Threads have moved. */
        MOVED,
        /** The period is over. */
        TICK,
        /** The platform called: a message was added somewhere. */
        WEBHOOK
    }

    /**
     * What is asked now.
     *
     * @param rest whether conversations at rest are among them
     */
    record Plan(List<Conversation> conversations, boolean rest) {}

    /**
     * @param sinceRest how long ago conversations at rest were asked about
     * @param now the ledger's time
     */
    Plan plan(String connection, Occasion occasion, Duration sinceRest, Instant now) {
        List<Conversation> moved = conversations.moved(connection, ONE_REQUEST);
        Instant open = now.minus(OPEN);
        return switch (occasion) {
            case MOVED -> new Plan(moved, false);
            case WEBHOOK ->
                new Plan(
                        union(
                                moved,
                                conversations.active(connection, open, EVERYTHING).stream()
                                        .sorted(Comparator.comparing(Conversation::active)
                                                .reversed())
                                        .toList(),
                                EVERYTHING),
                        true);
            case TICK -> tick(moved, connection, sinceRest, now);
        };
    }

    private Plan tick(List<Conversation> moved, String connection, Duration sinceRest, Instant now) {
        List<Conversation> open = conversations.active(connection, now.minus(OPEN), ONE_REQUEST + 1);
        if (open.size() <= ONE_REQUEST) {
            boolean due = sinceRest.toMillis() >= period.toMillis() * TICK_SHARE;
            return due ? new Plan(union(moved, open, 2 * ONE_REQUEST), true) : new Plan(moved, false);
        }
        List<Conversation> lately = conversations.active(connection, now.minus(LATELY), ONE_REQUEST + 1);
        List<Conversation> due = lately.size() > ONE_REQUEST
                ? List.of()
                : lately.stream()
                        .filter(conversation -> isDue(conversation, now))
                        .toList();
        boolean rest = sinceRest.compareTo(REST) >= 0;
        List<Conversation> asked = union(moved, due, ONE_REQUEST);
        return asked.isEmpty() && !rest
                ? new Plan(asked, false)
                // Those at rest travel along in any request that has room.
                : new Plan(union(asked, alike(open), ONE_REQUEST), rest);
    }

    /** At a slowing pace. */
    private boolean isDue(Conversation conversation, Instant now) {
        Duration idle = Duration.between(conversation.active(), now);
        Duration pace = idle.dividedBy(2).compareTo(period) > 0 ? idle.dividedBy(2) : period;
        return Duration.between(conversation.asked(), now).toMillis() >= pace.toMillis() * TICK_SHARE;
    }

    /** Those that go into the same request as the first: {@link ReplyPuller} keeps old intervals apart. */
    private static List<Conversation> alike(List<Conversation> open) {
        Instant first = open.get(0).asked();
        return open.stream()
                .filter(conversation -> conversation.asked().isBefore(first.plus(ReplyPuller.RECENT.dividedBy(2))))
                .toList();
    }

    private static List<Conversation> union(List<Conversation> first, List<Conversation> others, int most) {
        Map<Long, Conversation> union = new LinkedHashMap<>();
        Stream.concat(first.stream(), others.stream()).forEach(conversation -> {
            if (union.size() < Math.max(most, first.size())) {
                union.putIfAbsent(conversation.id(), conversation);
            }
        });
        return new ArrayList<>(union.values());
    }
}
