package io.threadpost.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A house's HTTP proxy: it makes tunnels, all to one port of this machine, and answers 400 to whatever is no HTTP and
 * no CONNECT.
 */
public final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Closeable> open = new CopyOnWriteArrayList<>();
    private final int target;
    private final String login;
    private volatile int refusal;

    /**
     * @param target the port that every tunnel leads to
     * @param login {@code USER:PASSWORD}, or empty for none
     */
    public ConnectProxy(int target, String login) throws IOException {
        this.target = target;
        this.login = login;
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /**
     * Refuses every tunnel from now on.
     *
     * @param status what it answers
     */
    public void refuse(int status) {
        refusal = status;
    }

    /** @return the first line of each request that was let through */
    public List<String> asked() {
        return asked;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Closeable socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            String head = head(client.getInputStream());
            OutputStream out = client.getOutputStream();
            String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            int status = !head.startsWith("CONNECT ")
                    ? 400
                    : !login.isEmpty() && !head.contains("Proxy-Authorization: Basic " + basic + "\r\n")
                            ? 407
                            : refusal;
            if (status != 0) {
                String wants = status == 407 ? "Proxy-Authenticate: Basic realm=\"house\"\r\n" : "";
                out.write(("HTTP/1.1 " + status + " No\r\n" + wants + "Content-Length: 2\r\n\r\nno")
                        .getBytes(StandardCharsets.US_ASCII));
                client.close();
                return;
            }
            asked.add(head.lines().findFirst().orElse(""));
            Socket behind = new Socket(InetAddress.getByName("127.0.0.1"), target);
            open.add(behind);
            out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> copy(behind, client));
            copy(client, behind);
        } catch (IOException e) {
            // Whoever asked has gone.
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (head.toString().endsWith("\r\n\r\n") || head.length() > 8192 || head.length() == 1 && c < ' ') {
                break;
            }
        }
        return head.toString();
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One side hung up, and so does the other.
            return;
        }
    }
}
