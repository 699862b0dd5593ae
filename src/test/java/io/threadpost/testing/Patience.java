package io.threadpost.testing;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Waiting for what must come: long enough for a busy machine, since only a test that fails waits so long. What another
 * thread throws meanwhile ends no wait: a test's server does when the process that it serves is killed.
 */
public final class Patience {
    private static final Duration LONG = Duration.ofSeconds(90);

    private Patience() {}

    public static ConditionFactory await() {
        return Awaitility.await().dontCatchUncaughtExceptions().atMost(LONG);
    }

    /** @param what said when it never comes */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).dontCatchUncaughtExceptions().atMost(LONG);
    }
}
