package io.threadpost.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.SSLException;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.settings.NetworkSettings;
import io.threadpost.testing.FtpsServer;
import io.threadpost.testing.ServerCertificate;

/** Who gets files and password by {@code ftps:}. */
class VerifyingFtpsTest {
    private static final String PASSWORD = "pa$s&w+rd";

    @TempDir
    Path folder;

    private void send(FtpsServer server, Optional<Path> authorities) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addComponent(
                    "ftps", new VerifyingFtps(new HttpAccess(new NetworkSettings(Optional.empty(), "", authorities))));
            camel.start();
            camel.createProducerTemplate()
                    .sendBodyAndHeaders(
                            "ftps:127.0.0.1:" + server.port() + "/in?username=hotel&password=RAW(" + PASSWORD
                                    + ")&passiveMode=true&tempFileName=${file:onlyname}.part&fileExist=Ignore"
                                    + "&maximumReconnectAttempts=0",
                            "a,b",
                            Map.of("CamelFileName", "batch-1.csv"));
        }
    }

    private FtpsServer server(String names) throws Exception {
        ServerCertificate certificate = new ServerCertificate(folder.resolve("server.p12"), names);
        Files.writeString(folder.resolve("authority.pem"), certificate.pem());
        return new FtpsServer(certificate, PASSWORD);
    }

    @Test
    void aServerWhoseAuthorityIsTrustedGetsTheFile() throws Exception {
        try (FtpsServer server = server("ip:127.0.0.1")) {
            send(server, Optional.of(folder.resolve("authority.pem")));
            send(server, Optional.of(folder.resolve("authority.pem")));

            assertThat(server.files()).containsExactly(Map.entry("batch-1.csv", "a,b"));
            assertThat(server.commands())
                    .containsOnlyOnce("STOR batch-1.csv.part")
                    .contains("PROT P");
        }
    }

    @Test
    void aServerWithAnyCertificateDoesNot() throws Exception {
        try (FtpsServer server = server("ip:127.0.0.1")) {
            assertThatThrownBy(() -> send(server, Optional.empty()))
                    .hasStackTraceContaining(SSLException.class.getPackageName());
            assertThat(server.commands()).allMatch(command -> command.startsWith("AUTH"));
        }
    }

    @Test
    void norDoesOneWithTheCertificateOfAnother() throws Exception {
        try (FtpsServer server = server("dns:other.example")) {
            assertThatThrownBy(() -> send(server, Optional.of(folder.resolve("authority.pem"))))
                    .hasStackTraceContaining(SSLException.class.getPackageName());
            assertThat(server.commands()).allMatch(command -> command.startsWith("AUTH"));
        }
    }
}
