package io.threadpost.pull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The cursors that led here from the head, the last few of them. When the platform drops one (its thread may have been
 * updated), the one before still shows where to continue; what comes twice is absorbed by the dedupe keys. The window
 * keeps them in the ledger, since the cursor that a killed process leaves may be the one that is dropped.
 */
final class CursorHistory {
    private static final int LONGEST = 8;
    /** Retreats without a new version, after which the window starts again at its head. */
    private static final int PATIENCE = 8;
    /**
     * Pages in a row after which a retreat is past: a walk back over many known pages meets several dropped cursors.
     */
    private static final int RECOVERED = 9;

    private final Deque<Cursor> cursors = new ArrayDeque<>();
    private int retreats;
    private int pages;

    /**
     * @param id null for the head
     * @param updated {@code UpdatedUtc} of the cursor's thread as it was seen; null if unknown
     */
    record Cursor(String id, String updated) {
        /** The window's head, where a request carries no cursor. */
        static final Cursor HEAD = new Cursor(null, null);

        boolean isHead() {
            return id == null;
        }
    }

    /**
     * Goes on at a window's cursor.
     *
     * @param stored the {@link #text} of that time; null, and of no use, if the cursor was moved without it
     */
    void resume(Cursor cursor, String stored) {
        clear();
        String[] lines = stored == null ? new String[0] : stored.split("\n", -1);
        for (int i = 0; i + 1 < lines.length; i += 2) {
            cursors.addLast(new Cursor(lines[i], lines[i + 1].isEmpty() ? null : lines[i + 1]));
        }
        if (!cursor.equals(cursors.peekLast())) {
            clear();
            if (!cursor.isHead()) {
                cursors.addLast(cursor);
            }
        }
    }

    /** Goes on at the head. */
    void clear() {
        cursors.clear();
    }

    /** @return the cursors, to be stored: two lines each, its id and what is known of its update; null at the head */
    String text() {
        return cursors.isEmpty()
                ? null
                : cursors.stream()
                        .map(cursor -> cursor.id() + "\n" + Objects.toString(cursor.updated(), ""))
                        .collect(Collectors.joining("\n"));
    }

    void add(Cursor cursor) {
        cursors.addLast(cursor);
        if (cursors.size() > LONGEST) {
            cursors.removeFirst();
        }
        if (++pages >= RECOVERED) {
            retreats = 0;
        }
    }

    boolean seen(String id) {
        return cursors.stream().anyMatch(cursor -> cursor.id().equals(id));
    }

    /**
     * The last cursor is of no use.
     *
     * @return the one before, perhaps the head
     */
    Cursor back() {
        cursors.pollLast();
        return again();
    }

    /**
     * The last cursor's page is of no use.
     *
     * @return the same cursor, or the head when that happened too often
     */
    Cursor again() {
        pages = 0;
        retreats++;
        if (retreats > PATIENCE) {
            cursors.clear();
            retreats = 0;
        }
        return cursors.isEmpty() ? Cursor.HEAD : cursors.peekLast();
    }

    void newVersions() {
        retreats = 0;
    }
}
