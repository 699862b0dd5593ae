package io.threadpost.pull;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.threadpost.pull.CursorHistory.Cursor;

class CursorHistoryTest {
    private final CursorHistory history = new CursorHistory();

    private boolean headAfter(int retreats) {
        boolean head = false;
        for (int i = 0; i < retreats; i++) {
            head = history.again().isHead();
        }
        return head;
    }

    private void walk(int pages) {
        for (int page = 0; page < pages; page++) {
            history.add(new Cursor("cursor " + page, null));
        }
    }

    @Test
    void aWalkThatGetsNowhereBeginsAgainAtItsHead() {
        history.resume(new Cursor("resumed", null), null);

        assertThat(headAfter(8)).isFalse();
        walk(3);
        assertThat(headAfter(1)).isTrue();
    }

    /** A window that resumes far behind meets more dropped cursors than that among pages that are known already. */
    @Test
    void whatWasLostBeforeManyPagesDoesNotCount() {
        history.resume(new Cursor("resumed", null), null);

        for (int times = 0; times < 5; times++) {
            assertThat(headAfter(8)).isFalse();
            walk(9);
        }
    }

    @Test
    void aResumedWalkKnowsTheCursorsBeforeItsOwn() {
        Cursor first = new Cursor("first", "2026-11-28T12:00:00Z");
        Cursor second = new Cursor("second", null);
        history.add(first);
        history.add(second);

        CursorHistory resumed = new CursorHistory();
        resumed.resume(second, history.text());

        assertThat(resumed.back()).isEqualTo(first);
        assertThat(resumed.back()).isEqualTo(Cursor.HEAD);
        assertThat(resumed.text()).isNull();
    }

    /** As an earlier version left it, which knows nothing of the others. */
    @Test
    void cursorsThatDoNotLeadToTheWindowsOwnAreOfNoUse() {
        history.add(new Cursor("first", null));
        String stored = history.text();

        history.resume(new Cursor("moved", null), stored);
        assertThat(history.back()).isEqualTo(Cursor.HEAD);
        history.resume(Cursor.HEAD, stored);
        assertThat(history.text()).isNull();
    }
}
