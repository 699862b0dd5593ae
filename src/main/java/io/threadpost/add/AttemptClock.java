package io.threadpost.add;

import java.util.UUID;

import jakarta.inject.Singleton;

import io.threadpost.add.AddState.Attempt;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** Computes when a request that adds can no longer take effect. All times are milliseconds of the ledger's clock. */
@Singleton
final class AttemptClock {
    private final long responseMillis;
    private final long waitMillis;
    private final String process;

    AttemptClock(Ledger ledger, Settings settings) {
        // Processes that share a ledger use its clock; with a file, each has its own.
        this.process = ledger.dialect().shared() ? "shared" : UUID.randomUUID().toString();
        this.waitMillis = settings.get(SettingsCatalogue.ADD_WAIT).toMillis();
        this.responseMillis = settings.connector().connectTimeout().toMillis()
                + settings.connector().responseTimeout().toMillis();
    }

    /** @return the process whose clock it is, as recorded with each attempt */
    String process() {
        return process;
    }

    /** @return for a request that is sent now */
    long sent(long now) {
        return now + responseMillis + waitMillis;
    }

    /** @return for a request that has just ended */
    long answered(long now) {
        return now + waitMillis;
    }

    /** @return for an attempt, which another process may have begun: its clock is unknown, so the whole time passes */
    long recorded(Attempt attempt, long now) {
        return attempt.process().equals(process)
                ? attempt.over()
                : Math.max(answered(now), Math.min(attempt.over(), sent(now)));
    }

    boolean isOver(Attempt attempt, long now) {
        return attempt.process().equals(process) && now >= attempt.over();
    }
}
