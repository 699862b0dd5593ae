package io.threadpost.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * The schema of a ledger, for commands: the same migrations that the application runs, without it. Flyway gets them by
 * name, and no others, since it cannot search the class path of an executable and fails when it begins to.
 */
public final class LedgerSchema {
    /** Flyway's table, which is not part of the content. */
    public static final String HISTORY = "flyway_schema_history";

    private static final String FOLDER = "db/migration/";
    private static final String NAMES = "META-INF/io/threadpost/migrations.txt";

    private final Dialect dialect;
    private final List<String> names;

    public LedgerSchema(Dialect dialect) {
        this.dialect = dialect;
        this.names = text(NAMES).lines().filter(line -> !line.isBlank()).toList();
    }

    /** @return the version of a ledger that this build has migrated */
    public int newest() {
        return names.stream().mapToInt(LedgerSchema::version).max().orElseThrow();
    }

    /** @return the version of a database; 0 for one that no build has migrated yet */
    public static int version(Connection connection) throws SQLException {
        if (LedgerTables.of(connection).names().contains(HISTORY)) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT version FROM " + HISTORY + " WHERE success AND version IS NOT NULL")) {
                int version = 0;
                while (rows.next()) {
                    version = Math.max(version, Integer.parseInt(rows.getString(1)));
                }
                return version;
            }
        }
        return 0;
    }

    /**
     * Migrates a database.
     *
     * @param version the last migration to run
     * @throws SQLException when the database refuses
     */
    public void migrate(DataSource source, int version) throws SQLException {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .resourceProvider(new Migrations())
                    .javaMigrationClassProvider(List::of)
                    .placeholders(dialect.placeholders())
                    .target(String.valueOf(version))
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw e.getCause() instanceof SQLException refusal ? refusal : new SQLException(e.getMessage(), e);
        }
    }

    private static int version(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static String text(String resource) {
        try (InputStream in = LedgerSchema.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: it has no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Migrations implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return names.stream()
                    .filter(name ->
                            name.startsWith(prefix) && Stream.of(suffixes).anyMatch(name::endsWith))
                    .map(name -> (LoadableResource) new Migration(name))
                    .toList();
        }
    }

    /** A script on the class path. */
    private static final class Migration extends LoadableResource {
        private final String name;

        Migration(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            return new StringReader(text(FOLDER + name));
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
