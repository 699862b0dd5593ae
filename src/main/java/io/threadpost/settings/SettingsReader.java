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
    private final List<Problem> problems = new ArrayList<>();

    SettingsReader(ConfigView view) {
        this.view = view;
    }

    /** All settings; where one has a problem, its default, and null where it has none. */
    Settings read() {
        ConnectorSettings connector = connector();
        List<Connection> connections = connections();
        return new Settings(
                connector,
                connections,
                pull(),
                new AddSettings(get(Catalogue.ADD_WAIT)),
                ledger(),
                files(),
                queue(),
                kafka(),
                digest(),
                smtp(),
                mailboxes(connections),
                get(Catalogue.MAIL_KEEP),
                on(),
                spool(),
                routes(),
                api());
    }

    /** What was wrong, in the order of the catalogue. */
    List<Problem> problems() {
        return problems;
    }

    private ConnectorSettings connector() {
        URI address = needed(Catalogue.ADDRESS);
        String token = needed(Catalogue.CLIENT_TOKEN);
        return new ConnectorSettings(
                address,
                token,
                get(Catalogue.CLIENT),
                get(Catalogue.LIMIT_REQUESTS),
                get(Catalogue.LIMIT_WINDOW),
                get(Catalogue.CONNECT_TIMEOUT),
                get(Catalogue.RESPONSE_TIMEOUT));
    }

    private List<Connection> connections() {
        List<Connection> connections = new ArrayList<>();
        for (String name : view.names(Family.CONNECTION)) {
            String token = needed(Catalogue.ACCESS_TOKEN, Catalogue.ACCESS_TOKEN.key(name));
            List<String> ids = get(Catalogue.ENTERPRISE_IDS, Catalogue.ENTERPRISE_IDS.key(name));
            connections.add(new Connection(name, token, ids == null ? List.of() : ids));
        }
        if (connections.isEmpty()) {
            problems.add(view.emptyPlace(Catalogue.ACCESS_TOKEN.key("main"))
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
                get(Catalogue.PULL_PERIOD),
                get(Catalogue.PAGE_SIZE),
                get(Catalogue.START),
                get(Catalogue.SETTLE),
                get(Catalogue.LOOKBACK),
                get(Catalogue.WALKERS),
                get(Catalogue.ALARM_AFTER));
    }

    private LedgerSettings ledger() {
        LedgerSettings ledger = new LedgerSettings(
                get(Catalogue.LEDGER_URL), text(Catalogue.LEDGER_USERNAME), text(Catalogue.LEDGER_PASSWORD));
        if (!ledger.postgresql()) {
            for (Setting<String> login : List.of(Catalogue.LEDGER_USERNAME, Catalogue.LEDGER_PASSWORD)) {
                view.find(login.key())
                        .ifPresent(found -> problems.add(found.place()
                                .problem(
                                        login.key(),
                                        "is for PostgreSQL, but the ledger is an SQLite file; remove it, or set "
                                                + Catalogue.LEDGER_URL.key())));
            }
        }
        return ledger;
    }

    private FilesSettings files() {
        return new FilesSettings(get(Catalogue.FILES_DIRECTORY));
    }

    private QueueSettings queue() {
        return new QueueSettings(
                text(Catalogue.QUEUE_URL),
                text(Catalogue.QUEUE_USERNAME),
                text(Catalogue.QUEUE_PASSWORD),
                get(Catalogue.QUEUE_DESTINATION));
    }

    private KafkaSettings kafka() {
        KafkaSettings kafka = new KafkaSettings(
                text(Catalogue.KAFKA_BROKERS),
                get(Catalogue.KAFKA_TOPIC),
                text(Catalogue.KAFKA_USERNAME),
                text(Catalogue.KAFKA_PASSWORD),
                get(Catalogue.KAFKA_TLS));
        if (kafka.username().isEmpty() != kafka.password().isEmpty()) {
            needed(kafka.username().isEmpty() ? Catalogue.KAFKA_USERNAME : Catalogue.KAFKA_PASSWORD);
        }
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
                needed(address);
            } else {
                get(address);
            }
        }
        // These are used by routes only, and looked at here.
        List.of(Catalogue.DIGEST_CRON, Catalogue.DIGEST_ZONE, Catalogue.DIGEST_LANGUAGE, Catalogue.DIGEST_SEND_EMPTY)
                .forEach(this::get);
        return new DigestSettings(get(Catalogue.DIGEST_TEMPLATES));
    }

    private SmtpSettings smtp() {
        SmtpSettings smtp = new SmtpSettings(
                text(Catalogue.SMTP_HOST),
                get(Catalogue.SMTP_PORT),
                text(Catalogue.SMTP_USERNAME),
                text(Catalogue.SMTP_PASSWORD),
                get(Catalogue.SMTP_TLS));
        if (smtp.username().isEmpty() != smtp.password().isEmpty()) {
            needed(smtp.username().isEmpty() ? Catalogue.SMTP_USERNAME : Catalogue.SMTP_PASSWORD);
        }
        return smtp;
    }

    private List<MailboxSettings> mailboxes(List<Connection> connections) {
        Set<String> names = new TreeSet<>();
        connections.forEach(connection -> names.add(connection.name()));
        return new MailboxReader(view, this, names).read();
    }

    private SpoolSettings spool() {
        Duration backoff = get(Catalogue.SPOOL_BACKOFF);
        Duration max = get(Catalogue.SPOOL_BACKOFF_MAX);
        if (max.compareTo(backoff) < 0) {
            String key = Catalogue.SPOOL_BACKOFF_MAX.key();
            problems.add(view.place(Catalogue.SPOOL_BACKOFF_MAX.key())
                    .problem(
                            key,
                            "`" + new DurationText(max) + "` is less than " + Catalogue.SPOOL_BACKOFF.key() + " (`"
                                    + new DurationText(backoff) + "`); write the same or more"));
        }
        return new SpoolSettings(
                get(Catalogue.SPOOL_KEEP),
                get(Catalogue.SPOOL_PARCEL),
                get(Catalogue.SPOOL_ATTEMPTS),
                backoff,
                max,
                get(Catalogue.SPOOL_LEASE));
    }

    private RoutesSettings routes() {
        return new RoutesSettings(get(Catalogue.ROUTES_DIRECTORY));
    }

    private ApiSettings api() {
        String token = text(Catalogue.API_TOKEN);
        if (token.isEmpty()) {
            view.find(HttpHost.KEY)
                    .filter(host -> HttpHost.reachable(host.value().orElse("")))
                    .filter(host -> HttpHost.served(view))
                    .ifPresent(host -> problems.add(host.place()
                            .problem(
                                    HttpHost.KEY,
                                    "`" + host.value().orElse("") + "` lets other machines act on the spools; set "
                                            + ConfigView.variable(Catalogue.API_TOKEN.key())
                                            + " in the environment, or remove this")));
        } else if (token.length() < ApiSettings.SHORTEST) {
            problems.add(view.place(Catalogue.API_TOKEN.key())
                    .problem(
                            Catalogue.API_TOKEN.key(),
                            "is too short to keep anybody out; use " + ApiSettings.SHORTEST + " characters or more"));
        }
        return new ApiSettings(token);
    }

    private <T> T needed(Setting<T> setting) {
        return needed(setting, setting.key());
    }

    <T> T needed(Setting<T> setting, String key) {
        if (view.find(key).isEmpty()) {
            problems.add(view.emptyPlace(key)
                    .missing(
                            key,
                            "missing; set " + ConfigView.variable(key) + " in the environment, or the key in "
                                    + PropertiesFile.NAME));
        }
        return get(setting, key);
    }

    private String text(Setting<String> setting) {
        String text = get(setting);
        return text == null ? "" : text;
    }

    private <T> T get(Setting<T> setting) {
        return get(setting, setting.key());
    }

    /** The value; its default when it is not set or cannot be used, null when there is no default. */
    <T> T get(Setting<T> setting, String key) {
        Optional<ConfigView.Found> found = view.find(key);
        if (found.isPresent()) {
            Place place = found.get().place();
            Optional<String> value = found.get().value();
            if (value.isEmpty()) {
                problems.add(place.problem(
                        key, "holds an expression ${…} that leads nowhere; set what it names, or give it a default"));
            } else {
                try {
                    return setting.type().parse(value.get());
                } catch (RefusedValue e) {
                    problems.add(place.problem(key, e.getMessage()));
                }
            }
        }
        return byDefault(setting);
    }

    private static <T> T byDefault(Setting<T> setting) {
        if (setting.byDefault().isEmpty()) {
            return null;
        }
        try {
            return setting.type().parse(setting.byDefault());
        } catch (RefusedValue e) {
            throw new IllegalStateException(setting.key() + " has a default that it refuses", e);
        }
    }
}
