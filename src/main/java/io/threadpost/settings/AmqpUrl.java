package io.threadpost.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a broker is: one AMQP URL, or several to be tried in turn. */
record AmqpUrl() implements ValueType<String> {
    private static final Pattern FAILOVER = Pattern.compile("failover:\\(([^()]+)\\)(\\?[^()]*)?");
    private static final Pattern LOGIN =
            Pattern.compile("@|[?&,][^=&,]*(?:username|password)=", Pattern.CASE_INSENSITIVE);

    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (LOGIN.matcher(text).find()) {
            // Not quoted: it may hold the password.
            throw new InvalidSettingValue("must not hold a user or password;"
                    + " write them to threadpost.queue.username and threadpost.queue.password");
        }
        if (text.toLowerCase(Locale.ROOT).contains("tracebytes=true")) {
            // In lines of sixteen bytes nobody could find the password again.
            throw new InvalidSettingValue("must not trace bytes, as the password would stand in the log;"
                    + " use amqp.traceFrames=true instead");
        }
        Matcher failover = FAILOVER.matcher(text);
        for (String broker : failover.matches() ? failover.group(1).split(",") : new String[] {text}) {
            if (!isBroker(broker.strip())) {
                throw new InvalidSettingValue("`" + broker.strip() + "` is not the URL of a broker; write " + form());
            }
        }
        return text;
    }

    private static boolean isBroker(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            boolean bare = uri.getRawPath() == null || uri.getRawPath().isEmpty();
            return (scheme.equals("amqp") || scheme.equals("amqps"))
                    && uri.getHost() != null
                    && uri.getPort() <= 65535
                    && bare;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Override
    public String form() {
        return "amqp://HOST:5672, amqps://HOST:5671 or failover:(amqp://HOST1:5672,amqp://HOST2:5672)";
    }
}
