package io.threadpost.settings;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import jakarta.mail.internet.InternetAddress;

/** Every setting there is, with its default: the only place where a default stands. */
final class SettingsCatalogue {
    static final String PREFIX = "threadpost.";
    static final String CONNECTIONS = "threadpost.connections.";

    static final Setting<URI> ADDRESS =
            of("connector.address", new PlatformAddress(), "", "The platform's address, such as https://api.mews.com.");
    static final Setting<String> CLIENT_TOKEN =
            of("connector.client-token", new Secret(), "", "The token of the integration.");
    static final Setting<String> CLIENT = of(
            "connector.client",
            new TextType(),
            "Threadpost 1.0.0",
            "Name and version that the platform sees in its log.");
    static final Setting<Integer> LIMIT_REQUESTS = of(
            "connector.limit.requests",
            new IntRange(1, 1_000_000),
            "200",
            "Requests that one access token may make within the window.");
    static final Setting<Duration> LIMIT_WINDOW = of(
            "connector.limit.window",
            new DurationRange(ofSeconds(1), ofMinutes(10)),
            "30s",
            "Length of the sliding window in which requests are counted.");
    static final Setting<Duration> CONNECT_TIMEOUT = of(
            "connector.connect-timeout",
            new DurationRange(ofMillis(100), ofMinutes(5)),
            "10s",
            "The longest wait for a connection to the platform.");
    static final Setting<Duration> RESPONSE_TIMEOUT = of(
            "connector.response-timeout",
            new DurationRange(ofMillis(100), ofMinutes(10)),
            "100s",
            "The longest wait for the platform's answer.");

    static final Setting<ProxyAddress> PROXY = of(
            "network.proxy",
            new ProxyUrl(),
            "",
            "The HTTP proxy of the house; without it, system properties and the environment may name one.");
    static final Setting<String> PROXY_USERNAME =
            of("network.proxy-username", new TextType(), "", "The user at the proxy; without it, there is no login.");
    static final Setting<String> PROXY_PASSWORD =
            of("network.proxy-password", new Secret(), "", "The user's password.");
    static final Setting<String> NO_PROXY =
            of("network.no-proxy", new TextType(), "", "Hosts and networks that are asked for without the proxy.");
    static final Setting<Path> AUTHORITIES = of(
            "network.authorities", new PathText(), "", "A PEM file of authorities to trust besides those of the JVM.");

    static final Setting<String> ACCESS_TOKEN =
            of("connections.<name>.access-token", new Secret(), "", "The access token of one hotel or portfolio.");
    static final Setting<List<String>> ENTERPRISE_IDS = of(
            "connections.<name>.enterprise-ids",
            new EnterpriseIds(),
            "",
            "Ids of the enterprises to pull; without them, all that the token may see.");

    static final Setting<Duration> PULL_PERIOD = of(
            "pull.period",
            new DurationRange(ofSeconds(1), ofDays(1)),
            "30s",
            "How often the platform is asked for new threads.");
    static final Setting<Integer> PAGE_SIZE =
            of("pull.page-size", new IntRange(1, 1000), "1000", "Threads asked for in one request.");
    static final Setting<PullStart> START = of(
            "pull.start",
            new PullStartType(),
            "P7D",
            "Where the very first pull begins: an instant, or a period back from now.");
    static final Setting<Duration> SETTLE = of(
            "pull.settle",
            new DurationRange(Duration.ZERO, ofMinutes(10)),
            "5s",
            "How far a pull stays behind the present, so that the platform has written everything down.");
    static final Setting<Duration> LOOKBACK = of(
            "pull.lookback",
            new DurationRange(Duration.ZERO, ofDays(1)),
            "60s",
            "How far back pulled time is asked for again, for threads that appeared late.");
    static final Setting<Integer> WALKERS =
            of("pull.walkers", new IntRange(1, 16), "1", "Windows pulled side by side, for each connection.");
    static final Setting<Duration> ALARM_AFTER = of(
            "pull.alarm-after",
            new DurationRange(ofSeconds(1), ofDays(30)),
            "15m",
            "How far pulling may fall behind before health says so.");

    static final Setting<Duration> ADD_WAIT = of(
            "add.wait",
            new DurationRange(ofSeconds(1), ofMinutes(30)),
            "2m",
            "How long after a lost answer the platform is asked for the thread before the request is repeated.");

    static final Setting<String> LEDGER_URL = of(
            "ledger.url",
            new LedgerUrl(),
            "jdbc:sqlite:state/ledger.db",
            "The database: an SQLite file, or PostgreSQL for several nodes.");
    static final Setting<String> LEDGER_USERNAME =
            of("ledger.username", new TextType(), "", "The database user, for PostgreSQL.");
    static final Setting<String> LEDGER_PASSWORD =
            of("ledger.password", new Secret(), "", "The database password, for PostgreSQL.");

    static final Setting<Path> FILES_DIRECTORY =
            of("files.directory", new PathText(), "out/threads", "The folder that threads are written to.");
    static final Setting<FileAccess> FILES_ACCESS = of(
            "files.access",
            new OneOf<>(FileAccess.class),
            "",
            "Who may read them: owner, group or all; without it, the group when the folder is created, and below it as the umask says.");

    static final Setting<String> QUEUE_URL =
            of("queue.url", new AmqpUrl(), "", "The broker that threads are sent to; without it, this target is off.");
    static final Setting<String> QUEUE_USERNAME = of("queue.username", new TextType(), "", "The broker's user.");
    static final Setting<String> QUEUE_PASSWORD = of("queue.password", new Secret(), "", "The broker's password.");
    static final Setting<String> QUEUE_DESTINATION =
            of("queue.destination", new TextType(), "threads", "The queue that threads are sent to.");
    static final Setting<String> QUEUE_INBOUND = of(
            "queue.inbound", new TextType(), "", "The queue whose messages become threads; without it, none is read.");

    static final Setting<String> KAFKA_BROKERS = of(
            "kafka.brokers",
            new HostPorts(),
            "",
            "The Kafka brokers that threads are sent to; without them, this target is off.");
    static final Setting<String> KAFKA_TOPIC =
            of("kafka.topic", new TopicName(), "threadpost", "The topic that threads are sent to.");
    static final Setting<String> KAFKA_USERNAME =
            of("kafka.username", new TextType(), "", "The user for SASL PLAIN; without it, there is no login.");
    static final Setting<String> KAFKA_PASSWORD = of("kafka.password", new Secret(), "", "The user's password.");
    static final Setting<Boolean> KAFKA_TLS =
            of("kafka.tls", new BooleanType(), "false", "Whether the connection to Kafka is encrypted.");

    static final Setting<String> DIGEST_CRON =
            of("digest.cron", new Cron(), "0 0 7 * * ?", "When digests are sent, as a cron expression with seconds.");
    static final Setting<ZoneId> DIGEST_ZONE =
            of("digest.zone", new ZoneType(), "UTC", "The time zone of that, and of the times in a digest.");
    static final Setting<List<InternetAddress>> DIGEST_FROM =
            of("digest.from", new MailAddresses(1), "", "The address that digests come from.");
    static final Setting<List<InternetAddress>> DIGEST_TO =
            of("digest.to", new MailAddresses(100), "", "The addresses that digests go to.");
    static final Setting<Locale> DIGEST_LANGUAGE =
            of("digest.language", new LanguageType(), "en", "The language of digests, and of their dates.");
    static final Setting<Boolean> DIGEST_SEND_EMPTY = of(
            "digest.send-empty", new BooleanType(), "false", "Whether a digest is sent when there is nothing to tell.");

    static final Setting<String> DIGEST_NAMES = of(
            "digest.names",
            new TextType(),
            "",
            "What connections are called in digests, such as main=Hotel Praha, brno=Hotel Brno.");
    static final Setting<String> DIGEST_LINK = of(
            "digest.link",
            new TextType(),
            "",
            "Where a thread of a digest can be looked at, an address with {Id} and {Connection}.");
    static final Setting<Boolean> DIGEST_OPEN =
            of("digest.open", new BooleanType(), "false", "Whether digests leave out threads that are resolved.");

    static final Setting<Path> DIGEST_TEMPLATES = of(
            "digest.templates",
            new PathText(),
            "templates",
            "The folder of templates that are used in place of the packed ones.");

    static final Setting<String> SMTP_HOST =
            of("smtp.host", new HostName(), "", "The mail server that digests go out by; without it, there are none.");
    static final Setting<Integer> SMTP_PORT =
            of("smtp.port", new IntRange(1, 65_535), "587", "The mail server's port.");
    static final Setting<String> SMTP_USERNAME =
            of("smtp.username", new TextType(), "", "The mail server's user; without it, there is no login.");
    static final Setting<String> SMTP_PASSWORD =
            of("smtp.password", new Secret(), "", "The user's password; none with OAuth 2.");
    static final Setting<URI> SMTP_OAUTH_URL = of(
            "smtp.oauth.token-url",
            new TokenUrl(),
            "",
            "Where access tokens are asked for; with it, the login is by OAuth 2.");
    static final Setting<String> SMTP_OAUTH_CLIENT =
            of("smtp.oauth.client-id", new TextType(), "", "The id of the application that logs in.");
    static final Setting<String> SMTP_OAUTH_SECRET =
            of("smtp.oauth.client-secret", new Secret(), "", "The application's secret.");
    static final Setting<String> SMTP_OAUTH_REFRESH = of(
            "smtp.oauth.refresh-token",
            new Secret(),
            "",
            "The first refresh token; without it, the application logs in for itself.");
    static final Setting<String> SMTP_OAUTH_SCOPE =
            of("smtp.oauth.scope", new TextType(), "", "The scope that is asked for, where the server wants one.");
    static final Setting<Tls> SMTP_TLS =
            of("smtp.tls", new OneOf<>(Tls.class), "starttls", "How the connection to the mail server is encrypted.");

    static final Setting<String> MAIL_HOST =
            of("mail.<name>.host", new HostName(), "", "The IMAP server of a mailbox; without it, the mailbox is off.");
    static final Setting<Integer> MAIL_PORT =
            of("mail.<name>.port", new IntRange(1, 65_535), "993", "The IMAP server's port.");
    static final Setting<Tls> MAIL_TLS =
            of("mail.<name>.tls", new OneOf<>(Tls.class), "tls", "How the connection to the IMAP server is encrypted.");
    static final Setting<String> MAIL_USERNAME =
            of("mail.<name>.username", new TextType(), "", "The mailbox's user, mostly its address.");
    static final Setting<String> MAIL_PASSWORD =
            of("mail.<name>.password", new Secret(), "", "The user's password; none with OAuth 2.");
    static final Setting<String> MAIL_CONNECTION = of(
            "mail.<name>.connection",
            new TextType(),
            "main",
            "The connection whose platform the mails become threads on.");
    static final Setting<String> MAIL_FOLDER =
            of("mail.<name>.folder", new MailFolder(), "INBOX", "The folder that is watched.");
    static final Setting<PullStart> MAIL_START = of(
            "mail.<name>.start",
            new MailStartType(),
            "now",
            "Mails that came before this stay out: now, everything, an instant, or a period back from now.");
    static final Setting<Duration> MAIL_POLL = of(
            "mail.<name>.poll",
            new DurationRange(ofSeconds(1), ofDays(1)),
            "30s",
            "How often the mailbox is looked into.");
    static final Setting<HandledMailAction> MAIL_AFTER = of(
            "mail.<name>.after",
            new OneOf<>(HandledMailAction.class),
            "move",
            "What becomes of a mail in the mailbox when it was dealt with.");
    static final Setting<String> MAIL_DONE = of(
            "mail.<name>.done-folder",
            new MailFolder(),
            "Done",
            "The folder for mails that became threads, or were discarded.");
    static final Setting<String> MAIL_PARKED =
            of("mail.<name>.parked-folder", new MailFolder(), "Parked", "The folder for parked mails.");
    static final Setting<String> MAIL_FAILED = of(
            "mail.<name>.failed-folder",
            new MailFolder(),
            "Failed",
            "The folder for mails that could not be dealt with.");
    static final Setting<URI> MAIL_OAUTH_URL = of(
            "mail.<name>.oauth.token-url",
            new TokenUrl(),
            "",
            "Where access tokens are asked for; with it, the login is by OAuth 2.");
    static final Setting<String> MAIL_OAUTH_CLIENT =
            of("mail.<name>.oauth.client-id", new TextType(), "", "The id of the application that logs in.");
    static final Setting<String> MAIL_OAUTH_SECRET =
            of("mail.<name>.oauth.client-secret", new Secret(), "", "The application's secret.");
    static final Setting<String> MAIL_OAUTH_REFRESH = of(
            "mail.<name>.oauth.refresh-token",
            new Secret(),
            "",
            "The first refresh token; without it, the application logs in for itself.");
    static final Setting<String> MAIL_OAUTH_SCOPE = of(
            "mail.<name>.oauth.scope", new TextType(), "", "The scope that is asked for, where the server wants one.");

    static final Setting<Duration> MAIL_KEEP = of(
            "mail.keep",
            new DurationRange(Duration.ZERO, ofDays(3650)),
            "30d",
            "How long mails stay in the ledger that are threads or were discarded; then only their identity does.");

    static final Setting<Duration> SPOOL_KEEP = of(
            "spool.keep",
            new DurationRange(Duration.ZERO, ofDays(365)),
            "24h",
            "How long finished parcels stay in the ledger to be looked at.");
    static final Setting<Integer> SPOOL_PARCEL =
            of("spool.parcel", new IntRange(1, 1000), "1000", "Items in one parcel at most.");
    static final Setting<Integer> SPOOL_ATTEMPTS =
            of("spool.attempts", new IntRange(1, 1000), "10", "After how many failures an item is given up as dead.");
    static final Setting<Duration> SPOOL_BACKOFF = of(
            "spool.backoff",
            new DurationRange(ofMillis(10), ofHours(1)),
            "1s",
            "Wait after an item's first failure; it doubles with each further one.");
    static final Setting<Duration> SPOOL_BACKOFF_MAX = of(
            "spool.backoff-max",
            new DurationRange(ofMillis(10), ofDays(1)),
            "5m",
            "The longest wait between two attempts.");
    static final Setting<Duration> SPOOL_LEASE = of(
            "spool.lease",
            new DurationRange(ofSeconds(5), ofHours(1)),
            "60s",
            "How long a parcel stays with a worker that went silent.");

    static final Setting<Path> ROUTES_DIRECTORY =
            of("routes.directory", new PathText(), "routes", "The folder of the route files.");

    static final Setting<String> ROUTES_FIELDS = of(
            "routes.fields",
            new TextType(),
            "",
            "Fields that the platform has added to threads, separated by commas: check takes them for known.");

    static final Setting<String> API_TOKEN = of(
            "api.token",
            new Secret(),
            "",
            "What operator actions ask for; required when quarkus.http.host is more than this machine.");

    static final Setting<Integer> HTTP_CONNECTIONS = of(
            "http.connections",
            new IntRange(16, 10_000),
            "256",
            "The most connections of each HTTP port; those that wait longest for a request make room for new ones.");
    static final Setting<List<String>> HTTP_HOSTS = of(
            "http.hosts",
            new HostNames(),
            "",
            "Names that health and metrics may be asked by, besides addresses and names of the own network.");
    static final Setting<List<String>> SECRETS = of(
            "secrets",
            new KeyList(),
            "",
            "Keys of settings of your own that are secrets, besides those whose name says so.");

    private SettingsCatalogue() {}

    /** All settings, in the order people read them. */
    static List<Setting<?>> settings() {
        return List.of(
                ADDRESS,
                CLIENT_TOKEN,
                CLIENT,
                LIMIT_REQUESTS,
                LIMIT_WINDOW,
                CONNECT_TIMEOUT,
                RESPONSE_TIMEOUT,
                PROXY,
                PROXY_USERNAME,
                PROXY_PASSWORD,
                NO_PROXY,
                AUTHORITIES,
                ACCESS_TOKEN,
                ENTERPRISE_IDS,
                PULL_PERIOD,
                PAGE_SIZE,
                START,
                SETTLE,
                LOOKBACK,
                WALKERS,
                ALARM_AFTER,
                ADD_WAIT,
                LEDGER_URL,
                LEDGER_USERNAME,
                LEDGER_PASSWORD,
                FILES_DIRECTORY,
                FILES_ACCESS,
                QUEUE_URL,
                QUEUE_USERNAME,
                QUEUE_PASSWORD,
                QUEUE_DESTINATION,
                QUEUE_INBOUND,
                KAFKA_BROKERS,
                KAFKA_TOPIC,
                KAFKA_USERNAME,
                KAFKA_PASSWORD,
                KAFKA_TLS,
                DIGEST_CRON,
                DIGEST_ZONE,
                DIGEST_FROM,
                DIGEST_TO,
                DIGEST_LANGUAGE,
                DIGEST_SEND_EMPTY,
                DIGEST_NAMES,
                DIGEST_LINK,
                DIGEST_OPEN,
                DIGEST_TEMPLATES,
                SMTP_HOST,
                SMTP_PORT,
                SMTP_USERNAME,
                SMTP_PASSWORD,
                SMTP_TLS,
                SMTP_OAUTH_URL,
                SMTP_OAUTH_CLIENT,
                SMTP_OAUTH_SECRET,
                SMTP_OAUTH_REFRESH,
                SMTP_OAUTH_SCOPE,
                MAIL_HOST,
                MAIL_PORT,
                MAIL_TLS,
                MAIL_USERNAME,
                MAIL_PASSWORD,
                MAIL_CONNECTION,
                MAIL_FOLDER,
                MAIL_START,
                MAIL_POLL,
                MAIL_AFTER,
                MAIL_DONE,
                MAIL_PARKED,
                MAIL_FAILED,
                MAIL_OAUTH_URL,
                MAIL_OAUTH_CLIENT,
                MAIL_OAUTH_SECRET,
                MAIL_OAUTH_REFRESH,
                MAIL_OAUTH_SCOPE,
                MAIL_KEEP,
                SPOOL_KEEP,
                SPOOL_PARCEL,
                SPOOL_ATTEMPTS,
                SPOOL_BACKOFF,
                SPOOL_BACKOFF_MAX,
                SPOOL_LEASE,
                ROUTES_DIRECTORY,
                ROUTES_FIELDS,
                API_TOKEN,
                HTTP_CONNECTIONS,
                HTTP_HOSTS,
                SECRETS);
    }

    /** All settings, and for each secret the one that names a file. */
    static List<Setting<?>> withFiles() {
        List<Setting<?>> all = new ArrayList<>(settings());
        settings().stream()
                .filter(setting -> setting.type().secret())
                .map(Setting::file)
                .forEach(all::add);
        return all;
    }

    private static <T> Setting<T> of(String key, ValueType<T> type, String byDefault, String description) {
        return new Setting<>(PREFIX + key, type, byDefault, description);
    }
}
