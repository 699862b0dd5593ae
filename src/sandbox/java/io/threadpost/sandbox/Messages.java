package io.threadpost.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.threadpost.sandbox.MessageStore.Draft;
import io.threadpost.sandbox.MessageStore.StoredMessage;

/** {@code messages/getAll} and {@code messages/add}: there is no idempotency key, so every add makes new messages. */
final class Messages {
    private final ThreadStore threads;
    private final MessageStore store;
    private final Enterprises enterprises;
    private final ScheduledExecutorService later;
    private final SandboxOptions options;
    private final Consumer<List<StoredMessage>> listener;
    private volatile int deniedStatus;

    /** @param listener gets messages once they are visible */
    Messages(
            ThreadStore threads,
            MessageStore store,
            Enterprises enterprises,
            ScheduledExecutorService later,
            SandboxOptions options,
            Consumer<List<StoredMessage>> listener) {
        this.threads = threads;
        this.store = store;
        this.enterprises = enterprises;
        this.later = later;
        this.options = options;
        this.listener = listener;
    }

    /** @param status what every request is answered with from now on, such as 401; 0 for what it asks for */
    void deny(int status) {
        deniedStatus = status;
    }

    ApiAnswer getAll(MessagesRequest request, FaultRoll roll) throws RequestRefused {
        if (deniedStatus != 0) {
            return denied();
        }
        Set<Integer> slots = slots(request);
        StoredMessage cursor = request.cursor() == null ? null : store.find(request.cursor());
        if (cursor == null && request.cursor() != null) {
            throw RequestRefused.malformed("Invalid cursor");
        }
        List<StoredMessage> page = store.page(slots, request.created(), cursor, request.count());
        if (isTooHeavy(request, page, roll.faults())) {
            roll.tooHeavy();
            return ApiAnswer.error(408, "The request takes too long, ask for less");
        }
        if (cursor != null && roll.strikes(FaultKind.INVALID_CURSOR)) {
            return ApiAnswer.error(400, "Invalid cursor");
        }
        if (page.isEmpty() && (request.minimal() || roll.strikes(FaultKind.NO_CONTENT))) {
            return ApiAnswer.noContent();
        }
        boolean repeats = cursor != null && !page.isEmpty() && roll.strikes(FaultKind.REPEATED_CURSOR);
        JsonBuffer json = new JsonBuffer(64 + page.size() * 300).raw("{\"Messages\":[");
        for (int i = 0; i < page.size(); i++) {
            write(i == 0 ? json : json.raw(","), page.get(i));
        }
        json.raw("],\"Cursor\":");
        if (page.isEmpty()) {
            json.raw("null");
        } else {
            json.string((repeats ? cursor : page.get(page.size() - 1)).id().toString());
        }
        return ApiAnswer.page(json.raw("}").toBytes(), List.of());
    }

    /** @param visibleAfter how long the messages stay invisible */
    ApiAnswer add(String accessToken, List<MessagesRequest.Addition> additions, Duration visibleAfter)
            throws RequestRefused {
        if (deniedStatus != 0) {
            return denied();
        }
        List<Draft> drafts = new ArrayList<>(additions.size());
        for (MessagesRequest.Addition addition : additions) {
            drafts.add(draft(accessToken, addition));
        }
        List<StoredMessage> added = store.add(drafts, SandboxMessage.APPLICATION, visibleAfter.isZero());
        if (visibleAfter.isZero()) {
            listener.accept(added);
        } else {
            later.schedule(
                    () -> {
                        store.show(added);
                        listener.accept(added);
                    },
                    visibleAfter.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
        JsonBuffer json = new JsonBuffer(64 + added.size() * 360).raw("{\"Messages\":[");
        for (int i = 0; i < added.size(); i++) {
            String identifier = additions.get(i).identifier();
            (i == 0 ? json : json.raw(",")).raw("{\"Identifier\":");
            (identifier == null ? json.raw("null") : json.string(identifier)).raw(",\"Message\":");
            write(json, added.get(i));
            json.raw("}");
        }
        return ApiAnswer.page(json.raw("]}").toBytes(), List.of());
    }

    private ApiAnswer denied() {
        return ApiAnswer.error(deniedStatus, "No permission for messages");
    }

    private Draft draft(String accessToken, MessagesRequest.Addition addition) throws RequestRefused {
        int slot = slot(addition.thread(), enterprises.numbers(enterprises.scope(accessToken)));
        if (slot < 0) {
            throw unknown(addition.thread());
        }
        for (Map.Entry<String, Integer> refusal : options.messages().refusals().entrySet()) {
            if (addition.text().contains(refusal.getKey())) {
                throw new RequestRefused(refusal.getValue(), "No message about " + refusal.getKey());
            }
        }
        int resolvedStatus = options.messages().resolvedStatus();
        if (resolvedStatus != 200 && Boolean.TRUE.equals(threads.resolved(slot))) {
            throw new RequestRefused(resolvedStatus, "The message thread is resolved");
        }
        return new Draft(slot, options.messages().cut(addition.text()));
    }

    private Set<Integer> slots(MessagesRequest request) throws RequestRefused {
        BitSet wanted = enterprises.numbers(
                request.enterprises() != null ? request.enterprises() : enterprises.scope(request.accessToken()));
        Set<Integer> slots = new LinkedHashSet<>();
        for (UUID id : request.threads()) {
            int slot = slot(id, enterprises.numbers(enterprises.scope(request.accessToken())));
            if (slot >= 0 && wanted.get(threads.enterprise(slot))) {
                slots.add(slot);
            } else if (slot < 0 && !options.messages().leavesOutUnknownThreads()) {
                throw unknown(id);
            }
        }
        return slots;
    }

    private int slot(UUID id, BitSet scope) {
        int slot = threads.find(id);
        return slot >= 0 && scope.get(threads.enterprise(slot)) ? slot : -1;
    }

    private static RequestRefused unknown(UUID thread) {
        return RequestRefused.malformed("Invalid MessageThreadId " + thread);
    }

    private static boolean isTooHeavy(MessagesRequest request, List<StoredMessage> page, Faults faults) {
        TickRange created = request.created();
        return page.size() > faults.heavyThreads()
                || created != null && created.end() - created.start() - 1 > SandboxTicks.of(faults.heavyInterval());
    }

    private void write(JsonBuffer json, StoredMessage message) {
        json.raw("{\"Id\":").string(message.id().toString());
        json.raw(",\"MessageThreadId\":")
                .string(threads.ids().id(message.slot()).toString());
        json.raw(",\"Text\":").string(message.text()).raw(",\"Sender\":");
        if (options.messages().senderAsText()) {
            json.string(message.sender());
        } else {
            json.raw("{\"Discriminator\":").string(message.sender()).raw(",\"Value\":null}");
        }
        json.raw(",\"CreatedUtc\":\"")
                .time(message.created(), options.precision())
                .raw("\"");
        if (options.extraFields()) {
            json.raw(",\"Rating\":1.10,\"Attachments\":[],\"Origin\":{\"Channel\":\"caf\\u00e9\"}");
        }
        json.raw("}");
    }
}
