package io.threadpost.sandbox;

import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/** {@code messageThreads/getAll}. */
final class GetAll {
    private final ThreadStore store;
    private final ThreadJson json;
    private final Enterprises enterprises;
    private final CursorPolicy policy;
    private final TimePrecision precision;

    GetAll(ThreadStore store, ThreadJson json, Enterprises enterprises, CursorPolicy policy, TimePrecision precision) {
        this.store = store;
        this.json = json;
        this.enterprises = enterprises;
        this.policy = policy;
        this.precision = precision;
    }

    ApiAnswer answer(GetAllRequest request, FaultRoll roll) throws RequestRefused {
        ThreadFilter filter = filter(request);
        int cursor = cursor(request);
        if (isTooHeavy(filter, roll.faults())) {
            roll.tooHeavy();
            return ApiAnswer.error(408, "The request takes too long, ask for less");
        }
        if (cursor >= 0) {
            if (roll.strikes(FaultKind.INVALID_CURSOR)) {
                return ApiAnswer.error(400, "Invalid cursor");
            }
            if (roll.strikes(FaultKind.CURSOR_UPDATED)) {
                if (store.updateIfLater(cursor) && !store.matches(filter, cursor)) {
                    return page(request, roll, List.of(), null);
                }
                roll.missed(FaultKind.CURSOR_UPDATED);
            }
            if (!store.matches(filter, cursor)) {
                switch (policy) {
                    case INVALID -> {
                        return ApiAnswer.error(400, "Invalid cursor");
                    }
                    case EMPTY -> {
                        return page(request, roll, List.of(), null);
                    }
                    case RESTART -> cursor = -1;
                    case POSITION -> {
                        // Below the thread's current place in the order.
                    }
                }
            }
        }
        List<ThreadVersion> threads = store.page(filter, cursor, request.count());
        if (!threads.isEmpty() && roll.strikes(FaultKind.UPDATES)) {
            update(filter, threads.get(threads.size() - 1).slot(), roll);
        }
        boolean repeats = cursor >= 0 && !threads.isEmpty() && roll.strikes(FaultKind.REPEATED_CURSOR);
        return page(request, roll, threads, repeats ? request.cursor().toString() : null);
    }

    private ApiAnswer page(GetAllRequest request, FaultRoll roll, List<ThreadVersion> threads, String otherCursor) {
        boolean nothing = threads.isEmpty() && (request.minimal() || roll.strikes(FaultKind.NO_CONTENT));
        return nothing ? ApiAnswer.noContent() : ApiAnswer.page(json.page(threads, otherCursor), threads);
    }

    private ThreadFilter filter(GetAllRequest request) {
        BitSet wanted = enterprises.numbers(
                request.enterprises() != null ? request.enterprises() : enterprises.scope(request.accessToken()));
        BitSet slots = null;
        if (request.threads() != null) {
            slots = new BitSet();
            for (UUID id : request.threads()) {
                int slot = store.find(id);
                if (slot >= 0) {
                    slots.set(slot);
                }
            }
        }
        return new ThreadFilter(wanted, slots, request.created(), request.updated());
    }

    /** The cursor's slot, or -1 where there is none; a thread outside the token's scope counts as unknown. */
    private int cursor(GetAllRequest request) throws RequestRefused {
        if (request.cursor() == null) {
            return -1;
        }
        int slot = store.find(request.cursor());
        BitSet scope = enterprises.numbers(enterprises.scope(request.accessToken()));
        if (slot < 0 || !scope.get(store.enterprise(slot))) {
            throw RequestRefused.malformed("Invalid cursor");
        }
        return slot;
    }

    /** One unit of time is never too heavy, since no request can ask for less. */
    private boolean isTooHeavy(ThreadFilter filter, Faults faults) {
        long length = Math.max(length(filter.created()), length(filter.updated()));
        return length > precision.unit() + 1
                && (length - 1 > SandboxTicks.of(faults.heavyInterval())
                        || (faults.heavyThreads() < Long.MAX_VALUE
                                && store.count(filter.created(), filter.updated()) > faults.heavyThreads()));
    }

    private static long length(TickRange range) {
        return range == null ? 0 : range.end() - range.start();
    }

    /** Half of them on the page that would come next, the others anywhere. */
    private void update(ThreadFilter filter, int last, FaultRoll roll) {
        int updates = roll.faults().updates();
        List<ThreadVersion> next = store.page(filter, last, 1000);
        long noise = roll.noise(FaultKind.UPDATES);
        for (int i = 0; i < updates; i++) {
            long choice = SplitMix.of(noise, i);
            boolean upcoming = i % 2 == 0 && !next.isEmpty();
            store.updateIfLater(
                    upcoming
                            ? next.get(SplitMix.below(choice, next.size())).slot()
                            : SplitMix.below(choice, store.size()));
        }
    }
}
