package io.threadpost.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import org.flywaydb.core.Flyway;

/** A real ledger, opened as the program opens it: the same driver properties, placeholders and migrations. */
public final class LedgerFixture implements AutoCloseable {
    private final Dialect dialect;
    private final String url;
    private final AgroalDataSource source;
    private final Ledger ledger;

    private LedgerFixture(Dialect dialect, String url) {
        this.dialect = dialect;
        this.url = url;
        try {
            this.source = AgroalDataSource.from(pool(dialect, url));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Flyway.configure()
                .dataSource(source)
                .placeholders(configured("quarkus.flyway." + name(dialect) + ".placeholders."))
                .load()
                .migrate();
        this.ledger = new Ledger(source, dialect, UnaryOperator.identity());
    }

    /**
     * A new ledger.
     *
     * @param folder where a SQLite file goes
     */
    public static LedgerFixture create(Dialect dialect, Path folder) {
        String url =
                dialect == Dialect.SQLITE ? "jdbc:sqlite:" + folder.resolve("ledger.db") : PostgresServer.newDatabase();
        return new LedgerFixture(dialect, url);
    }

    /** @param url of an existing or a new ledger */
    public static LedgerFixture open(Dialect dialect, String url) {
        return new LedgerFixture(dialect, url);
    }

    /** The ledger as a process finds it that starts after this one was killed; leases are void as at any start. */
    public LedgerFixture afterCrash(Path folder) {
        LedgerFixture next =
                dialect == Dialect.SQLITE ? new LedgerFixture(dialect, copy(folder)) : new LedgerFixture(dialect, url);
        LedgerBeans.voidLeases(next.ledger);
        return next;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** @param redact takes secrets out of what is written */
    public Ledger ledger(UnaryOperator<String> redact) {
        return new Ledger(source, dialect, redact);
    }

    /** @return this ledger for a process in simulated time that is killed at a commit, as {@link #killedAfter} */
    public Ledger killedAfter(int commits, ProcessClock clock) {
        return new Ledger(dying(commits), dialect, UnaryOperator.identity(), clock);
    }

    /** @return this ledger for a process that is killed at a commit: so many take effect, and no more */
    public Ledger killedAfter(int commits) {
        return new Ledger(dying(commits), dialect, UnaryOperator.identity());
    }

    /** Voids the leases of a process that was killed, as a start does. */
    public void voidLeases(Ledger next) {
        LedgerBeans.voidLeases(next);
    }

    private DataSource dying(int commits) {
        AtomicInteger left = new AtomicInteger(commits);
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection connection = source.getConnection();
                    return Proxy.newProxyInstance(
                            getClass().getClassLoader(), new Class<?>[] {Connection.class}, (one, call, given) -> {
                                if (call.getName().equals("commit") && left.getAndDecrement() <= 0) {
                                    throw new SQLException("killed");
                                }
                                try {
                                    return call.invoke(connection, given);
                                } catch (InvocationTargetException e) {
                                    throw e.getCause();
                                }
                            });
                });
    }

    /** @return the rows of a query, each as its columns with a bar between them */
    public List<String> rows(String sql, Object... parameters) {
        return ledger.read(tx -> tx.list(
                sql,
                row -> {
                    StringJoiner columns = new StringJoiner("|");
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        columns.add(row.getString(i));
                    }
                    return columns.toString();
                },
                parameters));
    }

    /** Changes rows behind the program's back. */
    public int change(String sql, Object... parameters) {
        return ledger.write(tx -> tx.update(sql, parameters));
    }

    @Override
    public void close() {
        source.close();
    }

    /** What a killed process leaves on the disk: the file and its log, copied while nobody is writing. */
    private String copy(Path folder) {
        Path file = Path.of(url.substring("jdbc:sqlite:".length()));
        Path copy = folder.resolve("after-crash-" + System.nanoTime() + ".db");
        return ledger.write(tx -> {
            try {
                Files.copy(file, copy);
                Files.copy(Path.of(file + "-wal"), Path.of(copy + "-wal"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return "jdbc:sqlite:" + copy;
        });
    }

    private static AgroalDataSourceConfigurationSupplier pool(Dialect dialect, String url) {
        AgroalDataSourceConfigurationSupplier pool = new AgroalDataSourceConfigurationSupplier();
        pool.connectionPoolConfiguration().maxSize(16).connectionFactoryConfiguration(factory -> {
            factory.jdbcUrl(url);
            configured("quarkus.datasource." + name(dialect) + ".jdbc.additional-jdbc-properties.")
                    .forEach(factory::jdbcProperty);
            configured("quarkus.datasource." + name(dialect) + ".jdbc.new-connection-")
                    .values()
                    .forEach(factory::initialSql);
            if (dialect == Dialect.POSTGRESQL) {
                factory.principal(new NamePrincipal("postgres")).credential(new SimplePassword("postgres"));
            }
            return factory;
        });
        return pool;
    }

    private static String name(Dialect dialect) {
        return dialect == Dialect.SQLITE ? "sqlite" : "postgresql";
    }

    /** What the program's own properties say below a prefix. */
    private static Map<String, String> configured(String prefix) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toMap(key -> key.substring(prefix.length()), properties::getProperty));
    }
}
