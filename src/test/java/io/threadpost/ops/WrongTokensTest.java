package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whoever guesses waits longer each time; nobody else does. */
class WrongTokensTest {
    private final WrongTokens tokens = new WrongTokens();

    @Test
    void waitGrowsUpToASecondForWhoeverGuesses() {
        long before = 0;
        for (int i = 0; i < 30; i++) {
            long wait = tokens.shown("10.0.0.1");
            assertThat(wait).isBetween(Math.max(1, before), 1_000L);
            before = wait;
            tokens.answered();
        }

        assertThat(before).isEqualTo(1_000);
        assertThat(tokens.shown("10.0.0.2")).isEqualTo(50);
    }

    @Test
    void rightTokenEndsIt() {
        tokens.shown("10.0.0.1");
        tokens.answered();
        tokens.right("10.0.0.1");

        assertThat(tokens.shown("10.0.0.1")).isEqualTo(50);
    }

    @Test
    void answersThatWaitHoldFewConnections() {
        for (int i = 0; i < 32; i++) {
            assertThat(tokens.shown("10.0.0." + i)).isPositive();
        }

        assertThat(tokens.shown("10.0.1.1")).isZero();
    }
}
