package io.threadpost.network;

import java.net.ConnectException;

/** The proxy refuses a request; the server behind it did not receive it. */
final class ProxyRefusedException extends ConnectException {
    private static final long serialVersionUID = 1;

    ProxyRefusedException(String message) {
        super(message);
    }
}
