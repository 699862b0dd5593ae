package io.threadpost.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;

import io.threadpost.sandbox.MessageStore.StoredMessage;

/** A member of the hotel's staff, who answers what guests write, some time later. */
final class Staff {
    /** So that no conversation of two programs goes on for ever. */
    private static final int MOST_ANSWERS = 3;

    /** Each of them once in a thread. */
    private static final List<String> ANSWERS = List.of(
            "thank you for your message. We have noted it, and everything will be prepared.",
            "yes, that is possible. Is there anything else that we can do for you?",
            "we are sorry, that is not possible on this day; a colleague will call you.");

    private final ThreadStore threads;
    private final ScheduledExecutorService clock;
    private final Duration delay;
    private final ObjIntConsumer<String> answer;
    private final Set<Integer> pending = new HashSet<>();
    private final Map<Integer, Integer> answers = new HashMap<>();

    /**
     * @param delay null for no staff
     * @param answer adds a text of the hotel's to the thread in that slot
     */
    Staff(ThreadStore threads, ScheduledExecutorService clock, Duration delay, ObjIntConsumer<String> answer) {
        this.threads = threads;
        this.clock = clock;
        this.delay = delay;
        this.answer = answer;
    }

    /** Messages have become visible; those of guests are answered, several in one thread by one answer. */
    synchronized void notice(List<StoredMessage> messages) {
        if (delay == null) {
            return;
        }
        for (StoredMessage message : messages) {
            int slot = message.slot();
            if (!message.isFromStaff() && answers.getOrDefault(slot, 0) < MOST_ANSWERS && pending.add(slot)) {
                clock.schedule(() -> answer(slot), delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private void answer(int slot) {
        int number;
        synchronized (this) {
            pending.remove(slot);
            number = answers.merge(slot, 1, Integer::sum);
        }
        if (threads.isVisible(slot)) {
            answer.accept(
                    "Dear " + name(threads.text(slot).sender()) + ",\n\n"
                            + ANSWERS.get((slot + number) % ANSWERS.size()) + "\n\nKind regards\nYour front desk",
                    slot);
        }
    }

    private static String name(String sender) {
        int address = sender.indexOf('<');
        return address > 0 ? sender.substring(0, address).strip() : sender;
    }
}
