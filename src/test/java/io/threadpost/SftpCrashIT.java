package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.SftpServer;
import io.threadpost.testing.SftpServer.HungWrite;

/** The documented route to an SFTP server, with a login by key: each file is there once and whole. */
class SftpCrashIT {
    private static final int THREADS = 3;
    private static final String ROUTE =
            """
            - route:
                id: to-partner
                from:
                  uri: spool:partner
                  steps:
                    - process:
                        ref: threadsAsJson
                    - process:
                        ref: fileAsBody
                    - to:
                        uri: sftp:{{partner.server}}
                        parameters:
                          username: "RAW({{partner.username}})"
                          privateKeyFile: "{{partner.identity}}"
                          knownHostsFile: "{{partner.known-hosts}}"
                          strictHostKeyChecking: "yes"
                          tempFileName: ${file:onlyname}.part
                          fileExist: Ignore
                          maximumReconnectAttempts: 0
            """;

    @TempDir
    Path temporary;

    @Test
    void killedInMidUploadOrWithoutTheReplyToARename() throws Exception {
        Path in = Files.createDirectories(temporary.resolve("server/in")).getParent();
        Path known = temporary.resolve("known_hosts");
        KeyPair user = SftpServer.key();
        SandboxOptions options = new SandboxOptions().threads(THREADS).noLimit();
        try (SftpServer server = new SftpServer(in, "hotel", "none")
                        .withUserKey(user.getPublic())
                        .start();
                SandboxPlatform platform = SandboxPlatform.start(options);
                Installation installation = installation(platform, server, known, user)) {
            Files.writeString(known, server.knownHost());
            HungWrite write = server.hangNextWrite();
            installation.start();
            write.awaitHalf();
            installation.kill();
            write.release();

            assertThat(server.files()).singleElement().satisfies(file -> assertThat(file.toString())
                    .endsWith(".json.part"));

            server.loseRenameReplies(1);
            installation.start();
            await().until(() -> installation
                    .inLedger("SELECT COUNT(*) || ' ' || COUNT(CASE WHEN state <> 'finished' THEN 1 END)"
                            + " FROM spool_parcel WHERE spool = 'partner'")
                    .matches("[1-9]\\d* 0"));

            assertThat(server.files()).hasSize(THREADS).allSatisfy(file -> {
                assertThat(file.toString()).endsWith(".json");
                assertThat(new JsonMapper().readTree(file.toFile()).hasNonNull("Id"))
                        .isTrue();
            });
            assertThat(server.renamed()).hasSize(THREADS).doesNotHaveDuplicates();
            assertThat(server.logins()).as("passwords tried").isZero();
        }
    }

    private Installation installation(SandboxPlatform platform, SftpServer server, Path known, KeyPair user)
            throws Exception {
        Path identity = temporary.resolve("id_ecdsa");
        ByteArrayOutputStream key = new ByteArrayOutputStream();
        OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(user, "hotel", null, key);
        Files.write(identity, key.toByteArray());
        Map<String, String> settings = new HashMap<>();
        settings.put("partner.server", "127.0.0.1:" + server.port() + "/in");
        settings.put("partner.username", "hotel");
        settings.put("partner.identity", identity.toString());
        settings.put("partner.known-hosts", known.toString());
        settings.put("threadpost.spool.backoff", "100ms");
        settings.put("threadpost.spool.backoff-max", "1s");
        settings.put("threadpost.spool.lease", "5s");
        Installation installation = Installation.pulling(temporary.resolve("installation"), platform, settings)
                .edit("route-thread.camel.yaml", "uri: spool:files", "uri: spool:partner");
        Files.writeString(installation.folder().resolve("routes/to-partner.camel.yaml"), ROUTE);
        return installation;
    }
}
