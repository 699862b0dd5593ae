package io.threadpost.settings;

/**
 * The broker that threads are sent to.
 *
 * @param url an AMQP URL; empty when the target is off
 * @param username empty when not set
 * @param password empty when not set
 * @param destination the queue's name on the broker
 */
public record QueueSettings(String url, String username, String password, String destination) {
    static QueueSettings of(SettingValues values) {
        return new QueueSettings(
                values.get(SettingsCatalogue.QUEUE_URL),
                values.get(SettingsCatalogue.QUEUE_USERNAME),
                values.get(SettingsCatalogue.QUEUE_PASSWORD),
                values.get(SettingsCatalogue.QUEUE_DESTINATION));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "QueueSettings[url=" + url + ", username=" + username + ", password=***, destination=" + destination
                + "]";
    }
}
