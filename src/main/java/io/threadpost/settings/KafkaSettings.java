package io.threadpost.settings;

/**
 * The Kafka brokers that threads are sent to.
 *
 * @param brokers {@code HOST:PORT}, separated by commas; empty when the target is off
 * @param topic the topic's name
 * @param username empty when there is no login
 * @param password empty when there is no login
 * @param tls whether the connection is encrypted
 */
public record KafkaSettings(String brokers, String topic, String username, String password, boolean tls) {
    static KafkaSettings of(SettingValues values) {
        return new KafkaSettings(
                values.get(SettingsCatalogue.KAFKA_BROKERS),
                values.get(SettingsCatalogue.KAFKA_TOPIC),
                values.get(SettingsCatalogue.KAFKA_USERNAME),
                values.get(SettingsCatalogue.KAFKA_PASSWORD),
                values.get(SettingsCatalogue.KAFKA_TLS));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "KafkaSettings[brokers=" + brokers + ", topic=" + topic + ", username=" + username
                + ", password=***, tls=" + tls + "]";
    }
}
