package io.threadpost.pull;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.connector.ThreadPage;
import io.threadpost.pull.IntervalSet.Interval;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** Reads an interval again, page by page, behind live pulls: for those who keep no window for it. */
@Singleton
public final class IntervalPages {
    private final PlatformClient platform;
    private final EnterpriseHistory enterprises;
    private final int pageSize;

    IntervalPages(PlatformClient platform, EnterpriseHistory enterprises, Settings settings) {
        this.platform = platform;
        this.enterprises = enterprises;
        this.pageSize = settings.get(SettingsCatalogue.PULL_PAGE_SIZE);
    }

    /**
     * Reads of each enterprise what was asked for when the interval was pulled: not what one that was added later had.
     *
     * @return as {@link #read}
     */
    public boolean readPulled(String connection, long start, long end, Consumer<ThreadPage> pages) {
        for (EnterpriseHistory.Part part : enterprises.pulled(connection, new Interval(start, end))) {
            Interval interval = part.interval();
            if (!read(connection, interval.start(), interval.end(), part.enterprises(), Integer.MAX_VALUE, pages)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads until the interval is drained.
     *
     * @param start first nanosecond
     * @param end first nanosecond that no longer belongs to it
     * @param enterprises whose threads; empty: those of all enterprises that the connection pulls
     * @param mostPages the most pages to fetch
     * @param pages gets each page, which may be empty
     * @return whether it is drained: not when there are more pages, the platform loses its cursors, or the thread is
     *     interrupted
     * @throws io.threadpost.connector.ConnectorException when the platform does not answer
     */
    public boolean read(
            String connection,
            long start,
            long end,
            List<String> enterprises,
            int mostPages,
            Consumer<ThreadPage> pages) {
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        String cursorUpdated = null;
        for (int i = 0; i < mostPages && !Thread.currentThread().isInterrupted(); i++) {
            ThreadPage page = platform.getThreads(
                    connection, Priority.BACKFILL, Window.request(start, end, enterprises, cursor, pageSize));
            pages.accept(page);
            if (page.isEmpty() && cursor != null && !page.isLast()) {
                // Only the end if the cursor's thread is unchanged, as in a walk.
                ThreadPage now = platform.getThreads(connection, Priority.BACKFILL, Window.requestOne(cursor));
                return Objects.equals(cursorUpdated, WindowWalk.updated(now, cursor));
            }
            cursor = page.cursor();
            if (cursor == null || page.size() < pageSize) {
                return true;
            }
            cursorUpdated = WindowWalk.updated(page, cursor);
            if (!cursors.add(cursor)) {
                return false;
            }
        }
        return false;
    }
}
