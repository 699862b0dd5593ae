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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/**
 * Asks the platform for the messages of conversations, and stages those of the hotel in {@code spool:replies}, each
 * once: a page is one transaction. Up to 1000 conversations are one request.
 */
@Singleton
final class ReplyPuller {
    private static final Logger LOG = Logger.getLogger(ReplyPuller.class);
    /** A message may become visible some time after it was created. What was seen before is known by its Id. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    /** The platform's time is known to whole seconds; nothing depends on where the interval ends. */
    private static final Duration AHEAD = Duration.ofMinutes(1);
    /** Conversations asked about so long ago go into a request of their own: the interval begins at the oldest. */
    static final Duration RECENT = Duration.ofDays(1);
    /** The platform allows a month. */
    private static final Duration LONGEST = Duration.ofDays(27);

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
                batch(connection, group.subList(from, Math.min(group.size(), from + MessageQuery.MOST)), now);
            }
        }
    }

    private void batch(String connection, List<Conversation> batch, Instant now) {
        try {
            Instant end = now.plus(AHEAD);
            Instant start = batch.stream()
                    .map(ReplyPuller::start)
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            Map<String, Conversation> byThread =
                    batch.stream().collect(Collectors.toMap(Conversation::thread, Function.identity()));
            for (Instant from = start; from.isBefore(end); from = from.plus(LONGEST)) {
                Instant to = from.plus(LONGEST).isBefore(end) ? from.plus(LONGEST) : end;
                pages(connection, byThread, now, from, to);
            }
            ledger.write(tx -> {
                conversations.asked(tx, batch, now);
                return null;
            });
        } catch (ConnectorException e) {
            if (e.failure() == ConnectorFailure.TOO_HEAVY && batch.size() > 1
                    || e.failure() == ConnectorFailure.INVALID && batch.size() > 1) {
                // Less is lighter; and a thread that is gone is found by itself.
                batch(connection, batch.subList(0, batch.size() / 2), now);
                batch(connection, batch.subList(batch.size() / 2, batch.size()), now);
            } else if (e.failure() == ConnectorFailure.INVALID && isGone(connection, batch.get(0))) {
                LOG.infof(
                        "%s: thread %s is gone, its conversation ends",
                        connection, batch.get(0).thread());
                ledger.write(tx -> {
                    conversations.asked(tx, batch, now);
                    conversations.end(tx, batch.get(0).thread());
                    return null;
                });
            } else {
                throw e;
            }
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

    private void pages(String connection, Map<String, Conversation> byThread, Instant now, Instant from, Instant to) {
        MessageQuery query = MessageQuery.of(List.copyOf(byThread.keySet())).created(from, to);
        MessagePage page;
        do {
            meters.requested(connection);
            page = platform.getMessages(connection, Priority.LIVE, query);
            stage(connection, byThread, page, now);
            query = page.cursor() == null ? query : query.after(page.cursor());
        } while (page.cursor() != null && page.size() >= query.count());
    }

    private void stage(String connection, Map<String, Conversation> byThread, MessagePage page, Instant now) {
        List<PlatformMessage> hotels = page.messages().stream()
                .filter(PlatformMessage::isFromEnterprise)
                .toList();
        if (hotels.isEmpty()) {
            return;
        }
        int staged = ledger.write(tx -> {
            Instant since = since(tx, now);
            List<SpoolItem> items = new ArrayList<>();
            for (PlatformMessage message : oldestFirst(hotels)) {
                Conversation conversation = byThread.get(String.valueOf(message.threadId()));
                Instant created = time(message.createdUtc());
                if (message.id() == null || conversation == null || created == null) {
                    unusable(tx, connection, message, now);
                } else if (!created.isBefore(whole(conversation.began()))
                        && !created.isBefore(whole(since))
                        && replies.add(tx, message.id(), connection, conversation.thread(), created)) {
                    items.add(new SpoolItem(message.id(), connection, Map.of(), message.json()));
                    conversations.activate(tx, conversation.thread());
                }
            }
            if (!items.isEmpty()) {
                spools.deliver(tx, ReplyConstants.SPOOL, items);
            }
            return items.size();
        });
        if (staged > 0) {
            spools.wake(List.of(ReplyConstants.SPOOL));
            meters.pulled(connection, staged);
        }
    }

    /** When replies were first on, by the platform's time: what the hotel wrote before is not sent. */
    private static Instant since(Transaction tx, Instant now) throws SQLException {
        long offset = now.toEpochMilli() - tx.now();
        return tx.one(
                        "SELECT since FROM target WHERE name = ?",
                        row -> Instant.ofEpochMilli(row.getLong(1) + offset),
                        ReplyConstants.TARGET)
                .orElse(now);
    }

    private void unusable(Transaction tx, String connection, PlatformMessage message, Instant now) throws SQLException {
        String text = message.json().toString();
        String key = "unusable:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
        if (replies.add(tx, key, connection, "", now)) {
            String reason = "a message without a usable Id, MessageThreadId or CreatedUtc";
            replies.withhold(tx, key, false, reason);
            spools.deliverDead(tx, ReplyConstants.SPOOL, new SpoolItem(key, connection, Map.of(), text), reason);
            LOG.errorf(
                    "%s: the platform returned %s; it is dead in spool:%s", connection, reason, ReplyConstants.SPOOL);
        }
    }

    private static List<PlatformMessage> oldestFirst(Collection<PlatformMessage> messages) {
        return messages.stream()
                .sorted(Comparator.comparing(message -> String.valueOf(message.createdUtc())))
                .toList();
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
