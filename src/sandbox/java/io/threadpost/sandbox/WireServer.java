package io.threadpost.sandbox;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * A small HTTP/1.1 server with keep-alive on loopback. The JDK's own server does not fit: it overwrites the
 * {@code Date} header, which is the platform's clock to a client, and can neither reset a connection nor be unavailable
 * and come back.
 */
final class WireServer implements AutoCloseable {
    private static final int MAX_BODY = 1024 * 1024;
    private static final int IDLE_MILLIS = 300_000;

    /** Answers one request; an IOException closes the connection without an answer. */
    interface Exchange {
        WireAnswer answer(WireRequest request) throws IOException;
    }

    private final Exchange exchange;
    private final ExecutorService workers = Executors.newCachedThreadPool(daemons());
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final InetSocketAddress address;
    private ServerSocket listener;
    private Future<?> acceptor;

    WireServer(int port, Exchange exchange) throws IOException {
        this.exchange = exchange;
        this.listener = listen(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        this.address = (InetSocketAddress) listener.getLocalSocketAddress();
    }

    int port() {
        return address.getPort();
    }

    /** While it is shut, connections are refused; open ones are reset. */
    synchronized void shut() {
        try {
            listener.close();
            // The port is free only when the accepting thread has released it.
            acceptor.get();
        } catch (IOException | ExecutionException unexpected) {
            throw new IllegalStateException("The sandbox platform cannot stop listening", unexpected);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(WireServer::reset);
    }

    /** Opens again on the same port. */
    synchronized void open() {
        try {
            if (listener.isClosed()) {
                listener = listen(address);
            }
        } catch (IOException portTaken) {
            throw new UncheckedIOException(portTaken);
        }
    }

    @Override
    public void close() {
        shut();
        workers.shutdownNow();
    }

    private ServerSocket listen(InetSocketAddress where) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(where, 256);
        acceptor = workers.submit(() -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                if (socket.isClosed()) {
                    reset(connection);
                }
                workers.execute(() -> serve(connection));
            } catch (IOException | RejectedExecutionException closing) {
                // The loop ends with the socket; anything else concerned one connection only.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            connection.setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            OutputStream out = new BufferedOutputStream(connection.getOutputStream(), 64 * 1024);
            while (exchanged(connection, in, out)) {
                // The next request of the same connection.
            }
        } catch (IOException | NumberFormatException broken) {
            // A client that disconnected or did not send HTTP: only its connection ends.
        } finally {
            connections.remove(connection);
        }
    }

    private boolean exchanged(Socket connection, InputStream in, OutputStream out) throws IOException {
        WireRequest request = WireRequest.read(in, out, MAX_BODY);
        if (request == null) {
            return false;
        }
        WireAnswer answer = exchange.answer(request);
        answer.send(out, request.keepsAlive());
        if (answer.delivery().fate() == Delivery.Fate.RESET) {
            reset(connection);
        }
        return request.keepsAlive() && answer.length() >= 0 && answer.delivery().fate() == Delivery.Fate.WHOLE;
    }

    private static void reset(Socket connection) {
        try {
            // Closing with a linger of zero sends RST instead of FIN.
            connection.setSoLinger(true, 0);
            connection.close();
        } catch (IOException alreadyGone) {
            // Closed, as intended.
        }
    }

    private static ThreadFactory daemons() {
        return work -> {
            Thread thread = new Thread(work, "sandbox-platform");
            thread.setDaemon(true);
            return thread;
        };
    }
}
