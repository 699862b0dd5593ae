package io.threadpost.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.apache.camel.util.FileUtil;

/** A Dovecot of its own, where one is installed: a real IMAP server, whose mails are files in a Maildir. */
public final class DovecotServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/dovecot");
    public static final String USER = "hotel@hotel.example";
    public static final String PASSWORD = "secret-of-the-mailbox";

    private final AtomicLong delivered = new AtomicLong();
    private final Path home;
    private final int port = freePort();
    private final Path config;
    private Process process;

    /** Whether it can be started here. It needs to be root, to serve a user. */
    public static boolean installed() {
        return Files.isExecutable(PROGRAM) && System.getProperty("user.name").equals("root");
    }

    public DovecotServer() {
        try {
            home = Files.createTempDirectory("dovecot-");
            Runtime.getRuntime()
                    .exec(new String[] {"chmod", "755", home.toString()})
                    .waitFor();
            config = Files.writeString(home.resolve("dovecot.conf"), configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        start();
    }

    private String configuration() {
        return """
                base_dir = HOME/run
                state_dir = HOME/state
                log_path = HOME/log
                protocols = imap
                listen = 127.0.0.1
                ssl = no
                disable_plaintext_auth = no
                first_valid_uid = 1
                mail_location = maildir:HOME/mail
                default_login_user = dovenull
                default_internal_user = dovecot
                service imap-login {
                  chroot =
                  inet_listener imap {
                    port = PORT
                  }
                  inet_listener imaps {
                    port = 0
                  }
                }
                service anvil {
                  chroot =
                }
                passdb {
                  driver = static
                  args = password=PASSWORD
                }
                userdb {
                  driver = static
                  args = uid=dovecot gid=dovecot home=HOME/home
                }
                namespace inbox {
                  inbox = yes
                  separator = /
                }
                """
                .replace("HOME", home.toString())
                .replace("PORT", String.valueOf(port))
                .replace("PASSWORD", PASSWORD);
    }

    public void start() {
        try {
            for (String folder : List.of("mail/new", "mail/cur", "mail/tmp", "home", "state")) {
                Files.createDirectories(home.resolve(folder));
            }
            own();
            process = new ProcessBuilder(PROGRAM.toString(), "-F", "-c", config.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(home.resolve("out").toFile())
                    .start();
            Patience.await("dovecot").until(this::answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        // Those that serve somebody would go on for a while.
        var serving = process.descendants().toList();
        process.destroy();
        serving.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return port;
    }

    /** What it logged. */
    public String log() {
        try {
            return Files.readString(home.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays a mail into the mailbox as a delivery does. */
    public void deliver(byte[] mail, Instant received) {
        try {
            String name = received.getEpochSecond() + ".M" + delivered.incrementAndGet() + ".test";
            Path file = Files.write(home.resolve("mail/tmp").resolve(name), mail);
            Files.setLastModifiedTime(file, FileTime.from(received));
            own(file);
            Files.move(file, home.resolve("mail/new").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers all mails of the mailbox anew. */
    public void renumber() {
        stop();
        try (Stream<Path> files = Files.list(home.resolve("mail"))) {
            files.filter(file -> file.getFileName().toString().startsWith("dovecot"))
                    .map(Path::toFile)
                    .forEach(FileUtil::deleteFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    /**
     * @param folder such as {@code Done}; empty for the mailbox itself @return names of its files, flags behind the
     *     comma
     */
    public List<String> files(String folder) {
        Path maildir = folder.isEmpty() ? home.resolve("mail") : home.resolve("mail/." + folder);
        return Stream.of("new", "cur")
                .map(maildir::resolve)
                .filter(Files::isDirectory)
                .flatMap(DovecotServer::list)
                .map(file -> file.getFileName().toString())
                .sorted()
                .toList();
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Marks all mails of the mailbox, such as {@code T} for deleted. */
    public void mark(String flags) {
        for (String name : files("")) {
            Path maildir = home.resolve("mail");
            Path file = Stream.of("new", "cur")
                    .map(part -> maildir.resolve(part).resolve(name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            try {
                Files.move(file, maildir.resolve("cur").resolve(name.replaceFirst(":2,.*", "") + ":2," + flags));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.getInputStream().read() == '*';
        } catch (IOException e) {
            return false;
        }
    }

    private void own() {
        own(home.resolve("mail"));
        own(home.resolve("home"));
    }

    private static void own(Path path) {
        try {
            new ProcessBuilder("chown", "-R", "dovecot:dovecot", path.toString())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(FileUtil::deleteFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
