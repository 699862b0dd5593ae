package io.threadpost.settings;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns what was written into typed settings, and goes on after a problem to find the others. */
final class SettingsReader {
    private final ConfigView view;
    private final Values values;

    SettingsReader(ConfigView view) {
        this.view = view;
        this.values = new Values(view);
    }

    /** All settings; where one has a problem, its default, and null where it has none. */
    Settings read() {
        ConnectorSettings connector = connector();
        List<ConnectionSettings> connections = connections();
        return new Settings(
                connector,
                network(),
                connections,
                pull(),
                new AddSettings(values.get(SettingsCatalogue.ADD_WAIT)),
                ledger(),
                files(),
                queue(),
                kafka(),
                digest(),
                smtp(),
                mailboxes(connections),
                values.get(SettingsCatalogue.MAIL_KEEP),
                on(),
                spool(),
                routes(),
                api(),
                http(),
                ownSecrets());
    }

    /** What was wrong, in the order of the catalogue. */
    List<SettingProblem> problems() {
        // A value that is read for several reasons is wrong once.
        return values.problems().stream().distinct().toList();
    }

    private ConnectorSettings connector() {
        URI address = values.needed(SettingsCatalogue.ADDRESS);
        String token = values.needed(SettingsCatalogue.CLIENT_TOKEN);
        return new ConnectorSettings(
                address,
                token,
                values.get(SettingsCatalogue.CLIENT),
                values.get(SettingsCatalogue.LIMIT_REQUESTS),
                values.get(SettingsCatalogue.LIMIT_WINDOW),
                values.get(SettingsCatalogue.CONNECT_TIMEOUT),
                values.get(SettingsCatalogue.RESPONSE_TIMEOUT));
    }

    private NetworkSettings network() {
        ProxyAddress proxy = values.get(SettingsCatalogue.PROXY);
        String username = values.text(SettingsCatalogue.PROXY_USERNAME);
        String password = values.text(SettingsCatalogue.PROXY_PASSWORD);
        values.bothOrNone(SettingsCatalogue.PROXY_USERNAME, SettingsCatalogue.PROXY_PASSWORD);
        for (Setting<?> setting : List.of(SettingsCatalogue.PROXY_USERNAME, SettingsCatalogue.NO_PROXY)) {
            if (view.find(SettingsCatalogue.PROXY.key()).isEmpty()
                    && view.find(setting.key()).isPresent()) {
                values.wrong(
                        setting.key(), "goes with " + SettingsCatalogue.PROXY.key() + "; set that, or remove this");
            }
        }
        if (proxy != null && !username.isEmpty()) {
            proxy = proxy.with(username, password);
        }
        return new NetworkSettings(
                Optional.ofNullable(proxy),
                values.text(SettingsCatalogue.NO_PROXY),
                Optional.ofNullable(values.get(SettingsCatalogue.AUTHORITIES)));
    }

    private List<ConnectionSettings> connections() {
        List<ConnectionSettings> connections = new ArrayList<>();
        for (String name : view.names(SettingFamily.CONNECTION)) {
            String token = values.needed(SettingsCatalogue.ACCESS_TOKEN, SettingsCatalogue.ACCESS_TOKEN.key(name));
            List<String> ids = values.get(SettingsCatalogue.ENTERPRISE_IDS, SettingsCatalogue.ENTERPRISE_IDS.key(name));
            connections.add(new ConnectionSettings(name, token, ids == null ? List.of() : ids));
        }
        if (connections.isEmpty()) {
            values.problems()
                    .add(view.emptyPlace(SettingsCatalogue.ACCESS_TOKEN.key("main"))
                            .missing(
                                    SettingsCatalogue.ACCESS_TOKEN.key(),
                                    "there is no connection; set the access token of one, such as "
                                            + ConfigView.variable(SettingsCatalogue.ACCESS_TOKEN.key("main"))
                                            + " in the environment"));
        }
        return connections;
    }

    private PullSettings pull() {
        return new PullSettings(
                values.get(SettingsCatalogue.PULL_PERIOD),
                values.get(SettingsCatalogue.PAGE_SIZE),
                values.get(SettingsCatalogue.START),
                values.get(SettingsCatalogue.SETTLE),
                values.get(SettingsCatalogue.LOOKBACK),
                values.get(SettingsCatalogue.WALKERS),
                values.get(SettingsCatalogue.ALARM_AFTER));
    }

    private LedgerSettings ledger() {
        LedgerSettings ledger = new LedgerSettings(
                values.get(SettingsCatalogue.LEDGER_URL),
                values.text(SettingsCatalogue.LEDGER_USERNAME),
                values.text(SettingsCatalogue.LEDGER_PASSWORD));
        if (!ledger.postgresql()) {
            for (Setting<String> login :
                    List.of(SettingsCatalogue.LEDGER_USERNAME, SettingsCatalogue.LEDGER_PASSWORD)) {
                if (view.find(login.key()).isPresent()) {
                    values.wrong(
                            login.key(),
                            "is for PostgreSQL, but the ledger is an SQLite file; remove it, or set "
                                    + SettingsCatalogue.LEDGER_URL.key());
                }
            }
        }
        return ledger;
    }

    private FilesSettings files() {
        return new FilesSettings(
                values.get(SettingsCatalogue.FILES_DIRECTORY),
                Optional.ofNullable(values.get(SettingsCatalogue.FILES_ACCESS)));
    }

    private QueueSettings queue() {
        return new QueueSettings(
                values.text(SettingsCatalogue.QUEUE_URL),
                values.text(SettingsCatalogue.QUEUE_USERNAME),
                values.text(SettingsCatalogue.QUEUE_PASSWORD),
                values.get(SettingsCatalogue.QUEUE_DESTINATION));
    }

    private KafkaSettings kafka() {
        KafkaSettings kafka = new KafkaSettings(
                values.text(SettingsCatalogue.KAFKA_BROKERS),
                values.get(SettingsCatalogue.KAFKA_TOPIC),
                values.text(SettingsCatalogue.KAFKA_USERNAME),
                values.text(SettingsCatalogue.KAFKA_PASSWORD),
                values.get(SettingsCatalogue.KAFKA_TLS));
        values.bothOrNone(SettingsCatalogue.KAFKA_USERNAME, SettingsCatalogue.KAFKA_PASSWORD);
        return kafka;
    }

    private Set<TargetSystem> on() {
        Set<TargetSystem> on = EnumSet.allOf(TargetSystem.class);
        on.removeIf(targetSystem -> view.find(targetSystem.switchKey()).isEmpty());
        return on;
    }

    private DigestSettings digest() {
        boolean on = view.find(SettingsCatalogue.SMTP_HOST.key()).isPresent();
        for (Setting<?> address : List.of(SettingsCatalogue.DIGEST_FROM, SettingsCatalogue.DIGEST_TO)) {
            if (on) {
                values.needed(address);
            } else {
                values.get(address);
            }
        }
        // These are used by routes only, and looked at here.
        List.of(
                        SettingsCatalogue.DIGEST_CRON,
                        SettingsCatalogue.DIGEST_ZONE,
                        SettingsCatalogue.DIGEST_LANGUAGE,
                        SettingsCatalogue.DIGEST_SEND_EMPTY)
                .forEach(values::get);
        return new DigestSettings(values.get(SettingsCatalogue.DIGEST_TEMPLATES));
    }

    private SmtpSettings smtp() {
        SmtpSettings smtp = new SmtpSettings(
                values.text(SettingsCatalogue.SMTP_HOST),
                values.get(SettingsCatalogue.SMTP_PORT),
                values.text(SettingsCatalogue.SMTP_USERNAME),
                values.text(SettingsCatalogue.SMTP_PASSWORD),
                Optional.ofNullable(values.get(SettingsCatalogue.SMTP_OAUTH_URL))
                        .map(url -> new OAuthSettings(
                                url,
                                values.text(SettingsCatalogue.SMTP_OAUTH_CLIENT),
                                values.text(SettingsCatalogue.SMTP_OAUTH_SECRET),
                                values.text(SettingsCatalogue.SMTP_OAUTH_REFRESH),
                                values.text(SettingsCatalogue.SMTP_OAUTH_SCOPE))),
                values.get(SettingsCatalogue.SMTP_TLS));
        if (smtp.oauth().isEmpty()) {
            values.bothOrNone(SettingsCatalogue.SMTP_USERNAME, SettingsCatalogue.SMTP_PASSWORD);
        } else {
            values.needed(SettingsCatalogue.SMTP_USERNAME);
            values.oauth(
                    SettingsCatalogue.SMTP_OAUTH_CLIENT,
                    SettingsCatalogue.SMTP_OAUTH_SECRET,
                    smtp.oauth().get().refreshToken(),
                    SettingFamily.MAIN);
            if (!smtp.password().isEmpty()) {
                values.wrong(
                        SettingsCatalogue.SMTP_PASSWORD.key(),
                        "is not used, since the login is by OAuth 2; remove it, or "
                                + SettingsCatalogue.SMTP_OAUTH_URL.key());
            }
        }
        return smtp;
    }

    private List<MailboxSettings> mailboxes(List<ConnectionSettings> connections) {
        Set<String> names = new TreeSet<>();
        connections.forEach(connectionSettings -> names.add(connectionSettings.name()));
        return new MailboxReader(view, values, names).read();
    }

    private SpoolSettings spool() {
        Duration backoff = values.get(SettingsCatalogue.SPOOL_BACKOFF);
        Duration max = values.get(SettingsCatalogue.SPOOL_BACKOFF_MAX);
        if (max.compareTo(backoff) < 0) {
            values.wrong(
                    SettingsCatalogue.SPOOL_BACKOFF_MAX.key(),
                    "`" + new DurationText(max) + "` is less than " + SettingsCatalogue.SPOOL_BACKOFF.key() + " (`"
                            + new DurationText(backoff) + "`); write the same or more");
        }
        return new SpoolSettings(
                values.get(SettingsCatalogue.SPOOL_KEEP),
                values.get(SettingsCatalogue.SPOOL_PARCEL),
                values.get(SettingsCatalogue.SPOOL_ATTEMPTS),
                backoff,
                max,
                values.get(SettingsCatalogue.SPOOL_LEASE));
    }

    private Set<String> ownSecrets() {
        values.get(SettingsCatalogue.SECRETS);
        return view.ownSecrets();
    }

    private RoutesSettings routes() {
        return new RoutesSettings(values.get(SettingsCatalogue.ROUTES_DIRECTORY));
    }

    private HttpSettings http() {
        List<String> hosts = values.get(SettingsCatalogue.HTTP_HOSTS);
        return new HttpSettings(values.get(SettingsCatalogue.HTTP_CONNECTIONS), hosts == null ? List.of() : hosts);
    }

    private ApiSettings api() {
        String token = values.text(SettingsCatalogue.API_TOKEN);
        if (token.isEmpty()) {
            view.find(HttpHostType.KEY)
                    .filter(host -> HttpHostType.reachable(host.value().orElse("")))
                    .filter(host -> HttpHostType.served(view))
                    .ifPresent(host -> values.wrong(
                            HttpHostType.KEY,
                            "`" + host.value().orElse("") + "` lets other machines act on the spools; set "
                                    + ConfigView.variable(SettingsCatalogue.API_TOKEN.key())
                                    + " in the environment, or remove this"));
        } else if (token.length() < ApiSettings.SHORTEST) {
            values.wrong(
                    SettingsCatalogue.API_TOKEN.key(),
                    "is too short to keep anybody out; use " + ApiSettings.SHORTEST + " characters or more");
        }
        return new ApiSettings(token);
    }
}
