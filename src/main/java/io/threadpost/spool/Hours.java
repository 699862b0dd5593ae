package io.threadpost.spool;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** When a drain takes from its spool: always, or from each tick of a timetable until what lay in the spool at the tick is gone. */
final class Hours {
    private final String spool;
    private final Timetable timetable;
    private final boolean empty;
    private final Ticks ticks;
    private boolean begun;

    Hours(String spool, Handout handout, Ticks ticks) {
        this.spool = spool;
        this.timetable = handout.timetable();
        this.empty = handout.empty();
        this.ticks = ticks;
    }

    boolean limited() {
        return timetable != null;
    }

    /** Opens the spool if the time has come. */
    void look() {
        if (!begun) {
            ticks.begin(spool, timetable);
            begun = true;
        }
        if (timetable != null) {
            ticks.openIfDue(spool);
        }
    }

    /** @return the tick whose items are gone; empty when there is none, or something is left of it */
    Optional<Ticks.Row> finished() {
        return timetable == null ? Optional.empty() : ticks.finished(spool);
    }

    /** @return what has to be worked before a finished tick is closed, if anything */
    Optional<Batch> last(Ticks.Row finished) {
        return empty && finished.parts() == 0
                ? Optional.of(
                        new Batch(0, spool, Source.FRESH, false, 0, 0, new Tick(finished.opened(), 1, 1), List.of()))
                : Optional.empty();
    }

    /**
     * Closes the spool until the next tick.
     *
     * @param sent what {@link #last} sent to other spools; null when there was nothing to be worked
     */
    void close(Ticks.Row finished, Map<String, List<Item>> sent) {
        ticks.close(spool, finished, timetable, sent);
    }
}
