package io.threadpost.network;

import java.net.InetSocketAddress;
import java.net.Proxy;

import io.threadpost.settings.ProxyAddress;

/**
 * An HTTP proxy.
 *
 * @param address host, port and login
 * @param origin the setting, system property or variable that names it, for people
 */
record HttpProxy(ProxyAddress address, String origin) {
    Proxy asProxy() {
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.host(), address.port()));
    }

    /** For people. */
    String text() {
        return "the proxy " + address.host() + ":" + address.port() + " (" + origin + ")";
    }
}
