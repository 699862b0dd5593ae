package io.threadpost.sandbox;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;

import io.threadpost.sandbox.MessageStore.Draft;
import io.threadpost.sandbox.MessageStore.StoredMessage;

/**
 * The conversations in the threads of a {@link SandboxPlatform}, as the hotel's people see and continue them. Safe for
 * use by several threads.
 */
public final class SandboxConversations implements AutoCloseable {
    private final ThreadStore threads;
    private final MessageStore store;
    private final Enterprises enterprises;
    private final Staff staff;
    private final MessageWebhook webhook;

    SandboxConversations(
            ThreadStore threads,
            MessageStore store,
            Enterprises enterprises,
            ScheduledExecutorService clock,
            MessageOptions options) {
        this.threads = threads;
        this.store = store;
        this.enterprises = enterprises;
        this.staff = new Staff(
                threads, clock, options.staffDelay(), (text, slot) -> add(slot, SandboxMessage.ENTERPRISE, text));
        this.webhook = new MessageWebhook(options.webhook(), options.webhookDelay(), options.webhookRetry());
    }

    /** The visible messages of a thread, in the order in which they were added. */
    public List<SandboxMessage> messages(String threadId) {
        int slot = threads.visibleSlot(threadId);
        return store.visible(slot).stream().map(this::message).toList();
    }

    /** Threads with messages, the one with the newest first; deleted ones left out. */
    public List<String> threadIds() {
        return store.conversations().stream()
                .filter(threads::isVisible)
                .map(slot -> threads.ids().id(slot).toString())
                .toList();
    }

    /** The number of all messages, those that are not visible yet included. */
    public int size() {
        return store.size();
    }

    /** The hotel's staff answer in a thread; answers the message's id. */
    public String staffAnswers(String threadId, String text) {
        return add(threads.visibleSlot(threadId), SandboxMessage.ENTERPRISE, text);
    }

    /** A client of the API other than Threadpost adds a message; answers its id. */
    public String clientAdds(String threadId, String text) {
        return add(threads.visibleSlot(threadId), SandboxMessage.APPLICATION, text);
    }

    /** The hotel's staff resolve a thread: a new version. */
    public void resolve(String threadId) {
        threads.resolve(threads.visibleSlot(threadId), true);
    }

    /** The hotel's staff open a resolved thread again: a new version. */
    public void reopen(String threadId) {
        threads.resolve(threads.visibleSlot(threadId), false);
    }

    /** From now on no operation knows the thread and its messages. */
    public void delete(String threadId) {
        threads.delete(threads.visibleSlot(threadId));
    }

    /**
     * From now on {@code MessageAdded} events are sent there.
     *
     * @param address null for nowhere
     */
    public void setWebhook(URI address) {
        webhook.setAddress(address);
    }

    /** Events that the webhook's receiver accepted. */
    public int webhookDelivered() {
        return webhook.delivered();
    }

    /** Events that were given up, as the webhook's receiver did not accept them. */
    public int webhookDiscarded() {
        return webhook.discarded();
    }

    /** Messages have become visible. */
    void published(List<StoredMessage> messages) {
        messages.forEach(message -> webhook.added(
                new MessageWebhook.Event(enterprises.id(threads.enterprise(message.slot())), message.id())));
        staff.notice(messages);
    }

    private String add(int slot, String sender, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("A message has at least one character");
        }
        List<StoredMessage> added = store.add(List.of(new Draft(slot, text)), sender, true);
        published(added);
        return added.get(0).id().toString();
    }

    private SandboxMessage message(StoredMessage message) {
        UUID thread = threads.ids().id(message.slot());
        return new SandboxMessage(
                message.id().toString(),
                thread.toString(),
                message.text(),
                message.sender(),
                SandboxTicks.instant(message.created()));
    }

    @Override
    public void close() {
        webhook.close();
    }
}
