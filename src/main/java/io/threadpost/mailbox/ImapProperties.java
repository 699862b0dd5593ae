package io.threadpost.mailbox;

import java.time.Duration;
import java.util.Properties;

import io.threadpost.settings.Tls;

/** What the IMAP client is told, the same for every connection: how long to wait, and whom to trust. */
final class ImapProperties {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    /** A search in a large folder takes its time. */
    private static final Duration READ = Duration.ofSeconds(60);

    private ImapProperties() {}

    static Properties of(Tls tls) {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.connectiontimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("mail.imap.timeout", String.valueOf(READ.toMillis()));
        properties.setProperty("mail.imap.writetimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("mail.imap.starttls.enable", String.valueOf(tls == Tls.STARTTLS));
        properties.setProperty("mail.imap.starttls.required", String.valueOf(tls == Tls.STARTTLS));
        properties.setProperty("mail.imap.ssl.checkserveridentity", "true");
        return properties;
    }
}
