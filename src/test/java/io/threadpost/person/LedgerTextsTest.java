package io.threadpost.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.person.LedgerTexts.Column;

/** No table can be added to the ledger without a decision what erasing a person does about it. */
@OnBothDatabases
class LedgerTextsTest {
    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    @Test
    void everyTextOfTheLedgerIsKnown() {
        try (LedgerFixture database = LedgerFixture.create(dialect, folder)) {
            assertThat(database.ledger().read(LedgerTexts::columns))
                    .hasSizeGreaterThan(80)
                    .as("enter a new column in LedgerTexts, and erase a personal one in PersonRows")
                    .allMatch(Column::isKnown);
        }
    }

    @Test
    void unknownTextIsFreeText() {
        assertThat(new Column("some_new_table", "words", false).isKnown()).isFalse();
        assertThat(new Column("some_new_table", "words", false).isMasked()).isTrue();
        assertThat(new Column("mail", "identity", false).isMasked()).isFalse();
    }
}
