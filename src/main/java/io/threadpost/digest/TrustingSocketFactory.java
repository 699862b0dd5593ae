package io.threadpost.digest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Encrypts connections of {@link DeadlineSocketFactory}, and trusts the authorities that it is given. */
final class TrustingSocketFactory extends SSLSocketFactory {
    private final DeadlineSocketFactory plain;
    private final SSLSocketFactory encrypted;

    TrustingSocketFactory(DeadlineSocketFactory plain, SSLContext trust) {
        this.plain = plain;
        this.encrypted = trust.getSocketFactory();
    }

    @Override
    public Socket createSocket() {
        return plain.createSocket();
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean close) throws IOException {
        plain.made(connected);
        return encrypted.createSocket(connected, host, port, close);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return encrypted.createSocket(plain.createSocket(host, port), host, port, true);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return encrypted.createSocket(plain.createSocket(host, port, local, localPort), host, port, true);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(host.getHostAddress(), port, local, localPort);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return encrypted.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return encrypted.getSupportedCipherSuites();
    }
}
