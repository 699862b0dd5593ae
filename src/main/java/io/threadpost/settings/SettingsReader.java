package io.threadpost.settings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Parses every setting of the {@link SettingsCatalogue}, and then checks what must be set and what belongs together. A
 * problem does not end it, so that all of them are reported at once.
 */
final class SettingsReader {
    private static final int SHORTEST_TOKEN = 16;
    private static final String HTTP_HOST = "quarkus.http.host";
    private static final String HTTP_ENABLED = "quarkus.http.host-enabled";

    private final ConfigView view;
    private final SettingValues values = new SettingValues();
    private final List<SettingProblem> problems = new ArrayList<>();

    SettingsReader(ConfigView view) {
        this.view = view;
    }

    /**
     * What is wrong: first values by themselves, in the order of the catalogue, then what is missing or does not go
     * together.
     */
    List<SettingProblem> problems() {
        return problems;
    }

    /** All settings; in place of one that has a problem its default, which may be null. */
    Settings read() {
        SettingsCatalogue.settings().forEach(this::parse);
        Settings settings = assemble();
        check(settings);
        return settings;
    }

    private <T> void parse(Setting<T> setting) {
        view.keys(setting).forEach(key -> values.put(setting, key, parse(setting, key)));
    }

    private <T> T parse(Setting<T> setting, String key) {
        Optional<ConfigView.Found> found = view.find(key);
        try {
            if (found.isPresent() && found.get().value().isPresent()) {
                return setting.type().parse(found.get().value().get());
            }
            found.flatMap(ConfigView.Found::problem).ifPresent(problems::add);
        } catch (InvalidSettingValue e) {
            problems.add(found.get().place().problem(key, e.getMessage()));
        }
        return setting.defaultValue();
    }

    private Settings assemble() {
        List<ConnectionSettings> connections = view.names(SettingFamily.CONNECTION).stream()
                .map(name -> ConnectionSettings.of(values, name))
                .toList();
        List<MailboxSettings> mailboxes = view.names(SettingFamily.MAILBOX).stream()
                .map(name -> MailboxSettings.of(values, name))
                .filter(mailbox -> !mailbox.host().isEmpty())
                .toList();
        Set<TargetSystem> on = EnumSet.allOf(TargetSystem.class);
        on.removeIf(targetSystem -> !targetSystem.isOn(setting -> isSet(setting.key())));
        return new Settings(
                values,
                ConnectorSettings.of(values),
                NetworkSettings.of(values),
                connections,
                LedgerSettings.of(values),
                SmtpSettings.of(values),
                mailboxes,
                on,
                SpoolSettings.of(values),
                new ConfiguredSecrets(view).own());
    }

    private void check(Settings settings) {
        require(SettingsCatalogue.CONNECTOR_ADDRESS);
        require(SettingsCatalogue.CONNECTOR_CLIENT_TOKEN);
        checkProxy();
        checkConnections(settings.connections());
        checkLedger(settings.ledger());
        requireBothOrNone(SettingsCatalogue.KAFKA_USERNAME, SettingsCatalogue.KAFKA_PASSWORD);
        if (settings.on().contains(TargetSystem.DIGEST)) {
            require(SettingsCatalogue.DIGEST_FROM);
            require(SettingsCatalogue.DIGEST_TO);
        }
        checkSmtp(settings.smtp());
        checkMailboxes(settings);
        checkBackoff(settings.spool());
        checkApi();
        checkWebhook();
        checkTraces();
        checkAlerts();
    }

    private void checkAlerts() {
        if (!isSet(SettingsCatalogue.ALERTS_TO.key())) {
            return;
        }
        require(SettingsCatalogue.SMTP_HOST);
        if (!isSet(SettingsCatalogue.DIGEST_FROM.key())) {
            require(SettingsCatalogue.ALERTS_FROM);
        }
    }

    private void checkProxy() {
        requireBothOrNone(SettingsCatalogue.NETWORK_PROXY_USERNAME, SettingsCatalogue.NETWORK_PROXY_PASSWORD);
        for (Setting<?> setting :
                List.of(SettingsCatalogue.NETWORK_PROXY_USERNAME, SettingsCatalogue.NETWORK_NO_PROXY)) {
            if (!isSet(SettingsCatalogue.NETWORK_PROXY.key()) && isSet(setting.key())) {
                refuse(
                        setting.key(),
                        "belongs to " + SettingsCatalogue.NETWORK_PROXY.key() + "; set that, or remove this");
            }
        }
    }

    private void checkConnections(List<ConnectionSettings> connections) {
        connections.forEach(
                connectionSettings -> require(SettingsCatalogue.CONNECTIONS_ACCESS_TOKEN, connectionSettings.name()));
        if (connections.isEmpty()) {
            String example = SettingsCatalogue.CONNECTIONS_ACCESS_TOKEN.example();
            problems.add(view.emptyPlace(example)
                    .warning(
                            SettingsCatalogue.CONNECTIONS_ACCESS_TOKEN.key(),
                            "there is no connection; set the access token of one, such as "
                                    + SettingOrigin.variable(example) + " in the environment"));
        }
    }

    private void checkLedger(LedgerSettings ledger) {
        if (!ledger.postgresql()) {
            for (Setting<String> login :
                    List.of(SettingsCatalogue.LEDGER_USERNAME, SettingsCatalogue.LEDGER_PASSWORD)) {
                if (isSet(login.key())) {
                    refuse(
                            login.key(),
                            "is for PostgreSQL, but the ledger is an SQLite file; remove it, or set "
                                    + SettingsCatalogue.LEDGER_URL.key());
                }
            }
        }
    }

    private void checkSmtp(SmtpSettings smtp) {
        if (smtp.oauth().isPresent()) {
            checkOAuth(OAuthSettings.SMTP, SettingFamily.MAIN, smtp.oauth().get());
        } else {
            requireBothOrNone(SettingsCatalogue.SMTP_USERNAME, SettingsCatalogue.SMTP_PASSWORD);
        }
    }

    private void checkOAuth(OAuthSettings.Keys keys, String name, OAuthSettings oauth) {
        require(keys.username(), name);
        require(keys.clientId(), name);
        if (oauth.refreshToken().isEmpty()) {
            require(keys.clientSecret(), name);
        }
        if (!values.get(keys.password(), name).isEmpty()) {
            refuse(
                    keys.password().key(name),
                    "is not used, since the login is by OAuth 2; remove it, or "
                            + keys.tokenUrl().key(name));
        }
    }

    private void checkMailboxes(Settings settings) {
        Set<String> connections = new TreeSet<>();
        settings.connections().forEach(connectionSettings -> connections.add(connectionSettings.name()));
        TreeMap<String, String> sources = new TreeMap<>();
        for (MailboxSettings mailbox : settings.mailboxes()) {
            checkLogin(mailbox);
            if (!connections.contains(mailbox.connection())) {
                refuse(
                        SettingsCatalogue.MAIL_CONNECTION.key(mailbox.name()),
                        "there is no connection `" + mailbox.connection() + "`; "
                                + (connections.isEmpty()
                                        ? "set the access token of one"
                                        : "write one of `" + String.join("`, `", connections) + "`"));
            }
            checkFolders(mailbox);
            // The same folder under two names would make two threads of each mail.
            String other = sources.putIfAbsent(mailbox.source().toLowerCase(Locale.ROOT), mailbox.name());
            if (other != null) {
                refuse(
                        SettingsCatalogue.MAIL_HOST.key(mailbox.name()),
                        "is the folder that mailbox `" + other + "` polls already; remove one of the two");
            }
        }
    }

    private void checkLogin(MailboxSettings mailbox) {
        if (mailbox.oauth().isPresent()) {
            checkOAuth(OAuthSettings.MAILBOX, mailbox.name(), mailbox.oauth().get());
        } else {
            require(SettingsCatalogue.MAIL_USERNAME, mailbox.name());
            require(SettingsCatalogue.MAIL_PASSWORD, mailbox.name());
        }
    }

    private void checkFolders(MailboxSettings mailbox) {
        String name = mailbox.name();
        for (Setting<String> folder : List.of(
                SettingsCatalogue.MAIL_DONE_FOLDER,
                SettingsCatalogue.MAIL_PARKED_FOLDER,
                SettingsCatalogue.MAIL_FAILED_FOLDER)) {
            if (values.get(folder, name).equalsIgnoreCase(mailbox.folder())) {
                refuse(
                        folder.key(name),
                        "is the folder that mails arrive in; write another, or set "
                                + SettingsCatalogue.MAIL_AFTER.key(name) + "=leave");
            }
        }
    }

    private void checkBackoff(SpoolSettings spool) {
        if (spool.backoffMax().compareTo(spool.backoff()) < 0) {
            refuse(
                    SettingsCatalogue.SPOOL_BACKOFF_MAX.key(),
                    "`" + TimeTypes.format(spool.backoffMax()) + "` is less than "
                            + SettingsCatalogue.SPOOL_BACKOFF.key() + " (`" + TimeTypes.format(spool.backoff())
                            + "`); write the same or more");
        }
    }

    private void checkApi() {
        String token = values.get(SettingsCatalogue.API_TOKEN);
        if (token.isEmpty()) {
            view.find(HTTP_HOST)
                    .map(host -> host.value().orElse(""))
                    .filter(host -> !LoopbackHosts.contain(host) && servesHttp())
                    .ifPresent(host -> refuse(
                            HTTP_HOST,
                            "`" + host + "` lets other machines act on the spools; set "
                                    + SettingOrigin.variable(SettingsCatalogue.API_TOKEN.key())
                                    + " in the environment, or remove this"));
        } else if (token.length() < SHORTEST_TOKEN) {
            refuse(
                    SettingsCatalogue.API_TOKEN.key(),
                    "is too short to keep anybody out; use " + SHORTEST_TOKEN + " characters or more");
        }
        checkReaders(token);
    }

    private void checkReaders(String token) {
        String reading = values.get(SettingsCatalogue.API_READ_TOKEN);
        if (!reading.isEmpty() && reading.length() < SHORTEST_TOKEN) {
            refuse(
                    SettingsCatalogue.API_READ_TOKEN.key(),
                    "is too short to keep anybody out; use " + SHORTEST_TOKEN + " characters or more");
        } else if (!reading.isEmpty() && reading.equals(token)) {
            refuse(SettingsCatalogue.API_READ_TOKEN.key(), "is also the token that may act; make up another one");
        }
        if (token.isEmpty()) {
            String advice = "needs a token that may act, too: without one everybody on this machine may; set "
                    + SettingOrigin.variable(SettingsCatalogue.API_TOKEN.key());
            if (!reading.isEmpty()) {
                refuse(SettingsCatalogue.API_READ_TOKEN.key(), advice);
            }
            if (!values.get(SettingsCatalogue.API_PROXY_ADDRESSES).isEmpty()) {
                refuse(SettingsCatalogue.API_PROXY_ADDRESSES.key(), advice);
            }
        }
    }

    private void checkTraces() {
        if (values.get(SettingsCatalogue.TRACES_URL).isPresent()
                && values.get(SettingsCatalogue.JOURNEYS_KEEP).isZero()) {
            refuse(
                    SettingsCatalogue.TRACES_URL.key(),
                    "traces are made of journeys, and " + SettingsCatalogue.JOURNEYS_KEEP.key()
                            + " switches these off; keep them for an hour, or remove this");
        }
    }

    private void checkWebhook() {
        String secret = values.get(SettingsCatalogue.WEBHOOK_SECRET);
        if (!secret.isEmpty() && !secret.matches("[A-Za-z0-9._~-]{" + SHORTEST_TOKEN + ",}")) {
            refuse(
                    SettingsCatalogue.WEBHOOK_SECRET.key(),
                    "must be " + SHORTEST_TOKEN + " or more letters and digits, since it is part of an address; make"
                            + " one up, such as by `openssl rand -hex 24`");
        }
    }

    private boolean servesHttp() {
        return !view.find(HTTP_ENABLED)
                .flatMap(ConfigView.Found::value)
                .orElse("true")
                .equalsIgnoreCase("false");
    }

    private boolean isSet(String key) {
        return view.find(key).isPresent();
    }

    private void require(Setting<?> setting) {
        require(setting, SettingFamily.MAIN);
    }

    private void require(Setting<?> setting, String name) {
        String key = setting.key(name);
        if (!isSet(key)) {
            problems.add(view.emptyPlace(key)
                    .warning(
                            key,
                            "missing; set " + SettingOrigin.variable(key) + " in the environment, or the key in "
                                    + PropertiesFile.NAME));
        }
    }

    private void requireBothOrNone(Setting<String> username, Setting<String> password) {
        boolean user = isSet(username.key());
        if (user != isSet(password.key())) {
            require(user ? password : username);
        }
    }

    /**
     * Values that do not go together.
     *
     * @param what is wrong, and what to do
     */
    private void refuse(String key, String what) {
        problems.add(view.place(key).problem(key, what));
    }
}
