package io.threadpost.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.network.Proxies.HttpProxy;
import io.threadpost.settings.NetworkSettings;
import io.threadpost.settings.ProxyAddress;

/** Which proxy a request goes through, and who says so. */
class ProxiesTest {
    private static final NetworkSettings NONE = new NetworkSettings(Optional.empty(), "", Optional.empty());
    private static final URI PLATFORM = URI.create("https://api.mews.com/api");

    @Test
    void settingComesBeforeSystemPropertiesAndThoseBeforeTheEnvironment() {
        NetworkSettings setting = new NetworkSettings(ProxyAddress.of("http://set:1"), "crm.example", Optional.empty());
        Properties system = properties("https.proxyHost=property", "https.proxyPort=2");
        Map<String, String> environment = Map.of("HTTPS_PROXY", "http://variable:3");

        assertThat(text(new Proxies(setting, system, environment), PLATFORM))
                .isEqualTo("the proxy set:1 (threadpost.network.proxy)");
        assertThat(text(new Proxies(setting, system, environment), URI.create("http://north.crm.example")))
                .isEmpty();
        assertThat(text(new Proxies(NONE, system, environment), PLATFORM))
                .isEqualTo("the proxy property:2 (-Dhttps.proxyHost)");
        assertThat(text(new Proxies(NONE, new Properties(), environment), PLATFORM))
                .isEqualTo("the proxy variable:3 (HTTPS_PROXY)");
        assertThat(text(new Proxies(NONE, new Properties(), Map.of()), PLATFORM))
                .isEmpty();
    }

    @Test
    void eachSchemeHasItsOwn() {
        Proxies variables = new Proxies(
                NONE,
                new Properties(),
                Map.of("https_proxy", "secure:1", "HTTP_PROXY", "http://plain:2", "HTTPS_PROXY", "other:3"));
        assertThat(text(variables, PLATFORM)).isEqualTo("the proxy secure:1 (https_proxy)");
        assertThat(text(variables, URI.create("http://crm.example"))).isEqualTo("the proxy plain:2 (HTTP_PROXY)");

        Proxies properties = new Proxies(NONE, properties("http.proxyHost=plain"), Map.of("HTTPS_PROXY", "x:1"));
        assertThat(text(properties, PLATFORM)).isEmpty();
        assertThat(text(properties, URI.create("http://crm.example")))
                .isEqualTo("the proxy plain:80 (-Dhttp.proxyHost)");
    }

    @Test
    void whatIsNoHttpProxyIsLeftAsideAndSaid() {
        Proxies proxies = new Proxies(
                NONE, new Properties(), Map.of("HTTPS_PROXY", "socks5://proxy:1080", "HTTP_PROXY", "http://u:p@:80"));

        assertThat(proxies.of(PLATFORM)).isEmpty();
        assertThat(proxies.unusable())
                .containsExactly(
                        "HTTPS_PROXY names no HTTP proxy such as http://proxy.example:3128",
                        "HTTP_PROXY names no HTTP proxy such as http://proxy.example:3128");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://proxy.example:3128             | proxy.example | 3128 |      |
                    proxy.example                         | proxy.example | 80   |      |
                    HTTPS://proxy.example:443/            | proxy.example | 443  |      |
                    http://me:pa%24s%40s%2Fw%20+@[::1]:81 | ::1           | 81   | me   | pa$s@s/w +
                    http://hotel%5Cme@proxy:1             | proxy         | 1    | hotel\\me |
                    """)
    void loginInTheUrlIsPercentEncoded(String url, String host, int port, String user, String password) {
        assertThat(ProxyAddress.of(url))
                .contains(new ProxyAddress(host, port, user == null ? "" : user, password == null ? "" : password));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    crm.example             | https://crm.example         | true
                    crm.example             | https://north.crm.example   | true
                    crm.example             | https://notcrm.example      | false
                    .crm.example            | https://north.crm.example   | true
                    *.crm.example           | https://north.crm.example   | true
                    CRM.example:8443        | https://crm.example:8443    | true
                    crm.example:8443        | https://crm.example         | false
                    crm.example:443         | https://crm.example         | true
                    a.example, crm.example  | https://crm.example         | true
                    *                       | https://crm.example         | true
                    10.0.0.0/8              | http://10.1.2.3             | true
                    10.0.0.0/8              | http://11.1.2.3             | false
                    10.0.0.0/8              | http://10.example           | false
                    192.168.1.7             | http://192.168.1.7:9000     | true
                    fd00::/8                | http://[fd12::1]            | true
                    x                       | http://localhost:8080       | true
                    x                       | http://127.0.0.1            | true
                    x                       | http://[::1]:1              | true
                    """)
    void listOfTheEnvironment(String list, URI uri, boolean direct) {
        assertThat(ProxyExemptions.list(list).hold(uri)).isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost|*.crm.example, https://north.crm.example, true",
        "localhost|*.crm.example, https://crm.example, false",
        "10.*|crm, http://10.1.2.3:80, true",
        "10.*|crm, http://CRM, true",
        "[::1], http://[::1], true",
        "'', http://localhost, false"
    })
    void listOfTheJvm(String list, URI uri, boolean direct) {
        assertThat(ProxyExemptions.patterns(list).hold(uri)).isEqualTo(direct);
    }

    private static String text(Proxies proxies, URI uri) {
        return proxies.of(uri).map(HttpProxy::text).orElse("");
    }

    private static Properties properties(String... lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            values.put(line.split("=")[0], line.split("=")[1]);
        }
        Properties properties = new Properties();
        properties.putAll(values);
        return properties;
    }
}
