package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

class DerivedSettingsTest {
    @Test
    void sqliteIsTheDataSourceUnlessToldOtherwise() {
        SmallRyeConfig config = config(Map.of());

        assertThat(config.getRawValue("quarkus.datasource.sqlite.active")).isEqualTo("true");
        assertThat(config.getRawValue("quarkus.flyway.sqlite.active")).isEqualTo("true");
        assertThat(config.getRawValue("quarkus.datasource.sqlite.jdbc.url")).isEqualTo("jdbc:sqlite:state/ledger.db");
        assertThat(config.getRawValue("quarkus.datasource.postgresql.active")).isEqualTo("false");
        assertThat(config.getRawValue("quarkus.flyway.postgresql.active")).isEqualTo("false");
        assertThat(config.getRawValue("quarkus.datasource.postgresql.jdbc.url")).isNull();
    }

    @Test
    void postgresqlTakesItsPlaceWithUserAndPassword() {
        SmallRyeConfig config = config(Map.of(
                "threadpost.ledger.url", "jdbc:postgresql://db/${NAME}",
                "NAME", "threadpost",
                "threadpost.ledger.username", "threadpost",
                "threadpost.ledger.password", "ledger-secret"));

        assertThat(config.getRawValue("quarkus.datasource.sqlite.active")).isEqualTo("false");
        assertThat(config.getRawValue("quarkus.flyway.sqlite.active")).isEqualTo("false");
        assertThat(config.getRawValue("quarkus.datasource.postgresql.active")).isEqualTo("true");
        assertThat(config.getRawValue("quarkus.flyway.postgresql.active")).isEqualTo("true");
        assertThat(config.getRawValue("quarkus.datasource.postgresql.jdbc.url"))
                .isEqualTo("jdbc:postgresql://db/threadpost");
        assertThat(config.getRawValue("quarkus.datasource.postgresql.username")).isEqualTo("threadpost");
        assertThat(config.getRawValue("quarkus.datasource.postgresql.password")).isEqualTo("ledger-secret");
        assertThat(config.getPropertyNames()).contains("quarkus.datasource.postgresql.jdbc.url");
    }

    @Test
    void everyLogHandlerRedacts() {
        SmallRyeConfig config = config(Map.of("quarkus.log.handler.file.\"own\".filter", "own"));

        assertThat(config.getRawValue("quarkus.log.console.filter")).isEqualTo("redact");
        assertThat(config.getRawValue("quarkus.log.handler.syslog.\"far.away\".filter"))
                .isEqualTo("redact");
        assertThat(config.getRawValue("quarkus.log.handler.file.\"own\".filter"))
                .as("what somebody sets wins")
                .isEqualTo("own");
    }

    @Test
    void targetIsOnWhenItIsSaidWhereItIs() {
        assertThat(config(Map.of()).getValue("threadpost.queue.on", Boolean.class))
                .isFalse();
        assertThat(config(Map.of("threadpost.queue.url", " ")).getValue("threadpost.queue.on", Boolean.class))
                .isFalse();
        assertThat(config(Map.of("threadpost.queue.url", "amqp://broker:5672"))
                        .getValue("threadpost.queue.on", Boolean.class))
                .isTrue();
    }

    @Test
    void emptyValueMeansTheDefault() {
        SmallRyeConfig config = config(Map.of("threadpost.files.directory", " ", "threadpost.ledger.url", ""));

        assertThat(config.getRawValue("threadpost.files.directory")).isEqualTo("out/threads");
        assertThat(config.getRawValue("quarkus.datasource.sqlite.jdbc.url")).isEqualTo("jdbc:sqlite:state/ledger.db");
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(new HashMap<>(values), "values", 250), new DefaultsSource())
                .withInterceptors(new DerivedSettings(), new TargetSwitches(), new EmptyMeansDefault())
                .build();
    }
}
