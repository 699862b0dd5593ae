package io.threadpost.sandbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The messages of all threads. A message's time is taken from the clock and made visible under one lock, so no message
 * ever appears behind a time that was already asked for, unless an add asks for that.
 */
final class MessageStore {
    /** Newest first; equal times in an order that tells nothing. */
    private static final Comparator<StoredMessage> ORDER = Comparator.comparingLong(StoredMessage::created)
            .thenComparing(StoredMessage::id)
            .reversed();

    private final ThreadStore threads;
    private final boolean movesThread;
    private final TimePrecision precision;
    private final LongSupplier clock;
    private final long seed;
    private final Map<Integer, List<StoredMessage>> byThread = new HashMap<>();
    private final Map<UUID, StoredMessage> byId = new HashMap<>();
    private final Set<UUID> hidden = new HashSet<>();
    private final LinkedHashSet<Integer> recent = new LinkedHashSet<>();

    /**
     * One message.
     *
     * @param slot of its thread
     * @param created in ticks
     */
    record StoredMessage(UUID id, int slot, String text, String sender, long created) {
        boolean isFromStaff() {
            return sender.equals(SandboxMessage.ENTERPRISE);
        }
    }

    /** A text for a thread. */
    record Draft(int slot, String text) {}

    /**
     * @param movesThread whether a message moves its thread's time of update
     * @param clock the platform's time in ticks
     */
    MessageStore(ThreadStore threads, boolean movesThread, TimePrecision precision, long seed, LongSupplier clock) {
        this.threads = threads;
        this.movesThread = movesThread;
        this.precision = precision;
        this.seed = seed;
        this.clock = clock;
    }

    /** New messages, created now; if not visible, they stay invisible until {@link #show}. */
    synchronized List<StoredMessage> add(List<Draft> drafts, String sender, boolean visible) {
        List<StoredMessage> added = new ArrayList<>(drafts.size());
        long now = precision.cut(clock.getAsLong());
        for (Draft draft : drafts) {
            StoredMessage message = new StoredMessage(nextId(), draft.slot(), draft.text(), sender, now);
            byId.put(message.id(), message);
            byThread.computeIfAbsent(draft.slot(), any -> new ArrayList<>()).add(message);
            hidden.add(message.id());
            added.add(message);
        }
        if (visible) {
            show(added);
        }
        return added;
    }

    synchronized void show(List<StoredMessage> messages) {
        Set<Integer> slots = new LinkedHashSet<>();
        for (StoredMessage message : messages) {
            hidden.remove(message.id());
            slots.add(message.slot());
        }
        recent.removeAll(slots);
        recent.addAll(slots);
        if (movesThread) {
            slots.stream().filter(threads::isVisible).forEach(threads::update);
        }
    }

    /** The visible messages of a page, newest first, older than the cursor unless that is null. */
    synchronized List<StoredMessage> page(
            Collection<Integer> slots, TickRange created, StoredMessage cursor, int count) {
        return slots.stream()
                .flatMap(slot -> visible(slot).stream())
                .filter(message -> created == null || created.contains(message.created()))
                .filter(message -> cursor == null || ORDER.compare(message, cursor) > 0)
                .sorted(ORDER)
                .limit(count)
                .toList();
    }

    /** The visible messages of a thread, in the order in which they were added. */
    synchronized List<StoredMessage> visible(int slot) {
        return byThread.getOrDefault(slot, List.of()).stream()
                .filter(message -> !hidden.contains(message.id()))
                .toList();
    }

    /** The visible message with this id, or null. */
    synchronized StoredMessage find(UUID id) {
        return hidden.contains(id) ? null : byId.get(id);
    }

    /** Threads with messages, the one with the newest first. */
    synchronized List<Integer> conversations() {
        List<Integer> newestFirst = new ArrayList<>(recent);
        Collections.reverse(newestFirst);
        return newestFirst;
    }

    synchronized int size() {
        return byId.size();
    }

    private UUID nextId() {
        long number = byId.size();
        return new UUID(
                SplitMix.of(SplitMix.of(seed, 77), number) & 0xFFFFFFFFFFFF0FFFL | 0x4000L,
                SplitMix.of(SplitMix.of(~seed, 77), number) & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L);
    }
}
