package io.threadpost.testing;

import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.sshd.common.config.keys.KeyUtils;
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
    private volatile int lostReplies;
    private volatile HungWrite hung;
    private PublicKey userKey;
    private KeyPair hostKey = key();
    private SshServer server;
    private int port;

    /** @param folder what its user sees */
    public SftpServer(Path folder, String username, String password) {
        this.folder = folder;
        this.username = username;
        this.password = password;
    }

    /** Its user logs in by that key, too. */
    public SftpServer withUserKey(PublicKey key) {
        userKey = key;
        return this;
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
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals(username) && KeyUtils.compareKeys(key, userKey));
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

    /** Renames the next files, and closes the connection instead of the reply. */
    public void loseRenameReplies(int files) {
        lostReplies = files;
    }

    /** Writes half of what comes next, and nothing more until it is released. */
    public HungWrite hangNextWrite() {
        hung = new HungWrite();
        return hung;
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

    /** @return a new key */
    public static KeyPair key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A write that does not end. */
    public static final class HungWrite {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        public void awaitHalf() throws InterruptedException {
            begun.await();
        }

        /** Breaks it off. */
        public void release() {
            released.countDown();
        }

        private void half(FileHandle file, long offset, byte[] data, int from, int length) throws IOException {
            file.write(data, from, length / 2, offset);
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("closed");
        }
    }

    private final class Listener implements SftpEventListener {
        @Override
        public void writing(
                ServerSession session, String remote, FileHandle file, long offset, byte[] data, int from, int length)
                throws IOException {
            HungWrite write = hung;
            if (write != null) {
                hung = null;
                write.half(file, offset, data, from, length);
            }
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
                if (lostReplies > 0) {
                    lostReplies--;
                    session.close(true);
                }
            }
        }
    }
}
