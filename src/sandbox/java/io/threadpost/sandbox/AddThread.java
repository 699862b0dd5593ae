package io.threadpost.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code messageThreads/add}: no idempotency key, so every call that is carried out makes another thread. */
final class AddThread {
    private final ThreadStore store;
    private final ThreadJson json;
    private final Enterprises enterprises;
    private final ScheduledExecutorService later;
    private final SandboxOptions options;

    AddThread(
            ThreadStore store,
            ThreadJson json,
            Enterprises enterprises,
            ScheduledExecutorService later,
            SandboxOptions options) {
        this.store = store;
        this.json = json;
        this.enterprises = enterprises;
        this.later = later;
        this.options = options;
    }

    /** @param visibleAfter how long the thread stays invisible */
    ApiAnswer answer(String accessToken, ThreadText asked, Duration visibleAfter) throws RequestRefused {
        for (Map.Entry<String, Integer> refusal : options.refusals().entrySet()) {
            if (asked.subject().contains(refusal.getKey())) {
                throw new RequestRefused(refusal.getValue(), "No thread about " + refusal.getKey());
            }
        }
        ThreadText text = new ThreadText(
                cut(asked.sender(), options.longestSender()), cut(asked.subject(), options.longestSubject()));
        int slot = store.addNow(enterprises.home(accessToken), text, visibleAfter.isZero());
        if (!visibleAfter.isZero()) {
            later.schedule(() -> store.show(slot), visibleAfter.toNanos(), TimeUnit.NANOSECONDS);
        }
        return ApiAnswer.page(json.page(List.of(store.version(slot)), null), List.of());
    }

    private String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest - options.cutEnding().length()).strip() + options.cutEnding();
    }
}
