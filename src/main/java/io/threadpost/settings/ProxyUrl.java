package io.threadpost.settings;

import java.util.Locale;

/** Where the HTTP proxy is. It may hold a login. */
record ProxyUrl() implements ValueType<ProxyAddress> {
    @Override
    public ProxyAddress parse(String text) throws InvalidSettingValue {
        boolean http = !text.contains("://") || text.toLowerCase(Locale.ROOT).startsWith("http://");
        // Not quoted: it may hold a password.
        return ProxyAddress.of(text)
                .filter(address -> http)
                .orElseThrow(() -> new InvalidSettingValue("is not the URL of an HTTP proxy; write " + form()
                        + ", with special characters of user and password percent-encoded"));
    }

    @Override
    public String form() {
        return "http://HOST:PORT or http://USER:PASSWORD@HOST:PORT";
    }
}
