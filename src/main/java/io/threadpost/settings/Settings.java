package io.threadpost.settings;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every setting, complete, in range and immutable.
 *
 * @param connector the platform and how to speak to it
 * @param network how requests get out of the house
 * @param connections what is pulled, sorted by name, at least one
 * @param pull when and how far
 * @param add how threads are added
 * @param ledger the database
 * @param files the folder that threads are written to
 * @param queue the broker that threads are sent to
 * @param kafka the Kafka brokers that threads are sent to
 * @param digest the digests that are sent by mail
 * @param smtp the mail server that digests go out by
 * @param mailboxes the mailboxes that are watched, sorted by name
 * @param mailKeep how long mails are kept that were dealt with
 * @param on the targets that are on
 * @param spool how parcels are kept and tried again
 * @param routes where the route files are
 * @param api who may use the operator actions
 * @param http the two HTTP ports
 * @param ownSecrets the secrets among what is set besides these settings
 */
public record Settings(
        ConnectorSettings connector,
        NetworkSettings network,
        List<ConnectionSettings> connections,
        PullSettings pull,
        AddSettings add,
        LedgerSettings ledger,
        FilesSettings files,
        QueueSettings queue,
        KafkaSettings kafka,
        DigestSettings digest,
        SmtpSettings smtp,
        List<MailboxSettings> mailboxes,
        Duration mailKeep,
        Set<TargetSystem> on,
        SpoolSettings spool,
        RoutesSettings routes,
        ApiSettings api,
        HttpSettings http,
        Set<String> ownSecrets) {

    /** Keeps copies. */
    public Settings {
        connections = List.copyOf(connections);
        mailboxes = List.copyOf(mailboxes);
        on = Set.copyOf(on);
        ownSecrets = Set.copyOf(ownSecrets);
    }

    /**
     * Settings made of the given values and the defaults, without environment, system properties or file.
     *
     * @param values by key, such as {@code threadpost.connector.address}
     * @throws InvalidSettings with every problem, when there is one
     */
    public static Settings of(Map<String, String> values) {
        return SettingsResult.of(ConfigView.of(values), "given values").orThrow();
    }

    /** The values of all secrets that are set: what redaction must find. */
    public Set<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>(credentials());
        secrets.addAll(ownSecrets);
        return Set.copyOf(secrets);
    }

    /** The values of those secrets that are settings of Threadpost. */
    public Set<String> credentials() {
        Set<String> secrets = new LinkedHashSet<>();
        secrets.add(connector.clientToken());
        connections.forEach(connectionSettings -> secrets.add(connectionSettings.accessToken()));
        network.proxy().map(ProxyAddress::password).ifPresent(secrets::add);
        secrets.add(ledger.password());
        secrets.add(queue.password());
        secrets.add(kafka.password());
        secrets.add(smtp.password());
        smtp.oauth().ifPresent(oauth -> secrets.addAll(oauth.secrets()));
        for (MailboxSettings mailbox : mailboxes) {
            secrets.add(mailbox.password());
            mailbox.oauth().ifPresent(oauth -> secrets.addAll(oauth.secrets()));
        }
        secrets.add(api.token());
        secrets.remove("");
        return Set.copyOf(secrets);
    }
}
