package io.threadpost.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * A mail server that answers as it is told: what a real one says now and then, at will. Speaks SMTP as far as it is
 * needed.
 */
public final class ScriptedMailServer implements AutoCloseable {
    private final Semaphore delivered = new Semaphore(1);
    private final ServerCertificate certificate;
    private final boolean atOnce;
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<String> inClear = new CopyOnWriteArrayList<>();

    /**
     * A mail that it took.
     *
     * @param sender of the envelope
     * @param recipient of the envelope
     * @param text byte for byte, in Latin-1
     */
    public record Taken(String sender, String recipient, String text) {}

    public ScriptedMailServer() {
        this(null, false);
    }

    /**
     * @param certificate what it shows when a session is encrypted; null: none is
     * @param atOnce whether sessions are encrypted from the first byte on; else by STARTTLS
     */
    public ScriptedMailServer(ServerCertificate certificate, boolean atOnce) {
        this.certificate = certificate;
        this.atOnce = atOnce;
        try {
            door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /**
     * From now on, this is the answer to a command.
     *
     * @param command the beginning of it, such as {@code RCPT TO:<guest@}, or {@code BODY} for the end of a mail
     * @param answer such as {@code 550 no such user}; {@code hang up} for none; empty for the usual one
     */
    public void answer(String command, String answer) {
        if (answer.isEmpty()) {
            answers.remove(command);
        } else {
            answers.put(command, answer);
        }
    }

    /** Until they are {@linkplain #deliver delivered}, mails it took are not answered for. */
    public void hold() {
        delivered.acquireUninterruptibly();
    }

    public void deliver() {
        delivered.release();
    }

    public int port() {
        return door.getLocalPort();
    }

    /** @return what it took, whether or not it said so */
    public List<Taken> taken() {
        return taken;
    }

    /** @return the commands it was given, in order */
    public List<String> commands() {
        return said;
    }

    /** @return those of the commands that were given in clear */
    public List<String> commandsInClear() {
        return inClear;
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                open.add(socket);
                daemon(() -> serve(socket, atOnce));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket plain, boolean encrypted) {
        try (Socket socket = encrypted ? certificate.encrypt(plain) : plain;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String sender = "";
            String recipient = "";
            // After STARTTLS the other side speaks first.
            if (!encrypted || atOnce) {
                say(socket, given("HELLO", "220 here"));
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                said.add(line);
                if (!encrypted) {
                    inClear.add(line);
                }
                if (line.equals("STARTTLS") && certificate != null) {
                    say(socket, "220 go on");
                    serve(socket, true);
                    return;
                }
                if (line.startsWith("MAIL FROM:")) {
                    sender = address(line);
                } else if (line.startsWith("RCPT TO:")) {
                    recipient = address(line);
                }
                String answer = given(line, line.startsWith("DATA") ? "354 go on" : "250 fine");
                say(socket, answer);
                if (line.startsWith("DATA") && answer.startsWith("354")) {
                    taken.add(new Taken(sender, recipient, body(in)));
                    delivered.acquireUninterruptibly();
                    delivered.release();
                    say(socket, given("BODY", "250 taken"));
                } else if (line.startsWith("QUIT")) {
                    return;
                }
            }
        } catch (IOException e) {
            // the other side, or this one, hung up
        }
    }

    private static String body(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return text.toString();
    }

    private String given(String command, String usual) {
        return answers.entrySet().stream()
                .filter(answer -> command.startsWith(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(usual);
    }

    private static void say(Socket socket, String answer) throws IOException {
        if (answer.equals("hang up")) {
            throw new IOException(answer);
        }
        socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String address(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-mail-server");
        thread.setDaemon(true);
        thread.start();
    }
}
