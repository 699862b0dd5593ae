package io.threadpost.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Types of settings that say where a server or database is. A text that may hold a login is refused without being
 * quoted.
 */
final class AddressTypes {
    /** How the JDBC URLs of the two supported databases begin. */
    static final String SQLITE = "jdbc:sqlite:";

    static final String POSTGRESQL = "jdbc:postgresql:";

    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int LAST_PORT = 65_535;
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern BROKER =
            Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");
    private static final Pattern FAILOVER = Pattern.compile("failover:\\(([^()]+)\\)(\\?[^()]*)?");
    private static final Pattern AMQP_LOGIN =
            Pattern.compile("@|[?&,][^=&,]*(?:username|password)=", Pattern.CASE_INSENSITIVE);
    private static final Pattern JDBC_LOGIN =
            Pattern.compile("@|[?&;](?:user|password|sslpassword)=", Pattern.CASE_INSENSITIVE);

    private AddressTypes() {}

    /** Scheme, host and port of the platform. Threadpost adds the path, so none is accepted. */
    static ValueType<URI> platform() {
        return ValueType.of("URL without a path", text -> {
            URI uri;
            try {
                uri = new URI(text);
            } catch (URISyntaxException e) {
                throw new InvalidSettingValue("is not a URL; write one like https://api.mews.com");
            }
            if (uri.getRawUserInfo() != null || text.contains("@")) {
                throw new InvalidSettingValue("must not hold a user name or password; write scheme and host only");
            }
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("https") && !scheme.equals("http") || uri.getHost() == null) {
                throw new InvalidSettingValue(
                        "`" + text + "` is not a URL with http or https; write one like https://api.mews.com");
            }
            String path = uri.getRawPath();
            if (!path.isEmpty() && !path.equals("/") || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new InvalidSettingValue("`" + text + "` has a path; write `" + scheme + "://"
                        + uri.getRawAuthority() + "`, the rest is added to it");
            }
            if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
                throw new InvalidSettingValue("`" + text + "` has an invalid port; write one from 1 to " + LAST_PORT);
            }
            return URI.create(scheme + "://" + uri.getRawAuthority());
        });
    }

    /** An OAuth 2 token endpoint. Secrets travel there, so it must be https, except on this machine. */
    static ValueType<URI> tokenUrl() {
        String format = "a URL such as https://oauth2.googleapis.com/token";
        return ValueType.of(format, text -> {
            if (text.contains("@") || text.contains("#")) {
                throw new InvalidSettingValue("must not hold a user, a password or a fragment; write " + format);
            }
            try {
                URI uri = new URI(text);
                boolean secure = "https".equals(uri.getScheme());
                boolean http = "http".equals(uri.getScheme());
                if (uri.getHost() != null && (secure || http && THIS_MACHINE.contains(uri.getHost()))) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // Refused below.
            }
            throw new InvalidSettingValue("`" + text + "` is not an https URL; write " + format);
        });
    }

    /** Where traces are sent to. */
    static ValueType<Optional<URI>> collector() {
        String format = "a URL such as http://127.0.0.1:4318/v1/traces";
        return new ValueType<>(format, false, Optional.empty(), text -> {
            try {
                URI uri = new URI(text);
                if (uri.getHost() != null
                        && String.valueOf(uri.getScheme()).matches("https?")
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null) {
                    return Optional.of(uri);
                }
            } catch (URISyntaxException e) {
                // Refused below, without the value: it may hold a login.
            }
            throw new InvalidSettingValue("is not a URL without a login and a query; write " + format);
        });
    }

    /** Where alerts are sent to. Whoever knows such a URL can write to the channel behind it, so it is a secret. */
    static ValueType<String> webhook() {
        return new ValueType<>("secret URL", true, "", text -> {
            try {
                URI uri = new URI(text);
                if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                    return text;
                }
            } catch (URISyntaxException e) {
                // Refused below, without the value.
            }
            throw new InvalidSettingValue("is not a URL; write it like https://hooks.example/services/…");
        });
    }

    /** The name or address of a machine, without anything around it. */
    static ValueType<String> host() {
        return ValueType.ofText("host name or address", AddressTypes::parseHost);
    }

    /** Names or addresses of machines, separated by commas; in lower case. */
    static ValueType<List<String>> hosts() {
        return new ValueType<>("host names or addresses separated by commas", false, List.of(), text -> {
            List<String> hosts = new ArrayList<>();
            for (String host : text.split(",", -1)) {
                hosts.add(parseHost(host.strip()).toLowerCase(Locale.ROOT));
            }
            return List.copyOf(hosts);
        });
    }

    static ValueType<List<AddressRange>> ranges() {
        return new ValueType<>("addresses separated by commas", false, List.of(), text -> {
            List<AddressRange> ranges = new ArrayList<>();
            for (String range : text.split(",", -1)) {
                try {
                    ranges.add(AddressRange.of(range.strip()));
                } catch (IllegalArgumentException e) {
                    throw new InvalidSettingValue("`" + range.strip()
                            + "` is not an IP address or network; write one like 10.0.0.5 or 10.0.0.0/8");
                }
            }
            return List.copyOf(ranges);
        });
    }

    private static String parseHost(String text) throws InvalidSettingValue {
        if (text.contains("@")) {
            throw new InvalidSettingValue("must not hold a user name or password; write the host only");
        }
        if (!HOST.matcher(text).matches()) {
            throw new InvalidSettingValue(
                    "`" + text + "` is not a host; write its name or address only, such as mail.example");
        }
        return text;
    }

    /** The bootstrap brokers of a Kafka cluster. */
    static ValueType<String> kafkaBrokers() {
        String format = "HOST1:9092,HOST2:9092";
        return ValueType.ofText(format, text -> {
            if (text.contains("@")) {
                throw new InvalidSettingValue("must not hold a user or password; write " + format);
            }
            for (String broker : text.split(",", -1)) {
                Matcher matcher = BROKER.matcher(broker.strip());
                int port = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
                if (port < 1 || port > LAST_PORT) {
                    throw new InvalidSettingValue("`" + broker.strip() + "` is not a broker; write " + format);
                }
            }
            return Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.joining(","));
        });
    }

    /** One AMQP URL, or several to be tried in turn. */
    static ValueType<String> amqpUrl() {
        String format = "amqp://HOST:5672, amqps://HOST:5671 or failover:(amqp://HOST1:5672,amqp://HOST2:5672)";
        return ValueType.ofText(format, text -> {
            if (AMQP_LOGIN.matcher(text).find()) {
                throw loginElsewhere("queue");
            }
            if (text.toLowerCase(Locale.ROOT).contains("tracebytes=true")) {
                // In lines of sixteen bytes redaction could not find the password again.
                throw new InvalidSettingValue("must not trace bytes, as the password would be in the log;"
                        + " use amqp.traceFrames=true instead");
            }
            Matcher failover = FAILOVER.matcher(text);
            for (String broker : failover.matches() ? failover.group(1).split(",") : new String[] {text}) {
                if (!isAmqpBroker(broker.strip())) {
                    throw new InvalidSettingValue(
                            "`" + broker.strip() + "` is not the URL of a broker; write " + format);
                }
            }
            return text;
        });
    }

    private static boolean isAmqpBroker(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            return (scheme.equals("amqp") || scheme.equals("amqps"))
                    && uri.getHost() != null
                    && uri.getPort() <= LAST_PORT
                    && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static InvalidSettingValue loginElsewhere(String group) {
        return new InvalidSettingValue("must not hold a user or password; write them to threadpost." + group
                + ".username and threadpost." + group + ".password");
    }

    /** An HTTP proxy; the URL may hold a login. */
    static ValueType<ProxyAddress> proxy() {
        String format = "http://HOST:PORT or http://USER:PASSWORD@HOST:PORT";
        return ValueType.of(format, text -> {
            boolean http =
                    !text.contains("://") || text.toLowerCase(Locale.ROOT).startsWith("http://");
            return ProxyAddress.of(text)
                    .filter(address -> http)
                    .orElseThrow(() -> new InvalidSettingValue("is not the URL of an HTTP proxy; write " + format
                            + ", with special characters of user and password percent-encoded"));
        });
    }

    /** A JDBC URL of one of the two databases that the ledger supports. */
    static ValueType<String> ledgerUrl() {
        String format = "jdbc:sqlite:PATH or jdbc:postgresql://HOST/DATABASE";
        return ValueType.ofText(format, text -> {
            if (JDBC_LOGIN.matcher(text).find()) {
                throw loginElsewhere("ledger");
            }
            if (text.startsWith(SQLITE)) {
                return sqliteUrl(text);
            }
            if (text.startsWith(POSTGRESQL) && text.length() > POSTGRESQL.length()) {
                return text;
            }
            throw new InvalidSettingValue("`" + text + "` is neither an SQLite nor a PostgreSQL URL; write " + format);
        });
    }

    private static String sqliteUrl(String text) throws InvalidSettingValue {
        String file = text.substring(SQLITE.length());
        if (file.isEmpty() || file.startsWith("?") || file.startsWith(":") || file.startsWith("file:")) {
            throw new InvalidSettingValue("`" + text + "` names no file, and the ledger must outlive the process;"
                    + " write jdbc:sqlite: and a path, such as jdbc:sqlite:state/ledger.db");
        }
        Optional<String> refusal = new SystemLocale().refusal(file);
        if (refusal.isPresent()) {
            throw new InvalidSettingValue(refusal.get());
        }
        try {
            Path.of(file);
        } catch (InvalidPathException e) {
            throw new InvalidSettingValue(
                    "`" + text + "` has no valid path; write it like jdbc:sqlite:state/ledger.db");
        }
        return text;
    }
}
