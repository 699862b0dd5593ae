package io.threadpost.add;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.WithLedger;

/** A connection whose adds fail pauses as long as the platform is down, and no longer. */
class AddCircuitBreakerTest extends WithLedger {
    @Test
    void whatFailsSideBySideFailsOnce() {
        AddCircuitBreaker pauses = new AddCircuitBreaker(ledger.ledger(), AddOperation.THREADS);

        for (int request = 0; request < 8; request++) {
            pauses.failed("main", "connection refused");
        }

        assertThat(ledger.rows("SELECT failures, reason FROM add_pause")).containsExactly("1|connection refused");
    }
}
