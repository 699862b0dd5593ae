package io.threadpost.testing;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** A partner's SFTP server, on a port that it keeps when it is stopped and started. */
public final class SftpServer implements AutoCloseable {
    private final Path folder;
    private final String username;
    private final String password;
    private final List<String> renamed = new CopyOnWriteArrayList<>();
    private final AtomicInteger logins = new AtomicInteger();
    private volatile int brokenWrites;
    private KeyPair hostKey = key();
    private SshServer server;
    private int port;

    /** @param folder what its user sees */
    public SftpServer(Path folder, String username, String password) {
        this.folder = folder;
        this.username = username;
        this.password = password;
    }

    public SftpServer start() throws IOException {
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(port);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, secret, session) -> {
            logins.incrementAndGet();
            return user.equals(username) && secret.equals(password);
        });
        server.setFileSystemFactory(new VirtualFileSystemFactory(folder));
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.addSftpEventListener(new Listener());
        server.setSubsystemFactories(List.of(sftp));
        server.start();
        port = server.getPort();
        return this;
    }

    public void stop() throws IOException {
        server.stop(true);
    }

    /** Has another key from its next start on, as another machine would. */
    public SftpServer withAnotherHostKey() {
        hostKey = key();
        return this;
    }

    /** Closes the connection in the middle of the next files. */
    public void breakWrites(int files) {
        brokenWrites = files;
    }

    public int port() {
        return port;
    }

    /** @return how often somebody tried a password */
    public int logins() {
        return logins.get();
    }

    /** @return a line of a file of known hosts */
    public String knownHost() {
        return "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(hostKey.getPublic()) + "\n";
    }

    /** @return final names of what was renamed, in order */
    public List<String> renamed() {
        return renamed;
    }

    public List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Listener implements SftpEventListener {
        @Override
        public void writing(
                ServerSession session, String remote, FileHandle file, long offset, byte[] data, int from, int length)
                throws IOException {
            if (brokenWrites > 0) {
                brokenWrites--;
                session.close(true);
                throw new IOException("closed");
            }
        }

        @Override
        public void moved(ServerSession session, Path from, Path to, Collection<CopyOption> options, Throwable thrown) {
            if (thrown == null) {
                renamed.add(to.getFileName().toString());
            }
        }
    }
}
