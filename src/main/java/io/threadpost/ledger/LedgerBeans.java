package io.threadpost.ledger;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.flyway.FlywayDataSource;
import org.flywaydb.core.Flyway;

import io.threadpost.secrets.Redactor;
import io.threadpost.settings.Settings;

/** Opens the ledger that the settings name: one artifact serves both databases. */
final class LedgerBeans {
    @Produces
    @Singleton
    Ledger ledger(
            Settings settings,
            @DataSource("sqlite") InjectableInstance<AgroalDataSource> sqlite,
            @FlywayDataSource("sqlite") InjectableInstance<Flyway> sqliteMigrations,
            @DataSource("postgresql") InjectableInstance<AgroalDataSource> postgresql,
            @FlywayDataSource("postgresql") InjectableInstance<Flyway> postgresqlMigrations) {
        Redactor redactor = new Redactor(settings.secrets());
        if (settings.ledger().postgresql()) {
            postgresqlMigrations.get().migrate();
            return new Ledger(postgresql.get(), Dialect.POSTGRESQL, redactor::redact);
        }
        sqliteMigrations.get().migrate();
        Ledger ledger = new Ledger(sqlite.get(), Dialect.SQLITE, redactor::redact);
        voidLeases(ledger);
        return ledger;
    }

    /** One process holds a SQLite ledger, so the holder of every lease is gone. */
    static void voidLeases(Ledger ledger) {
        ledger.write(tx -> {
            tx.update("UPDATE pull_window SET lease_owner = NULL, crashes = crashes + 1 WHERE lease_owner IS NOT NULL");
            tx.update("UPDATE spool_batch SET lease_owner = NULL, crashes = crashes + 1 WHERE lease_owner IS NOT NULL");
            tx.update("UPDATE mailbox SET lease_owner = NULL WHERE lease_owner IS NOT NULL");
            tx.update("UPDATE redelivery SET lease_owner = NULL WHERE lease_owner IS NOT NULL");
            // A request of the dead process may have reached the platform at any moment until now.
            return tx.update(
                    "UPDATE request_slot SET answered = ? WHERE answered IS NULL OR answered > ?", tx.now(), tx.now());
        });
    }
}
