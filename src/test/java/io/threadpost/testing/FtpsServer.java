package io.threadpost.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of an FTP server as a client needs that uploads files: with {@code AUTH TLS}, passive, and one folder only.
 */
public final class FtpsServer implements AutoCloseable {
    private final ServerSocket server;
    private final ServerCertificate certificate;
    private final String password;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final Map<String, String> files = new ConcurrentHashMap<>();

    public FtpsServer(ServerCertificate certificate, String password) throws IOException {
        this.certificate = certificate;
        this.password = password;
        server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    threads.execute(() -> serve(client));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    public int port() {
        return server.getLocalPort();
    }

    /** @return what it was told, in order */
    public List<String> commands() {
        return commands;
    }

    /** @return content by name */
    public Map<String, String> files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void serve(Socket client) {
        try (client) {
            Session session = new Session(client);
            session.answer("220 ready");
            for (String line = session.in.readLine(); line != null; line = session.in.readLine()) {
                commands.add(line);
                session.command(line);
            }
        } catch (IOException e) {
            // The client does not trust this server, or has gone.
            return;
        }
    }

    private final class Session {
        private BufferedReader in;
        private OutputStream out;
        private final Socket plain;
        private ServerSocket data;
        private String from;

        Session(Socket plain) throws IOException {
            this.plain = plain;
            use(plain);
        }

        private void use(Socket socket) throws IOException {
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            out = socket.getOutputStream();
        }

        void answer(String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        void command(String line) throws IOException {
            String[] words = line.split(" ", 2);
            String argument = words.length == 1 ? "" : words[1];
            String name = argument.substring(argument.lastIndexOf('/') + 1);
            switch (words[0]) {
                case "AUTH" -> {
                    answer("234 go on");
                    use(certificate.encrypt(plain));
                }
                case "USER" -> answer("331 password");
                case "PASS" -> answer(argument.equals(password) ? "230 in" : "530 no");
                case "SYST" -> answer("215 UNIX Type: L8");
                case "PWD" -> answer("257 \"/\"");
                case "MKD" -> answer("257 \"" + argument + "\"");
                case "FEAT" -> answer("502 none");
                case "PASV", "EPSV" -> {
                    data = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                    int port = data.getLocalPort();
                    answer(
                            words[0].equals("EPSV")
                                    ? "229 (|||" + port + "|)"
                                    : "227 (127,0,0,1," + port / 256 + "," + port % 256 + ")");
                }
                case "NLST", "LIST" -> {
                    answer("150 names");
                    try (ServerSocket passive = data;
                            Socket names = certificate.encrypt(passive.accept())) {
                        names.getOutputStream()
                                .write((String.join("\r\n", files.keySet()) + "\r\n").getBytes(StandardCharsets.UTF_8));
                    }
                    answer("226 done");
                }
                case "STOR" -> {
                    answer("150 send");
                    try (ServerSocket passive = data;
                            Socket sent = certificate.encrypt(passive.accept());
                            InputStream content = sent.getInputStream()) {
                        files.put(name, new String(content.readAllBytes(), StandardCharsets.UTF_8));
                    }
                    answer("226 done");
                }
                case "RNFR" -> {
                    from = name;
                    answer("350 to");
                }
                case "RNTO" -> {
                    files.put(name, files.remove(from));
                    answer("250 done");
                }
                case "QUIT" -> answer("221 bye");
                default -> answer("200 yes");
            }
        }
    }
}
