package io.threadpost.network;

import java.net.ConnectException;

/** A proxy lets a request not through: the server behind it was not asked. */
final class ProxyRefusedException extends ConnectException {
    private static final long serialVersionUID = 1;

    ProxyRefusedException(String message) {
        super(message);
    }
}
