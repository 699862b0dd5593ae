package io.threadpost.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read when the database fails is the reason. */
class LedgerFailureTest {
    /** On a full disk SQLite rolls back by itself, and what the driver does afterwards fails for that. */
    @Test
    void aFullDiskIsReportedThoughTheRollbackFails() {
        Ledger ledger = new Ledger(
                refusing(new SQLException("database or disk is full", null, 13)), Dialect.SQLITE, text -> text);

        assertThatThrownBy(() -> ledger.write(tx -> 1))
                .isInstanceOf(LedgerException.class)
                .hasMessage("the ledger cannot be written: its disk is full: database or disk is full");
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE, , 5, another program keeps it locked",
        "SQLITE, , 517, another program keeps it locked",
        "SQLITE, , 11, its file is damaged",
        "SQLITE, , 1, ",
        "POSTGRESQL, 08001, 0, PostgreSQL does not answer",
        "POSTGRESQL, 53100, 0, the disk of PostgreSQL is full",
        "POSTGRESQL, , 0, ",
    })
    void reasonIsInWordsWhereAnOperatorCanActOnIt(Dialect dialect, String state, int code, String words) {
        assertThat(dialect.reason(new SQLException("x", state, code)).orElse(null))
                .isEqualTo(words);
    }

    private static DataSource refusing(SQLException commit) {
        SQLException none = new SQLException("cannot commit - no transaction is active", null, 1);
        Connection connection = (Connection) Proxy.newProxyInstance(
                LedgerFailureTest.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, given) -> {
                    switch (method.getName()) {
                        case "commit" -> throw commit;
                        case "rollback" -> throw none;
                        case "setAutoCommit" -> {
                            if (given[0].equals(true)) {
                                throw none;
                            }
                        }
                        default -> {}
                    }
                    return null;
                });
        return (DataSource) Proxy.newProxyInstance(
                LedgerFailureTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, given) -> connection);
    }
}
