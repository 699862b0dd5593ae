package io.threadpost.network;

import java.net.URI;
import java.util.Map;

import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.remote.FtpUtils;
import org.apache.camel.component.file.remote.FtpsComponent;
import org.apache.camel.component.file.remote.FtpsConfiguration;
import org.apache.camel.component.file.remote.FtpsEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPSClient;

/**
 * Camel's {@code ftps:}, which accepts any certificate by default: here it must be issued for the server's name by a
 * trusted authority. An endpoint with its own trust options keeps them.
 */
@Component("ftps")
public final class VerifyingFtps extends FtpsComponent {
    private final HttpAccess access;

    VerifyingFtps(HttpAccess access) {
        this.access = access;
    }

    @Override
    protected GenericFileEndpoint<FTPFile> buildFileEndpoint(
            String uri, String remaining, Map<String, Object> parameters) throws Exception {
        // Like Camel's method, with another class of endpoint.
        FtpsConfiguration configuration = new FtpsConfiguration(new URI(getBaseUri(uri)));
        FtpUtils.ensureRelativeFtpDirectory(this, configuration);
        FtpsEndpoint endpoint = new VerifyingEndpoint(uri, this, configuration);
        extractAndSetFtpClientKeyStoreParameters(parameters, endpoint);
        extractAndSetFtpClientTrustStoreParameters(parameters, endpoint);
        extractAndSetFtpClientConfigParameters(parameters, endpoint);
        extractAndSetFtpClientParameters(parameters, endpoint);
        return endpoint;
    }

    private final class VerifyingEndpoint extends FtpsEndpoint {
        VerifyingEndpoint(String uri, VerifyingFtps component, FtpsConfiguration configuration) {
            super(uri, component, configuration);
        }

        @Override
        protected FTPClient createFtpClient() throws Exception {
            FTPSClient client = (FTPSClient) super.createFtpClient();
            if (getFtpClientTrustStoreParameters() == null && getSslContextParameters() == null) {
                // Null: the JVM's authorities.
                client.setTrustManager(access.trustManager().orElse(null));
            }
            client.setEndpointCheckingEnabled(true);
            return client;
        }
    }
}
