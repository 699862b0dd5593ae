package io.threadpost.reply;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessagePage;
import io.threadpost.connector.MessageQuery;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.PlatformMessage;
import io.threadpost.connector.Priority;
import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.TargetSystem;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/**
 * Asks the platform for the messages of conversations, and stages those of the hotel in {@code spool:replies}, each
 * once, the oldest first. Up to 1000 conversations are one request.
 */
@Singleton
final class ReplyPuller {
    private static final Logger LOG = Logger.getLogger(ReplyPuller.class);
    /** A message may become visible some time after it was created. What was seen before is known by its Id. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    /** The platform's time is known to whole seconds; nothing depends on where the interval ends. */
    private static final Duration AHEAD = Duration.ofMinutes(1);
    /**
     * Conversations last asked about longer ago than this go into a separate request: the interval begins at the
     * oldest.
     */
    static final Duration RECENT = Duration.ofDays(1);
    /** The platform allows a month. */
    private static final Duration LONGEST = Duration.ofDays(27);
    /** How often the pages of one request may start anew. */
    private static final int STARTS = 5;
    /** The limits of one request with all its pages, which are in memory together. */
    private static final long MOST_MESSAGES = 100_000;

    private static final long MOST_BYTES = 16 << 20;

    private final Ledger ledger;
    private final PlatformClient platform;
    private final Conversations conversations;
    private final Replies replies;
    private final Spools spools;
    private final ReplyMeters meters;

    ReplyPuller(
            Ledger ledger,
            PlatformClient platform,
            Conversations conversations,
            Replies replies,
            Spools spools,
            ReplyMeters meters) {
        this.ledger = ledger;
        this.platform = platform;
        this.conversations = conversations;
        this.replies = replies;
        this.spools = spools;
        this.meters = meters;
    }

    /** @throws ConnectorException when the platform does not answer; what was staged until then stays */
    void pull(String connection, List<Conversation> asked) {
        if (asked.isEmpty()) {
            return;
        }
        Instant now = platform.now(connection, Priority.LIVE, null);
        Map<Boolean, List<Conversation>> groups = asked.stream()
                .collect(Collectors.partitioningBy(
                        conversation -> start(conversation).isAfter(now.minus(RECENT))));
        for (List<Conversation> group : List.of(groups.get(true), groups.get(false))) {
            for (int from = 0; from < group.size(); from += MessageQuery.MOST) {
                batch(
                        connection,
                        group.subList(from, Math.min(group.size(), from + MessageQuery.MOST)),
                        now,
                        MessageQuery.MOST);
            }
        }
    }

    /** The platform returns more messages than can be held, or never stops. */
    private static final class TooManyMessagesException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyMessagesException() {
            super("the platform returns more messages of one interval than can be held");
        }
    }

    /** @param count messages in a page at most */
    private void batch(String connection, List<Conversation> batch, Instant now, int count) {
        try {
            ask(connection, batch, now, count);
            ledger.execute(tx -> {
                conversations.asked(tx, batch, now);
            });
        } catch (ConnectorException e) {
            boolean heavy = e.failure() == ConnectorFailure.TOO_HEAVY;
            boolean invalid = e.failure() == ConnectorFailure.INVALID;
            if ((heavy || invalid) && batch.size() > 1) {
                // Less is lighter; and a thread that is gone is found by itself.
                halves(connection, batch, now, count);
            } else if (heavy && count > 1) {
                batch(connection, batch, now, Math.max(1, count / 10));
            } else if (invalid && isGone(connection, batch.get(0))) {
                LOG.infof(
                        "%s: thread %s is gone, its conversation ends",
                        connection, batch.get(0).thread());
                ledger.execute(tx -> {
                    conversations.asked(tx, batch, now);
                    conversations.end(tx, batch.get(0).thread());
                });
            } else {
                throw e;
            }
        } catch (TooManyMessagesException e) {
            if (batch.size() == 1) {
                throw e;
            }
            halves(connection, batch, now, count);
        }
    }

    private void halves(String connection, List<Conversation> batch, Instant now, int count) {
        batch(connection, batch.subList(0, batch.size() / 2), now, count);
        batch(connection, batch.subList(batch.size() / 2, batch.size()), now, count);
    }

    private void ask(String connection, List<Conversation> batch, Instant now, int count) {
        Map<String, Conversation> byThread =
                batch.stream().collect(Collectors.toMap(Conversation::thread, Function.identity()));
        MessageQuery query = MessageQuery.of(List.copyOf(byThread.keySet())).count(count);
        Instant end = now.plus(AHEAD);
        Instant start = batch.stream()
                .map(ReplyPuller::start)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        for (Instant from = start; from.isBefore(end); from = from.plus(LONGEST)) {
            Instant to = from.plus(LONGEST).isBefore(end) ? from.plus(LONGEST) : end;
            pages(connection, byThread, now, query.created(from, to));
        }
    }

    private static Instant start(Conversation conversation) {
        Instant asked = conversation.asked().minus(OVERLAP);
        Instant began = whole(conversation.began());
        return asked.isAfter(began) ? asked : began;
    }

    /** The platform's times may have no parts of seconds. */
    private static Instant whole(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private boolean isGone(String connection, Conversation conversation) {
        try {
            return platform.getThreads(
                            connection,
                            Priority.LIVE,
                            Map.of(
                                    "MessageThreadIds",
                                    List.of(conversation.thread()),
                                    "Limitation",
                                    Map.of("Count", 1)))
                    .isEmpty();
        } catch (ConnectorException e) {
            if (e.failure() == ConnectorFailure.INVALID) {
                return true;
            }
            throw e;
        }
    }

    /** The newest page comes first, and the oldest reply has to be staged first. */
    private void pages(String connection, Map<String, Conversation> byThread, Instant now, MessageQuery first) {
        Map<String, PlatformMessage> hotels = new LinkedHashMap<>();
        Set<String> cursors = new HashSet<>();
        MessageQuery query = first;
        int starts = 1;
        long read = 0;
        long bytes = 0;
        while (query != null) {
            meters.requested(connection);
            MessagePage page = page(connection, query);
            boolean lost = page == null || page.cursor() != null && !cursors.add(page.cursor());
            for (PlatformMessage message : page == null ? List.<PlatformMessage>of() : page.messages()) {
                String key = message.id() == null ? message.json().toString() : message.id();
                if (message.isFromEnterprise() && !hotels.containsKey(key)) {
                    hotels.put(key, alone(message));
                    bytes += message.json().length();
                }
            }
            read += page == null ? 0 : page.size();
            if (bytes > MOST_BYTES || read > MOST_MESSAGES) {
                throw new TooManyMessagesException();
            }
            if (lost && ++starts > STARTS) {
                throw new IllegalStateException(
                        "the platform lost its cursor of messages " + STARTS + " times in a row");
            }
            if (lost) {
                cursors.clear();
            }
            query = lost ? first : next(query, page);
        }
        List<PlatformMessage> oldestFirst = oldestFirst(hotels.values());
        for (int from = 0; from < oldestFirst.size(); from += MessageQuery.MOST) {
            stage(
                    connection,
                    byThread,
                    oldestFirst.subList(from, Math.min(oldestFirst.size(), from + MessageQuery.MOST)),
                    from,
                    now);
        }
    }

    /** @return without the page that it came in */
    private static PlatformMessage alone(PlatformMessage message) {
        return new PlatformMessage(
                message.id(),
                message.threadId(),
                message.text(),
                message.sender(),
                message.createdUtc(),
                new RawJson(message.json().toBytes()));
    }

    /** @return null when the cursor is lost */
    private MessagePage page(String connection, MessageQuery query) {
        try {
            return platform.getMessages(connection, Priority.LIVE, query);
        } catch (ConnectorException e) {
            if (e.failure() == ConnectorFailure.INVALID && query.cursor() != null) {
                return null;
            }
            throw e;
        }
    }

    private static MessageQuery next(MessageQuery query, MessagePage page) {
        return page.cursor() == null || page.size() < query.count() ? null : query.after(page.cursor());
    }

    /**
     * What was staged before is known by its Id.
     *
     * @param first the place of the first of these messages
     */
    private void stage(
            String connection,
            Map<String, Conversation> byThread,
            List<PlatformMessage> hotels,
            int first,
            Instant now) {
        int staged = ledger.write(tx -> {
            Instant since = since(tx, now);
            List<SpoolItem> items = new ArrayList<>();
            int place = first;
            for (PlatformMessage message : hotels) {
                Conversation conversation = byThread.get(String.valueOf(message.threadId()));
                Instant created = time(message.createdUtc());
                if (message.id() == null || conversation == null || created == null) {
                    unusable(tx, connection, message, now);
                } else if (!created.isBefore(whole(conversation.began()))
                        && !created.isBefore(whole(since))
                        && replies.add(tx, message.id(), connection, conversation.thread(), created, place++)) {
                    items.add(new SpoolItem(message.id(), connection, Map.of(), message.json()));
                    conversations.activate(tx, conversation.thread());
                }
            }
            if (!items.isEmpty()) {
                spools.accept(tx, Replies.SPOOL, items);
            }
            return items.size();
        });
        if (staged > 0) {
            spools.wake(List.of(Replies.SPOOL));
            meters.pulled(connection, staged);
        }
    }

    /** When replies were first on, by the platform's time: what the hotel wrote before is not sent. */
    private static Instant since(Transaction tx, Instant now) throws SQLException {
        long offset = now.toEpochMilli() - tx.now();
        return tx.one(
                        "SELECT since FROM target WHERE name = ?",
                        row -> Instant.ofEpochMilli(row.getLong(1) + offset),
                        TargetSystem.REPLIES.id())
                .orElse(now);
    }

    private void unusable(Transaction tx, String connection, PlatformMessage message, Instant now) throws SQLException {
        String text = message.json().toString();
        String key = "unusable:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        if (replies.add(tx, key, connection, "", now, 0)) {
            String reason = "a message without a usable Id, MessageThreadId or CreatedUtc";
            replies.withhold(tx, key, false, reason);
            spools.deliverDead(tx, Replies.SPOOL, new SpoolItem(key, connection, Map.of(), text), reason);
            LOG.errorf("%s: the platform returned %s; it is dead in spool:%s", connection, reason, Replies.SPOOL);
        }
    }

    /** Of those with the same time, the platform returns the newest first. */
    private static List<PlatformMessage> oldestFirst(Collection<PlatformMessage> messages) {
        List<PlatformMessage> reversed = new ArrayList<>(messages);
        Collections.reverse(reversed);
        reversed.sort(Comparator.comparing(
                message -> time(message.createdUtc()), Comparator.nullsFirst(Comparator.naturalOrder())));
        return reversed;
    }

    private static Instant time(String text) {
        try {
            return text == null
                    ? null
                    : text.endsWith("Z") || text.contains("+")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
