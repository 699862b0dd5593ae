package io.threadpost.spool;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a drain takes from its spool: always, or from each tick of a timetable until what lay in the spool at the tick
 * is gone.
 */
final class OpeningTimes {
    private final String spool;
    private final Timetable timetable;
    private final boolean empty;
    private final SpoolTicks spoolTicks;
    private boolean begun;

    OpeningTimes(String spool, ConsumerOptions consumerOptions, SpoolTicks spoolTicks) {
        this.spool = spool;
        this.timetable = consumerOptions.timetable();
        this.empty = consumerOptions.empty();
        this.spoolTicks = spoolTicks;
    }

    boolean limited() {
        return timetable != null;
    }

    /** Opens the spool if the time has come. */
    void look() {
        if (!begun) {
            spoolTicks.begin(spool, timetable);
            begun = true;
        }
        if (timetable != null) {
            spoolTicks.openIfDue(spool);
        }
    }

    /** @return the tick whose items are gone; empty when there is none, or something is left of it */
    Optional<SpoolTicks.Row> finished() {
        return timetable == null ? Optional.empty() : spoolTicks.finished(spool);
    }

    /** @return what has to be worked before a finished tick is closed, if anything */
    Optional<Batch> last(SpoolTicks.Row finished) {
        return empty && finished.parts() == 0
                ? Optional.of(new Batch(
                        0, spool, ClaimSource.FRESH, false, 0, 0, new SpoolTick(finished.opened(), 1, 1), List.of()))
                : Optional.empty();
    }

    /**
     * Closes the spool until the next tick.
     *
     * @param sent what {@link #last} sent to other spools; null when there was nothing to be worked
     */
    void close(SpoolTicks.Row finished, Map<String, List<SpoolItem>> sent) {
        spoolTicks.close(spool, finished, timetable, sent);
    }
}
