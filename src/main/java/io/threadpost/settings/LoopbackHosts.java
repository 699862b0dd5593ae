package io.threadpost.settings;

import java.util.Locale;

/** The names and addresses that mean this machine alone. */
public final class LoopbackHosts {

    private LoopbackHosts() {}

    /**
     * Whether a name or address is one of them. No name is resolved.
     *
     * @param host with or without the brackets of an IPv6 address
     */
    public static boolean contain(String host) {
        String bare = host.toLowerCase(Locale.ROOT).replaceAll("^\\[(.*)]$", "$1");
        return bare.equals("localhost") || bare.matches("127(\\.\\d{1,3}){3}") || bare.matches("(0+:){7}0*1|::1");
    }
}
