package io.threadpost.network;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import io.threadpost.settings.CertificateFile;

/** Trusts the JVM's certificate authorities, and custom ones besides. */
final class Authorities {
    private final SSLContext context;
    private final TrustManager manager;

    /** @throws IllegalStateException when the file cannot be read */
    Authorities(Path file) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            List<X509Certificate> trusted = Stream.concat(jvm(), new CertificateFile(file).certificates().stream())
                    .toList();
            for (int i = 0; i < trusted.size(); i++) {
                all.setCertificateEntry("authority-" + i, trusted.get(i));
            }
            TrustManager[] managers = managers(all);
            manager = managers[0];
            context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the authorities cannot be read: " + e.getMessage(), e);
        }
    }

    SSLContext context() {
        return context;
    }

    TrustManager manager() {
        return manager;
    }

    private static Stream<X509Certificate> jvm() throws GeneralSecurityException {
        return Arrays.stream(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()));
    }

    /** @param store null for the JVM's own */
    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
