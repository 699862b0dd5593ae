package io.threadpost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class LedgerSchemaTest {
    @TempDir
    Path folder;

    /** Flyway's search is not built into an executable, where it ends the command. */
    @Test
    void migrationsAreNotSearchedOnTheClassPath() throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("ledger.db"));
        LedgerSchema schema = new LedgerSchema(Dialect.SQLITE);
        List<String> searched = new ArrayList<>();
        ClassLoader usual = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(usual) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                searched.add(name);
                return super.getResources(name);
            }
        });
        try {
            schema.migrate(source, schema.newest());
        } finally {
            Thread.currentThread().setContextClassLoader(usual);
        }

        assertThat(searched).noneMatch(name -> name.startsWith("db/migration"));
        try (Connection connection = source.getConnection()) {
            assertThat(LedgerSchema.version(connection)).isEqualTo(schema.newest());
        }
    }
}
