package io.threadpost.queue;

import java.time.Duration;
import java.util.Properties;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The Camel component {@code kafka:} on the brokers of {@code threadpost.kafka.brokers}: a send is acknowledged by
 * every replica, and every wait has a timeout.
 */
@Singleton
final class KafkaBrokers {
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final Settings settings;
    private final Duration longest;

    @Inject
    KafkaBrokers(Settings settings) {
        this(settings, LONGEST);
    }

    /** @param longest how long a send takes at most, with the client's own retries */
    KafkaBrokers(Settings settings, Duration longest) {
        this.settings = settings;
        this.longest = longest;
    }

    /** Without brokers, {@code camel.component.kafka.*} may set them. */
    @Produces
    @Singleton
    @Unremovable
    @Named("kafka")
    KafkaComponent component() {
        KafkaConfiguration configuration = new KafkaConfiguration();
        configuration.setRequestRequiredAcks("all");
        configuration.setEnableIdempotence(true);
        configuration.setMaxBlockMs((int) longest.toMillis());
        configuration.setDeliveryTimeoutMs((int) longest.toMillis());
        configuration.setRequestTimeoutMs((int) longest.toMillis() * 2 / 3);
        configuration.setSynchronous(true);
        configuration.setValueSerializer(ByteArraySerializer.class.getName());
        if (!settings.get(SettingsCatalogue.KAFKA_BROKERS).isEmpty()) {
            configuration.setBrokers(settings.get(SettingsCatalogue.KAFKA_BROKERS));
        }
        configuration.setSecurityProtocol(
                (settings.get(SettingsCatalogue.KAFKA_USERNAME).isEmpty() ? "" : "SASL_")
                        + (settings.get(SettingsCatalogue.KAFKA_TLS) ? "SSL" : "PLAINTEXT"));
        if (!settings.get(SettingsCatalogue.KAFKA_USERNAME).isEmpty()) {
            configuration.setSaslMechanism("PLAIN");
            configuration.setSaslJaasConfig(login());
        }
        KafkaComponent kafka = new KafkaComponent();
        kafka.setConfiguration(configuration);
        kafka.setKafkaClientFactory(new Clients());
        // A host name that cannot be resolved fails the target, not the start of the route.
        kafka.setLazyStartProducer(true);
        return kafka;
    }

    private String login() {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username="
                + quoted(settings.get(SettingsCatalogue.KAFKA_USERNAME)) + " password="
                + quoted(settings.get(SettingsCatalogue.KAFKA_PASSWORD)) + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static final class Clients extends DefaultKafkaClientFactory {
        @Override
        public Producer<?, ?> getProducer(Properties configuration) {
            return configuration.containsKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG)
                    ? super.getProducer(configuration)
                    : new SelfRenewingProducer(() -> client(configuration), CLOSE);
        }

        /** Fails with the cause alone, such as an unknown host name. */
        private static Producer<Object, Object> client(Properties configuration) {
            try {
                return new KafkaProducer<>(configuration);
            } catch (KafkaException e) {
                throw e.getCause() instanceof KafkaException reason ? reason : e;
            }
        }
    }
}
