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
        List<Connection> connections = connections();
        return new Settings(
                connector,
                network(),
                connections,
                pull(),
                new AddSettings(values.get(Catalogue.ADD_WAIT)),
                ledger(),
                files(),
                queue(),
                kafka(),
                digest(),
                smtp(),
                mailboxes(connections),
                values.get(Catalogue.MAIL_KEEP),
                on(),
                spool(),
                routes(),
                api(),
                http(),
                ownSecrets());
    }

    /** What was wrong, in the order of the catalogue. */
    List<Problem> problems() {
        // A value that is read for several reasons is wrong once.
        return values.problems().stream().distinct().toList();
    }

    private ConnectorSettings connector() {
        URI address = values.needed(Catalogue.ADDRESS);
        String token = values.needed(Catalogue.CLIENT_TOKEN);
        return new ConnectorSettings(
                address,
                token,
                values.get(Catalogue.CLIENT),
                values.get(Catalogue.LIMIT_REQUESTS),
                values.get(Catalogue.LIMIT_WINDOW),
                values.get(Catalogue.CONNECT_TIMEOUT),
                values.get(Catalogue.RESPONSE_TIMEOUT));
    }

    private NetworkSettings network() {
        ProxyAddress proxy = values.get(Catalogue.PROXY);
        String username = values.text(Catalogue.PROXY_USERNAME);
        String password = values.text(Catalogue.PROXY_PASSWORD);
        values.bothOrNone(Catalogue.PROXY_USERNAME, Catalogue.PROXY_PASSWORD);
        for (Setting<?> setting : List.of(Catalogue.PROXY_USERNAME, Catalogue.NO_PROXY)) {
            if (view.find(Catalogue.PROXY.key()).isEmpty()
                    && view.find(setting.key()).isPresent()) {
                values.wrong(setting.key(), "goes with " + Catalogue.PROXY.key() + "; set that, or remove this");
            }
        }
        if (proxy != null && !username.isEmpty()) {
            proxy = proxy.with(username, password);
        }
        return new NetworkSettings(
                Optional.ofNullable(proxy),
                values.text(Catalogue.NO_PROXY),
                Optional.ofNullable(values.get(Catalogue.AUTHORITIES)));
    }

    private List<Connection> connections() {
        List<Connection> connections = new ArrayList<>();
        for (String name : view.names(Family.CONNECTION)) {
            String token = values.needed(Catalogue.ACCESS_TOKEN, Catalogue.ACCESS_TOKEN.key(name));
            List<String> ids = values.get(Catalogue.ENTERPRISE_IDS, Catalogue.ENTERPRISE_IDS.key(name));
            connections.add(new Connection(name, token, ids == null ? List.of() : ids));
        }
        if (connections.isEmpty()) {
            values.problems()
                    .add(view.emptyPlace(Catalogue.ACCESS_TOKEN.key("main"))
                            .missing(
                                    Catalogue.ACCESS_TOKEN.key(),
                                    "there is no connection; set the access token of one, such as "
                                            + ConfigView.variable(Catalogue.ACCESS_TOKEN.key("main"))
                                            + " in the environment"));
        }
        return connections;
    }

    private PullSettings pull() {
        return new PullSettings(
                values.get(Catalogue.PULL_PERIOD),
                values.get(Catalogue.PAGE_SIZE),
                values.get(Catalogue.START),
                values.get(Catalogue.SETTLE),
                values.get(Catalogue.LOOKBACK),
                values.get(Catalogue.WALKERS),
                values.get(Catalogue.ALARM_AFTER));
    }

    private LedgerSettings ledger() {
        LedgerSettings ledger = new LedgerSettings(
                values.get(Catalogue.LEDGER_URL),
                values.text(Catalogue.LEDGER_USERNAME),
                values.text(Catalogue.LEDGER_PASSWORD));
        if (!ledger.postgresql()) {
            for (Setting<String> login : List.of(Catalogue.LEDGER_USERNAME, Catalogue.LEDGER_PASSWORD)) {
                if (view.find(login.key()).isPresent()) {
                    values.wrong(
                            login.key(),
                            "is for PostgreSQL, but the ledger is an SQLite file; remove it, or set "
                                    + Catalogue.LEDGER_URL.key());
                }
            }
        }
        return ledger;
    }

    private FilesSettings files() {
        return new FilesSettings(
                values.get(Catalogue.FILES_DIRECTORY), Optional.ofNullable(values.get(Catalogue.FILES_ACCESS)));
    }

    private QueueSettings queue() {
        return new QueueSettings(
                values.text(Catalogue.QUEUE_URL),
                values.text(Catalogue.QUEUE_USERNAME),
                values.text(Catalogue.QUEUE_PASSWORD),
                values.get(Catalogue.QUEUE_DESTINATION));
    }

    private KafkaSettings kafka() {
        KafkaSettings kafka = new KafkaSettings(
                values.text(Catalogue.KAFKA_BROKERS),
                values.get(Catalogue.KAFKA_TOPIC),
                values.text(Catalogue.KAFKA_USERNAME),
                values.text(Catalogue.KAFKA_PASSWORD),
                values.get(Catalogue.KAFKA_TLS));
        values.bothOrNone(Catalogue.KAFKA_USERNAME, Catalogue.KAFKA_PASSWORD);
        return kafka;
    }

    private Set<Target> on() {
        Set<Target> on = EnumSet.allOf(Target.class);
        on.removeIf(target -> view.find(target.switchKey()).isEmpty());
        return on;
    }

    private DigestSettings digest() {
        boolean on = view.find(Catalogue.SMTP_HOST.key()).isPresent();
        for (Setting<?> address : List.of(Catalogue.DIGEST_FROM, Catalogue.DIGEST_TO)) {
            if (on) {
                values.needed(address);
            } else {
                values.get(address);
            }
        }
        // These are used by routes only, and looked at here.
        List.of(Catalogue.DIGEST_CRON, Catalogue.DIGEST_ZONE, Catalogue.DIGEST_LANGUAGE, Catalogue.DIGEST_SEND_EMPTY)
                .forEach(values::get);
        return new DigestSettings(values.get(Catalogue.DIGEST_TEMPLATES));
    }

    private SmtpSettings smtp() {
        SmtpSettings smtp = new SmtpSettings(
                values.text(Catalogue.SMTP_HOST),
                values.get(Catalogue.SMTP_PORT),
                values.text(Catalogue.SMTP_USERNAME),
                values.text(Catalogue.SMTP_PASSWORD),
                Optional.ofNullable(values.get(Catalogue.SMTP_OAUTH_URL))
                        .map(url -> new OAuthSettings(
                                url,
                                values.text(Catalogue.SMTP_OAUTH_CLIENT),
                                values.text(Catalogue.SMTP_OAUTH_SECRET),
                                values.text(Catalogue.SMTP_OAUTH_REFRESH),
                                values.text(Catalogue.SMTP_OAUTH_SCOPE))),
                values.get(Catalogue.SMTP_TLS));
        if (smtp.oauth().isEmpty()) {
            values.bothOrNone(Catalogue.SMTP_USERNAME, Catalogue.SMTP_PASSWORD);
        } else {
            values.needed(Catalogue.SMTP_USERNAME);
            values.oauth(
                    Catalogue.SMTP_OAUTH_CLIENT,
                    Catalogue.SMTP_OAUTH_SECRET,
                    smtp.oauth().get().refreshToken(),
                    Family.MAIN);
            if (!smtp.password().isEmpty()) {
                values.wrong(
                        Catalogue.SMTP_PASSWORD.key(),
                        "is not used, since the login is by OAuth 2; remove it, or " + Catalogue.SMTP_OAUTH_URL.key());
            }
        }
        return smtp;
    }

    private List<MailboxSettings> mailboxes(List<Connection> connections) {
        Set<String> names = new TreeSet<>();
        connections.forEach(connection -> names.add(connection.name()));
        return new MailboxReader(view, values, names).read();
    }

    private SpoolSettings spool() {
        Duration backoff = values.get(Catalogue.SPOOL_BACKOFF);
        Duration max = values.get(Catalogue.SPOOL_BACKOFF_MAX);
        if (max.compareTo(backoff) < 0) {
            values.wrong(
                    Catalogue.SPOOL_BACKOFF_MAX.key(),
                    "`" + new DurationText(max) + "` is less than " + Catalogue.SPOOL_BACKOFF.key() + " (`"
                            + new DurationText(backoff) + "`); write the same or more");
        }
        return new SpoolSettings(
                values.get(Catalogue.SPOOL_KEEP),
                values.get(Catalogue.SPOOL_PARCEL),
                values.get(Catalogue.SPOOL_ATTEMPTS),
                backoff,
                max,
                values.get(Catalogue.SPOOL_LEASE));
    }

    private Set<String> ownSecrets() {
        values.get(Catalogue.SECRETS);
        return view.ownSecrets();
    }

    private RoutesSettings routes() {
        return new RoutesSettings(values.get(Catalogue.ROUTES_DIRECTORY));
    }

    private HttpSettings http() {
        List<String> hosts = values.get(Catalogue.HTTP_HOSTS);
        return new HttpSettings(values.get(Catalogue.HTTP_CONNECTIONS), hosts == null ? List.of() : hosts);
    }

    private ApiSettings api() {
        String token = values.text(Catalogue.API_TOKEN);
        if (token.isEmpty()) {
            view.find(HttpHost.KEY)
                    .filter(host -> HttpHost.reachable(host.value().orElse("")))
                    .filter(host -> HttpHost.served(view))
                    .ifPresent(host -> values.wrong(
                            HttpHost.KEY,
                            "`" + host.value().orElse("") + "` lets other machines act on the spools; set "
                                    + ConfigView.variable(Catalogue.API_TOKEN.key())
                                    + " in the environment, or remove this"));
        } else if (token.length() < ApiSettings.SHORTEST) {
            values.wrong(
                    Catalogue.API_TOKEN.key(),
                    "is too short to keep anybody out; use " + ApiSettings.SHORTEST + " characters or more");
        }
        return new ApiSettings(token);
    }
}
