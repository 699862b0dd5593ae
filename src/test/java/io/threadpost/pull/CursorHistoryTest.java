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
        history.start(new Cursor("resumed", null));

        assertThat(headAfter(8)).isFalse();
        walk(3);
        assertThat(headAfter(1)).isTrue();
    }

    /** A window that resumes far behind meets more dropped cursors than that among pages that are known already. */
    @Test
    void whatWasLostBeforeManyPagesDoesNotCount() {
        history.start(new Cursor("resumed", null));

        for (int times = 0; times < 5; times++) {
            assertThat(headAfter(8)).isFalse();
            walk(9);
        }
    }
}
