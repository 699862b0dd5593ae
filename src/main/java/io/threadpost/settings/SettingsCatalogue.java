package io.threadpost.settings;

import static io.threadpost.settings.AddressTypes.amqpUrl;
import static io.threadpost.settings.AddressTypes.host;
import static io.threadpost.settings.AddressTypes.hosts;
import static io.threadpost.settings.AddressTypes.kafkaBrokers;
import static io.threadpost.settings.AddressTypes.ledgerUrl;
import static io.threadpost.settings.AddressTypes.platform;
import static io.threadpost.settings.AddressTypes.proxy;
import static io.threadpost.settings.AddressTypes.tokenUrl;
import static io.threadpost.settings.AddressTypes.webhook;
import static io.threadpost.settings.PlainTypes.enterpriseIds;
import static io.threadpost.settings.PlainTypes.flag;
import static io.threadpost.settings.PlainTypes.integer;
import static io.threadpost.settings.PlainTypes.keys;
import static io.threadpost.settings.PlainTypes.language;
import static io.threadpost.settings.PlainTypes.mailFolder;
import static io.threadpost.settings.PlainTypes.oneOf;
import static io.threadpost.settings.PlainTypes.path;
import static io.threadpost.settings.PlainTypes.signingKey;
import static io.threadpost.settings.PlainTypes.size;
import static io.threadpost.settings.PlainTypes.topic;
import static io.threadpost.settings.TimeTypes.cron;
import static io.threadpost.settings.TimeTypes.duration;
import static io.threadpost.settings.TimeTypes.mailStart;
import static io.threadpost.settings.TimeTypes.pullStart;
import static io.threadpost.settings.TimeTypes.zone;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import jakarta.mail.internet.InternetAddress;

/**
 * Every setting, each declared once: key, type, default and description. A constant is named like its key. The order is
 * that of {@code application.properties}.
 */
public final class SettingsCatalogue {
    static final String PREFIX = "threadpost.";

    /** Filled by the declarations below, in their order. */
    private static final List<Setting<?>> DECLARED = new ArrayList<>();

    public static final Setting<URI> CONNECTOR_ADDRESS =
            declare("connector.address", platform(), "The platform's address, such as https://api.mews.com.");
    public static final Setting<String> CONNECTOR_CLIENT_TOKEN =
            secret("connector.client-token", "The token of the integration.");
    public static final Setting<String> CONNECTOR_CLIENT = declare(
            "connector.client",
            PlainTypes.text(),
            "Threadpost 1.0.0",
            "Name and version that identify this client to the platform.");
    public static final Setting<Integer> CONNECTOR_LIMIT_REQUESTS = declare(
            "connector.limit.requests",
            integer(1, 1_000_000),
            "200",
            "The request budget: requests of one access token within the window.");
    public static final Setting<Duration> CONNECTOR_LIMIT_WINDOW = declare(
            "connector.limit.window",
            duration("1s", "10m"),
            "30s",
            "The length of the sliding window of the request budget.");
    public static final Setting<Duration> CONNECTOR_CONNECT_TIMEOUT = declare(
            "connector.connect-timeout", duration("100ms", "5m"), "10s", "Timeout of connecting to the platform.");
    public static final Setting<Duration> CONNECTOR_RESPONSE_TIMEOUT = declare(
            "connector.response-timeout", duration("100ms", "10m"), "100s", "Timeout of the platform's answer.");

    public static final Setting<ProxyAddress> NETWORK_PROXY = declare(
            "network.proxy",
            proxy(),
            "The HTTP proxy; without it, one of the system properties or the environment is used.");
    public static final Setting<String> NETWORK_PROXY_USERNAME =
            text("network.proxy-username", "The user at the proxy; without it, there is no login.");
    public static final Setting<String> NETWORK_PROXY_PASSWORD =
            secret("network.proxy-password", "The user's password.");
    public static final Setting<String> NETWORK_NO_PROXY =
            text("network.no-proxy", "Hosts and networks that are reached without the proxy.");
    public static final Setting<Path> NETWORK_AUTHORITIES = declare(
            "network.authorities", path(), "A PEM file of certificate authorities to trust besides those of the JVM.");

    public static final Setting<String> CONNECTIONS_ACCESS_TOKEN =
            secret("connections.<name>.access-token", "The access token of one hotel or portfolio.");
    public static final Setting<List<String>> CONNECTIONS_ENTERPRISE_IDS = declare(
            "connections.<name>.enterprise-ids",
            enterpriseIds(),
            "Ids of the enterprises to pull; without them, all in the scope of the token.");

    public static final Setting<Duration> PULL_PERIOD =
            declare("pull.period", duration("1s", "1d"), "30s", "How often the platform is asked for new threads.");
    public static final Setting<Integer> PULL_PAGE_SIZE =
            declare("pull.page-size", integer(1, 1000), "1000", "Threads per page.");
    public static final Setting<PullStart> PULL_START = declare(
            "pull.start",
            pullStart(),
            "P7D",
            "Where the very first pull begins: an instant, or a period back from now.");
    public static final Setting<Duration> PULL_SETTLE = declare(
            "pull.settle",
            duration("0s", "10m"),
            "5s",
            "How far a pull stays behind the present, so that the platform has stored everything.");
    public static final Setting<Duration> PULL_LOOKBACK = declare(
            "pull.lookback",
            duration("0s", "1d"),
            "60s",
            "How far back pulled time is requested again, for threads that appear late.");
    public static final Setting<Integer> PULL_WALKERS =
            declare("pull.walkers", integer(1, 16), "1", "Live windows pulled concurrently, for each connection.");
    public static final Setting<Boolean> PULL_ENTERPRISE_FIELD = declare(
            "pull.enterprise-field",
            flag(),
            "true",
            "Whether threads of a connection with enterprise-ids get the field EnterpriseId.");
    public static final Setting<Boolean> PULL_ENTERPRISE_LOOKUP = declare(
            "pull.enterprise-lookup",
            flag(),
            "true",
            "Whether the platform is asked whose the new threads of a connection with enterprise-ids are.");
    public static final Setting<Integer> PULL_BACKFILL_WALKERS = declare(
            "pull.backfill-walkers",
            integer(1, 32),
            "6",
            "Windows of backfills pulled concurrently, for each connection.");
    public static final Setting<Integer> PULL_BACKFILL_SPOOL_LIMIT = declare(
            "pull.backfill-spool-limit",
            integer(0, 100_000_000),
            "50000",
            "Threads that may wait in a spool before backfills wait for its target; 0: they never wait.");
    public static final Setting<Duration> COVERAGE_AUDIT_PERIOD = declare(
            "coverage.audit-period",
            duration("0s", "30d"),
            "1h",
            "How often an hour of covered time is compared with the platform; 0s: never.");
    public static final Setting<Duration> COVERAGE_AUDIT_KEEP = declare(
            "coverage.audit-keep",
            duration("0s", "3650d"),
            "31d",
            "How long it is known which threads were pulled, for audits; 0s: it is not recorded.");
    public static final Setting<Duration> PULL_ALARM_AFTER = declare(
            "pull.alarm-after",
            duration("1s", "30d"),
            "15m",
            "How far pulling may fall behind before health reports it.");

    public static final Setting<Duration> ADD_WAIT = declare(
            "add.wait",
            duration("1s", "30m"),
            "2m",
            "How long read-backs look for a thread after a lost answer, before the request is repeated.");

    public static final Setting<String> LEDGER_URL = declare(
            "ledger.url",
            ledgerUrl(),
            "jdbc:sqlite:state/ledger.db",
            "The database: an SQLite file, or PostgreSQL for several nodes.");
    public static final Setting<String> LEDGER_USERNAME = text("ledger.username", "The database user, for PostgreSQL.");
    public static final Setting<String> LEDGER_PASSWORD =
            secret("ledger.password", "The database password, for PostgreSQL.");

    public static final Setting<Path> FILES_DIRECTORY =
            declare("files.directory", path(), "out/threads", "The folder of the files.");
    public static final Setting<FileAccess> FILES_ACCESS = declare(
            "files.access",
            oneOf(FileAccess.class),
            "Who may read them: owner, group or all; without it, the group when the folder is created, and below "
                    + "it the umask applies.");
    public static final Setting<Duration> FILES_KEEP = declare(
            "files.keep",
            duration("1h", "3650d"),
            "How long files that Threadpost has named itself stay; without it, for ever.");

    public static final Setting<String> QUEUE_URL =
            declare("queue.url", amqpUrl(), "The broker that threads are sent to; without it, this target is off.");
    public static final Setting<String> QUEUE_USERNAME = text("queue.username", "The broker's user.");
    public static final Setting<String> QUEUE_PASSWORD = secret("queue.password", "The broker's password.");
    public static final Setting<String> QUEUE_DESTINATION =
            declare("queue.destination", PlainTypes.text(), "threads", "The queue that threads are sent to.");
    public static final Setting<String> QUEUE_INBOUND =
            text("queue.inbound", "The queue whose messages become threads; without it, none is consumed.");
    public static final Setting<Integer> QUEUE_INBOUND_LIMIT = declare(
            "queue.inbound-limit",
            integer(0, 1_000_000),
            "1000",
            "How many messages of a queue wait in a spool at most, the others at the broker; 0 for no limit.");

    public static final Setting<String> KAFKA_BROKERS = declare(
            "kafka.brokers",
            kafkaBrokers(),
            "The Kafka brokers that threads are sent to; without them, this target is off.");
    public static final Setting<String> KAFKA_TOPIC =
            declare("kafka.topic", topic(), "threadpost", "The topic that threads are sent to.");
    public static final Setting<String> KAFKA_USERNAME =
            text("kafka.username", "The user for SASL PLAIN; without it, there is no login.");
    public static final Setting<String> KAFKA_PASSWORD = secret("kafka.password", "The user's password.");
    public static final Setting<Boolean> KAFKA_TLS =
            declare("kafka.tls", flag(), "false", "Whether the connection to Kafka is encrypted.");

    public static final Setting<String> DIGEST_CRON =
            declare("digest.cron", cron(), "0 0 7 * * ?", "When digests are sent, as a cron expression with seconds.");
    public static final Setting<ZoneId> DIGEST_ZONE =
            declare("digest.zone", zone(), "UTC", "The time zone of the schedule and of the times in a digest.");
    public static final Setting<List<InternetAddress>> DIGEST_FROM =
            declare("digest.from", MailAddresses.type(1), "The sender's address of digests.");
    public static final Setting<List<InternetAddress>> DIGEST_TO =
            declare("digest.to", MailAddresses.type(100), "The recipients of digests.");
    public static final Setting<Locale> DIGEST_LANGUAGE =
            declare("digest.language", language(), "en", "The language of digests, and of their dates.");
    public static final Setting<Boolean> DIGEST_SEND_EMPTY =
            declare("digest.send-empty", flag(), "false", "Whether a digest without threads is sent.");
    public static final Setting<String> DIGEST_NAMES =
            text("digest.names", "Display names of connections in digests, such as main=Hotel Praha, brno=Hotel Brno.");
    public static final Setting<String> DIGEST_LINK =
            text("digest.link", "The link to a thread in a digest, an address with {Id} and {Connection}.");
    public static final Setting<Boolean> DIGEST_OPEN =
            declare("digest.open", flag(), "false", "Whether digests omit threads that are resolved.");
    public static final Setting<Path> DIGEST_TEMPLATES = declare(
            "digest.templates",
            path(),
            "templates",
            "The folder of custom templates, which replace the packaged ones.");

    public static final Setting<String> SMTP_HOST =
            declare("smtp.host", host(), "The mail server that digests are sent by; without it, this target is off.");
    public static final Setting<Integer> SMTP_PORT =
            declare("smtp.port", integer(1, 65_535), "587", "The mail server's port.");
    public static final Setting<String> SMTP_USERNAME =
            text("smtp.username", "The mail server's user; without it, there is no login.");
    public static final Setting<String> SMTP_PASSWORD =
            secret("smtp.password", "The user's password; none with OAuth 2.");
    public static final Setting<Tls> SMTP_TLS =
            declare("smtp.tls", oneOf(Tls.class), "starttls", "How the connection to the mail server is encrypted.");
    public static final Setting<URI> SMTP_OAUTH_TOKEN_URL = declare(
            "smtp.oauth.token-url", tokenUrl(), "The OAuth 2 token endpoint; with it, the login is by OAuth 2.");
    public static final Setting<String> SMTP_OAUTH_CLIENT_ID =
            text("smtp.oauth.client-id", "The application's client id.");
    public static final Setting<String> SMTP_OAUTH_CLIENT_SECRET =
            secret("smtp.oauth.client-secret", "The application's client secret.");
    public static final Setting<String> SMTP_OAUTH_REFRESH_TOKEN = secret(
            "smtp.oauth.refresh-token",
            "The first refresh token; without it, the application logs in by client credentials.");
    public static final Setting<String> SMTP_OAUTH_SCOPE =
            text("smtp.oauth.scope", "The scope to request, where the server requires one.");

    public static final Setting<String> MAIL_HOST =
            declare("mail.<name>.host", host(), "The IMAP server of a mailbox; without it, the mailbox is off.");
    public static final Setting<Integer> MAIL_PORT =
            declare("mail.<name>.port", integer(1, 65_535), "993", "The IMAP server's port.");
    public static final Setting<Tls> MAIL_TLS =
            declare("mail.<name>.tls", oneOf(Tls.class), "tls", "How the connection to the IMAP server is encrypted.");
    public static final Setting<String> MAIL_USERNAME =
            text("mail.<name>.username", "The mailbox's user, usually its address.");
    public static final Setting<String> MAIL_PASSWORD =
            secret("mail.<name>.password", "The user's password; none with OAuth 2.");
    public static final Setting<String> MAIL_CONNECTION = declare(
            "mail.<name>.connection", PlainTypes.text(), "main", "The connection that mails are added to as threads.");
    public static final Setting<String> MAIL_FOLDER =
            declare("mail.<name>.folder", mailFolder(), "INBOX", "The folder that is polled.");
    public static final Setting<PullStart> MAIL_START = declare(
            "mail.<name>.start",
            mailStart(),
            "now",
            "Mails that arrived before this are skipped: now, everything, an instant, or a period back from now.");
    public static final Setting<Duration> MAIL_POLL =
            declare("mail.<name>.poll", duration("1s", "1d"), "30s", "How often the mailbox is polled.");
    public static final Setting<HandledMailAction> MAIL_AFTER = declare(
            "mail.<name>.after",
            oneOf(HandledMailAction.class),
            "move",
            "What happens to a processed mail in the mailbox: it is moved, flagged with a keyword, or left.");
    public static final Setting<String> MAIL_DONE_FOLDER = declare(
            "mail.<name>.done-folder",
            mailFolder(),
            "Done",
            "The folder for mails that became threads or were discarded.");
    public static final Setting<String> MAIL_PARKED_FOLDER =
            declare("mail.<name>.parked-folder", mailFolder(), "Parked", "The folder for parked mails.");
    public static final Setting<String> MAIL_FAILED_FOLDER =
            declare("mail.<name>.failed-folder", mailFolder(), "Failed", "The folder for mails that failed.");
    public static final Setting<URI> MAIL_OAUTH_TOKEN_URL = declare(
            "mail.<name>.oauth.token-url", tokenUrl(), "The OAuth 2 token endpoint; with it, the login is by OAuth 2.");
    public static final Setting<String> MAIL_OAUTH_CLIENT_ID =
            text("mail.<name>.oauth.client-id", "The application's client id.");
    public static final Setting<String> MAIL_OAUTH_CLIENT_SECRET =
            secret("mail.<name>.oauth.client-secret", "The application's client secret.");
    public static final Setting<String> MAIL_OAUTH_REFRESH_TOKEN = secret(
            "mail.<name>.oauth.refresh-token",
            "The first refresh token; without it, the application logs in by client credentials.");
    public static final Setting<String> MAIL_OAUTH_SCOPE =
            text("mail.<name>.oauth.scope", "The scope to request, where the server requires one.");
    public static final Setting<Boolean> MAIL_TEXT =
            declare("mail.text", flag(), "true", "Whether the text of a mail is added to its thread as a message.");
    public static final Setting<MailQuotes> MAIL_QUOTES = declare(
            "mail.quotes",
            oneOf(MailQuotes.class),
            "fold",
            "What happens to quoted earlier mails in such a message: they are kept, trimmed, or folded to one line.");
    public static final Setting<MailSignatures> MAIL_SIGNATURES = declare(
            "mail.signatures",
            oneOf(MailSignatures.class),
            "keep",
            "What happens to signatures in such a message: they are kept or trimmed.");
    public static final Setting<Integer> MAIL_TEXT_MAX = declare(
            "mail.text-max",
            integer(200, 100_000),
            "4000",
            "The most characters of such a message; a longer text becomes several messages.");
    public static final Setting<ResolvedThread> MAIL_RESOLVED = declare(
            "mail.resolved",
            oneOf(ResolvedThread.class),
            "new",
            "What a mail does that answers a resolved thread: it begins a new thread, or continues the resolved one.");
    public static final Setting<String> MAIL_MAY_CONTINUE = text(
            "mail.may-continue", "Addresses and domains, separated by commas, that may continue any guest's thread.");
    public static final Setting<Duration> MAIL_EARLIER_WAIT = declare(
            "mail.earlier-wait",
            duration("0s", "30m"),
            "30s",
            "How long a mail waits for the one that it answers, which may arrive later; 0s: not at all.");
    public static final Setting<Duration> MAIL_KEEP = declare(
            "mail.keep",
            duration("0s", "3650d"),
            "30d",
            "How long mails that became threads or were discarded stay in the ledger; afterwards only their "
                    + "identity does.");
    public static final Setting<Long> MAIL_KEEP_MAX = declare(
            "mail.keep-max",
            size(),
            "10GB",
            "The most that these mails occupy in the ledger; beyond it, the oldest are reduced to their identity "
                    + "early.");
    public static final Setting<Duration> MAIL_PARKED_KEEP = declare(
            "mail.parked-keep",
            duration("1s", "3650d"),
            "90d",
            "How long parked and failed mails wait for a person; afterwards they are discarded.");
    public static final Setting<Long> MAIL_PARKED_MAX = declare(
            "mail.parked-max",
            size(),
            "10GB",
            "The most that parked and failed mails occupy in the ledger; beyond it, the oldest are discarded early.");

    public static final Setting<List<InternetAddress>> REPLIES_FROM = declare(
            "replies.from",
            MailAddresses.type(1),
            "The sender's address of replies; without it, or without threadpost.smtp.host, this target is off.");
    public static final Setting<String> REPLIES_REPLY_TO = declare(
            "replies.reply-to",
            MailAddresses.withToken(),
            "The address that guests answer to, with {token} for the conversation; without it, they answer to the "
                    + "sender's.");
    public static final Setting<String> REPLIES_NAME =
            text("replies.name", "The hotel's name in replies; without it, that of the sender's address.");
    public static final Setting<String> REPLIES_SIGNATURE =
            text("replies.signature", "What follows the hotel's words; \\n begins another line.");
    public static final Setting<Locale> REPLIES_LANGUAGE =
            declare("replies.language", language(), "en", "The language of replies to guests whose own is not known.");
    public static final Setting<String> REPLIES_TEMPLATE = declare(
            "replies.template",
            PlainTypes.text(),
            "reply",
            "The name of the templates, NAME.html and NAME.txt, which begins with reply.");
    public static final Setting<Duration> REPLIES_PERIOD = declare(
            "replies.period", duration("1s", "1d"), "30s", "How often the platform is asked for the hotel's messages.");
    public static final Setting<Integer> REPLIES_RATE = declare(
            "replies.rate", integer(1, 10_000), "20", "The most replies to one address in an hour; further ones wait.");
    public static final Setting<Duration> REPLIES_PERSON_DELAY = declare(
            "replies.person-delay",
            duration("0s", "10m"),
            "15s",
            "The shortest time in which a person reads and answers a reply, without typing; guests who answered the "
                    + "three last ones faster are programs.");
    public static final Setting<Duration> REPLIES_KEEP = declare(
            "replies.keep",
            duration("7d", "3650d"),
            "400d",
            "How long settled replies are kept; afterwards an answer is recognised by its address and by the guest's "
                    + "own mails.");
    public static final Setting<Integer> REPLIES_KEEP_MAX = declare(
            "replies.keep-max",
            integer(1000, 100_000_000),
            "1000000",
            "The most settled replies in the ledger; beyond it, the oldest are removed early.");
    public static final Setting<Boolean> REPLIES_AUTHENTICATED = declare(
            "replies.authenticated",
            flag(),
            "false",
            "Whether replies are sent only to guests whose mails are authenticated, by authserv of mail:judge.");
    public static final Setting<String> REPLIES_SECRET = declare(
            "replies.secret",
            signingKey(),
            "The key that signs the addresses that guests answer to; without it, one is generated and kept in the "
                    + "ledger.");

    public static final Setting<Duration> JOURNEYS_KEEP = declare(
            "journeys.keep",
            duration("0s", "3650d"),
            "30d",
            "How long the ledger keeps what happened to each thread and mail, and why; 0s records nothing.");

    public static final Setting<Duration> SPOOL_KEEP = declare(
            "spool.keep",
            duration("0s", "365d"),
            "24h",
            "How long finished parcels stay in the ledger for inspection.");
    public static final Setting<Integer> SPOOL_KEEP_MAX = declare(
            "spool.keep-max",
            integer(0, 1_000_000_000),
            "1000000",
            "The most finished items in the ledger; beyond it, the oldest are removed early.");
    public static final Setting<Duration> SPOOL_DEAD_KEEP = declare(
            "spool.dead-keep",
            duration("1s", "3650d"),
            "90d",
            "How long dead items wait for a person; afterwards they are discarded.");
    public static final Setting<Integer> SPOOL_DEAD_MAX = declare(
            "spool.dead-max",
            integer(1, 1_000_000_000),
            "100000",
            "The most dead items; beyond it, the oldest are discarded early.");
    public static final Setting<Integer> SPOOL_PARCEL =
            declare("spool.parcel", integer(1, 1000), "1000", "The most items in one parcel.");
    public static final Setting<Integer> SPOOL_ATTEMPTS =
            declare("spool.attempts", integer(1, 1000), "10", "After how many failures an item is dead.");
    public static final Setting<Duration> SPOOL_BACKOFF = declare(
            "spool.backoff",
            duration("10ms", "1h"),
            "1s",
            "The wait after an item's first failure; it doubles with each further one.");
    public static final Setting<Duration> SPOOL_BACKOFF_MAX =
            declare("spool.backoff-max", duration("10ms", "1d"), "5m", "The maximum backoff.");
    public static final Setting<Duration> SPOOL_LEASE = declare(
            "spool.lease",
            duration("5s", "1h"),
            "60s",
            "How long a parcel stays leased to a consumer that stopped responding.");

    public static final Setting<Path> ROUTES_DIRECTORY =
            declare("routes.directory", path(), "routes", "The folder of the route files.");
    public static final Setting<String> ROUTES_FIELDS = text(
            "routes.fields", "Thread fields that the platform has added, separated by commas: check accepts them.");

    public static final Setting<String> API_TOKEN = secret(
            "api.token",
            "The token that operator actions require; mandatory when quarkus.http.host is more than this machine.");

    public static final Setting<String> API_READ_TOKEN =
            secret("api.read-token", "A token that admits to reading, on the page and over HTTP, and to no action.");
    public static final Setting<List<AddressRange>> API_PROXY_ADDRESSES = declare(
            "api.proxy.addresses",
            AddressTypes.ranges(),
            "IP addresses or networks of reverse proxies that sign people in, and name them in a header.");
    public static final Setting<String> API_PROXY_USER_HEADER = declare(
            "api.proxy.user-header",
            PlainTypes.httpHeader(),
            "X-Forwarded-User",
            "The header in which such a proxy names the user.");
    public static final Setting<List<String>> API_PROXY_OPERATORS = declare(
            "api.proxy.operators",
            PlainTypes.users(),
            "The users of such a proxy that may act; the others read. Without it, all may.");

    public static final Setting<Duration> AUDIT_KEEP = declare(
            "audit.keep",
            duration("1d", "3650d"),
            "730d",
            "How long the entries of the audit log, which has every operator action, stay in the ledger.");

    public static final Setting<Integer> HTTP_CONNECTIONS = declare(
            "http.connections",
            integer(16, 10_000),
            "256",
            "The most connections of each HTTP port; those that idle longest are closed for new ones.");
    public static final Setting<List<String>> HTTP_HOSTS = declare(
            "http.hosts",
            hosts(),
            "Host names that health and metrics accept, besides addresses and names of the own network.");

    public static final Setting<Optional<URI>> TRACES_URL = declare(
            "traces.url",
            AddressTypes.collector(),
            "Where an OpenTelemetry collector takes traces by OTLP over HTTP; without it, there are none.");
    public static final Setting<String> TRACES_AUTHORIZATION =
            secret("traces.authorization", "The value of the header Authorization that the collector requires.");

    public static final Setting<String> WEBHOOK_SECRET = secret(
            "webhook.secret",
            "The end of the address /webhook/… that the platform calls when something is new; without it, there is "
                    + "none.");

    public static final Setting<List<InternetAddress>> ALERTS_TO = declare(
            "alerts.to",
            MailAddresses.type(20),
            "Who gets a mail when something does not work, and when it works again; needs threadpost.smtp.host.");
    public static final Setting<List<InternetAddress>> ALERTS_FROM = declare(
            "alerts.from", MailAddresses.type(1), "The sender's address of alerts; without it, that of digests.");
    public static final Setting<String> ALERTS_WEBHOOK =
            declare("alerts.webhook", webhook(), "The URL that alerts are sent to as JSON; it is a secret.");
    public static final Setting<Path> ALERTS_WEBHOOK_TEMPLATE = declare(
            "alerts.webhook-template",
            path(),
            "A file with the JSON that is sent, for receivers that demand their own, such as Slack and Teams.");
    public static final Setting<Duration> ALERTS_AFTER =
            declare("alerts.after", duration("0s", "1d"), "5m", "How long something is down before an alert is sent.");
    public static final Setting<Integer> ALERTS_MAX_PER_HOUR = declare(
            "alerts.max-per-hour",
            integer(1, 1000),
            "10",
            "The most alerts an hour to each recipient; further ones are sent as one summary.");

    public static final Setting<List<String>> SECRETS = declare(
            "secrets",
            keys(),
            "Keys of custom settings that are secrets, besides those that are recognized by their name.");

    private static final List<Setting<?>> ALL = List.copyOf(DECLARED);

    private SettingsCatalogue() {}

    /** All settings, in the order people read them. */
    public static List<Setting<?>> settings() {
        return ALL;
    }

    /** All settings, and for each secret the one that names its file. */
    static List<Setting<?>> withFiles() {
        List<Setting<?>> all = new ArrayList<>(ALL);
        secrets().stream().map(Setting::file).forEach(all::add);
        return all;
    }

    /** The settings whose values are secrets. */
    public static List<Setting<?>> secrets() {
        return ALL.stream().filter(setting -> setting.type().secret()).toList();
    }

    private static Setting<String> text(String key, String description) {
        return declare(key, PlainTypes.text(), description);
    }

    private static Setting<String> secret(String key, String description) {
        return declare(key, PlainTypes.secret(), description);
    }

    /** Without a default. */
    private static <T> Setting<T> declare(String key, ValueType<T> type, String description) {
        return declare(key, type, "", description);
    }

    private static <T> Setting<T> declare(String key, ValueType<T> type, String byDefault, String description) {
        Setting<T> setting = new Setting<>(PREFIX + key, type, byDefault, description);
        DECLARED.add(setting);
        return setting;
    }
}
