package io.threadpost.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every setting, complete, in range and immutable. A single one is read by its constant in the
 * {@link SettingsCatalogue}; those that are used together are a record.
 *
 * @param values the value of every setting
 * @param connector the platform's API
 * @param network proxy and certificate authorities
 * @param connections what is pulled, sorted by name, at least one
 * @param ledger the database
 * @param smtp the mail server that digests are sent by
 * @param mailboxes the mailboxes that are polled, sorted by name
 * @param on the targets that are on
 * @param spool how parcels are kept and retried
 * @param ownSecrets the secrets in custom settings
 */
public record Settings(
        SettingValues values,
        ConnectorSettings connector,
        NetworkSettings network,
        List<ConnectionSettings> connections,
        LedgerSettings ledger,
        SmtpSettings smtp,
        List<MailboxSettings> mailboxes,
        Set<TargetSystem> on,
        SpoolSettings spool,
        Set<String> ownSecrets) {

    /** Keeps copies. */
    public Settings {
        connections = List.copyOf(connections);
        mailboxes = List.copyOf(mailboxes);
        on = Set.copyOf(on);
        ownSecrets = Set.copyOf(ownSecrets);
    }

    /**
     * The value of a single setting; an empty text or list when it is not set; null for another type without a default.
     */
    public <T> T get(Setting<T> setting) {
        return values.get(setting);
    }

    /** The value of a single setting whose type has no default; empty when it is not set. */
    public <T> Optional<T> find(Setting<T> setting) {
        return values.find(setting);
    }

    /** The names of the connections. */
    public List<String> connectionNames() {
        return connections.stream().map(ConnectionSettings::name).toList();
    }

    /** The values of all secrets that are set: what redaction must find. */
    public Set<String> secrets() {
        Set<String> secrets = new LinkedHashSet<>(credentials());
        secrets.addAll(ownSecrets);
        return Set.copyOf(secrets);
    }

    /** The values of those secrets that are settings of Threadpost. */
    public Set<String> credentials() {
        Set<String> secrets = values.secrets();
        network.proxy().map(ProxyAddress::password).ifPresent(secrets::add);
        secrets.remove("");
        return Set.copyOf(secrets);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Settings" + values;
    }
}
