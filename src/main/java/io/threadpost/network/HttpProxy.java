package io.threadpost.network;

import java.net.InetSocketAddress;
import java.net.Proxy;

import io.threadpost.settings.ProxyAddress;

/**
 * A proxy that requests go through.
 *
 * @param address where it is, and how to log in
 * @param origin who named it, for people: a setting, a system property or a variable
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
