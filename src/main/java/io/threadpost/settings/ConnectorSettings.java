package io.threadpost.settings;

import java.net.URI;
import java.time.Duration;

/**
 * The platform's API and how to call it.
 *
 * @param address scheme, host and port of the platform; no path
 * @param clientToken the integration's secret
 * @param client name and version that the platform sees
 * @param limitRequests requests an access token may make within {@code limitWindow}
 * @param limitWindow length of the sliding window of {@code limitRequests}
 * @param connectTimeout the longest wait for a connection
 * @param responseTimeout the longest wait for an answer
 */
public record ConnectorSettings(
        URI address,
        String clientToken,
        String client,
        int limitRequests,
        Duration limitWindow,
        Duration connectTimeout,
        Duration responseTimeout) {

    static ConnectorSettings of(SettingValues values) {
        return new ConnectorSettings(
                values.get(SettingsCatalogue.CONNECTOR_ADDRESS),
                values.get(SettingsCatalogue.CONNECTOR_CLIENT_TOKEN),
                values.get(SettingsCatalogue.CONNECTOR_CLIENT),
                values.get(SettingsCatalogue.CONNECTOR_LIMIT_REQUESTS),
                values.get(SettingsCatalogue.CONNECTOR_LIMIT_WINDOW),
                values.get(SettingsCatalogue.CONNECTOR_CONNECT_TIMEOUT),
                values.get(SettingsCatalogue.CONNECTOR_RESPONSE_TIMEOUT));
    }

    /** Without the client token. */
    @Override
    public String toString() {
        return "ConnectorSettings[address=" + address + ", clientToken=***, client=" + client + ", limitRequests="
                + limitRequests + ", limitWindow=" + limitWindow + ", connectTimeout=" + connectTimeout
                + ", responseTimeout=" + responseTimeout + "]";
    }
}
