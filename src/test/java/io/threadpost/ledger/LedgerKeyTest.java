package io.threadpost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

@OnBothDatabases
class LedgerKeyTest {
    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    @Test
    void keyOfTransactionThatIsRolledBackIsForgotten() {
        try (LedgerFixture database = LedgerFixture.create(dialect, folder)) {
            LedgerKey key = new LedgerKey();
            assertThatThrownBy(() -> database.ledger().write(tx -> {
                        key.hash(tx, "mail", "one");
                        key.hash(tx, "mail", "another");
                        throw new IllegalStateException("rolled back");
                    }))
                    .hasMessageContaining("rolled back");

            String hash = database.ledger().write(tx -> key.hash(tx, "mail", "one"));
            String afterStart = database.ledger().write(tx -> new LedgerKey().hash(tx, "mail", "one"));

            assertThat(afterStart).isEqualTo(hash);
        }
    }
}
