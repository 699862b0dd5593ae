package io.threadpost.network;

import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.annotations.Component;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.socket.ConnectionSocketFactory;
import org.apache.hc.core5.http.config.Registry;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;

/**
 * Camel's {@code http:} and {@code https:}, whose clients limit the head of an answer, and outlive an error of Java.
 */
@Component("http,https")
public class RenewableHttpClient extends HttpComponent {
    @Override
    @SuppressWarnings("deprecation") // as Camel has it
    protected HttpClientConnectionManager createConnectionManager(
            Registry<ConnectionSocketFactory> registry, int total, int perRoute, SocketConfig sockets) {
        RenewableConnections connections =
                new RenewableConnections(registry, TimeValue.ofMilliseconds(getConnectionTimeToLive()));
        int most = total > 0 ? total : getMaxTotalConnections();
        if (most > 0) {
            connections.setMaxTotal(most);
        }
        int mostPerRoute = perRoute > 0 ? perRoute : getConnectionsPerRoute();
        if (mostPerRoute > 0) {
            connections.setDefaultMaxPerRoute(mostPerRoute);
        }
        connections.setDefaultSocketConfig(sockets);
        return connections;
    }
}
