package io.threadpost.settings;

import java.util.Locale;

/** Whether an address to bind to, or to be asked by, means this machine alone. */
public final class HttpHostType {

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
}
