package io.threadpost.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import io.threadpost.settings.NetworkSettings;
import io.threadpost.settings.ProxyAddress;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Selects the proxy of a request: the one in the settings, else that of the JVM's system properties, else that of the
 * environment. Each has its own list of hosts that are requested directly.
 */
final class Proxies extends ProxySelector {
    private static final String NON_PROXY_HOSTS = "http.nonProxyHosts";

    private final List<Rule> rules = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();

    /** @param scheme of the requests it is for; null for both */
    private record Rule(String scheme, HttpProxy proxy, ProxyExemptions direct) {}

    Proxies(NetworkSettings settings, Properties system, Map<String, String> environment) {
        settings.proxy()
                .ifPresent(address -> rules.add(new Rule(
                        null,
                        new HttpProxy(address, SettingsCatalogue.NETWORK_PROXY.key()),
                        ProxyExemptions.list(settings.noProxy()))));
        if (rules.isEmpty()) {
            property(system, "https", 443);
            property(system, "http", 80);
        }
        if (rules.isEmpty()) {
            variable(environment, "https");
            variable(environment, "http");
        }
    }

    private void property(Properties system, String scheme, int port) {
        String host = system.getProperty(scheme + ".proxyHost", "").strip();
        if (host.isEmpty()) {
            return;
        }
        String name = "-D" + scheme + ".proxyHost";
        String hosts = system.getProperty(NON_PROXY_HOSTS, "localhost|*.localhost|127.*|[::1]|0.0.0.0|[::0]");
        try {
            int given = Integer.parseInt(system.getProperty(scheme + ".proxyPort", String.valueOf(port))
                    .strip());
            ProxyAddress address = new ProxyAddress(
                    host,
                    given,
                    system.getProperty(scheme + ".proxyUser", system.getProperty("http.proxyUser", "")),
                    system.getProperty(scheme + ".proxyPassword", system.getProperty("http.proxyPassword", "")));
            rules.add(new Rule(scheme, new HttpProxy(address, name), ProxyExemptions.patterns(hosts)));
        } catch (NumberFormatException e) {
            unusable.add("-D" + scheme + ".proxyPort is not a port");
        }
    }

    private void variable(Map<String, String> environment, String scheme) {
        for (String name :
                List.of(scheme + "_proxy", scheme.toUpperCase(Locale.ROOT) + "_PROXY", "all_proxy", "ALL_PROXY")) {
            String url = environment.getOrDefault(name, "").strip();
            if (!url.isEmpty()) {
                String direct = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
                Optional<ProxyAddress> address = ProxyAddress.of(url);
                address.ifPresent(
                        proxy -> rules.add(new Rule(scheme, new HttpProxy(proxy, name), ProxyExemptions.list(direct))));
                if (address.isEmpty()) {
                    unusable.add(name + " names no HTTP proxy such as http://proxy.example:3128");
                }
                return;
            }
        }
    }

    /** @return the proxy for a request; empty when it goes directly */
    Optional<HttpProxy> of(URI uri) {
        return rules.stream()
                .filter(rule -> rule.scheme() == null || rule.scheme().equalsIgnoreCase(uri.getScheme()))
                .findFirst()
                .filter(rule -> !rule.direct().hold(uri))
                .map(Rule::proxy);
    }

    /** @return the proxy at this address */
    Optional<HttpProxy> at(String host, int port) {
        return rules.stream()
                .map(Rule::proxy)
                .filter(proxy -> proxy.address().host().equalsIgnoreCase(host)
                        && proxy.address().port() == port)
                .findFirst();
    }

    /** @return all proxies, for people */
    List<String> texts() {
        return rules.stream().map(rule -> rule.proxy().text()).distinct().toList();
    }

    /** @return invalid proxies, for people */
    List<String> unusable() {
        return unusable;
    }

    @Override
    public List<Proxy> select(URI uri) {
        return List.of(of(uri).map(HttpProxy::asProxy).orElse(Proxy.NO_PROXY));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The caller reports the failure.
    }

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
}
