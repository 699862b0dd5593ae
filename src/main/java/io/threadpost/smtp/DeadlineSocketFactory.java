package io.threadpost.smtp;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * Creates connections with a deadline. A client's own timeouts apply to a single read or write, and a server that sends
 * a byte at a time never exceeds them.
 */
final class DeadlineSocketFactory extends SocketFactory {
    private final Duration limit;
    private Socket last;

    /** @param limit of each connection, from its creation on */
    DeadlineSocketFactory(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Socket createSocket() {
        last = new DeadlineSocket(limit);
        return last;
    }

    /** Makes a connection that was created elsewhere the last one; it has no deadline. */
    void adopt(Socket socket) {
        last = socket;
    }

    /** Sets the read timeout of the last connection. */
    void readTimeout(Duration read) throws SocketException {
        last.setSoTimeout(Math.toIntExact(read.toMillis()));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return createSocket(host, port, null, 0);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        Socket socket = createSocket();
        socket.bind(new InetSocketAddress(local, localPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    private static final class DeadlineSocket extends Socket {
        private final Duration limit;
        private final long created = System.nanoTime();

        DeadlineSocket(Duration limit) {
            this.limit = limit;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    checkDeadline();
                    return in.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    checkDeadline();
                    return in.read(bytes, offset, length);
                }
            };
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int oneByte) throws IOException {
                    checkDeadline();
                    out.write(oneByte);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    checkDeadline();
                    out.write(bytes, offset, length);
                }
            };
        }

        private void checkDeadline() throws SocketTimeoutException {
            if (System.nanoTime() - created > limit.toNanos()) {
                throw new SocketTimeoutException("not done after " + limit.toSeconds() + " s");
            }
        }
    }

    /** Encrypts connections of a {@link DeadlineSocketFactory}, and trusts the given authorities. */
    static final class TrustedSockets extends SSLSocketFactory {
        private final DeadlineSocketFactory plain;
        private final SSLSocketFactory encrypted;

        TrustedSockets(DeadlineSocketFactory plain, SSLContext trust) {
            this.plain = plain;
            this.encrypted = trust.getSocketFactory();
        }

        @Override
        public Socket createSocket() {
            return plain.createSocket();
        }

        @Override
        public Socket createSocket(Socket connected, String host, int port, boolean close) throws IOException {
            plain.adopt(connected);
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
}
