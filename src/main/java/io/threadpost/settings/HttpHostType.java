package io.threadpost.settings;

import java.util.Locale;

/** Which machines can reach the HTTP port, as far as the address says that it is bound to. */
public final class HttpHostType {
    static final String KEY = "quarkus.http.host";
    private static final String SERVED = "quarkus.http.host-enabled";

    private HttpHostType() {}

    /**
     * Whether a name or address means this machine alone. No name is looked up.
     *
     * @param host with or without the brackets of an IPv6 address
     */
    public static boolean loopback(String host) {
        String bare = host.toLowerCase(Locale.ROOT).replaceAll("^\\[(.*)]$", "$1");
        return bare.equals("localhost") || bare.matches("127(\\.\\d{1,3}){3}") || bare.matches("(0+:){7}0*1|::1");
    }

    static boolean reachable(String host) {
        return !loopback(host);
    }

    static boolean served(ConfigView view) {
        return !view.find(SERVED)
                .flatMap(ConfigView.Found::value)
                .orElse("true")
                .equalsIgnoreCase("false");
    }
}
