package io.threadpost.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** A PEM file of certificates. */
public record CertificateFile(Path path) {

    /** @throws IOException when it cannot be read or has none; the message is for people */
    public List<X509Certificate> certificates() throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(path);
            List<X509Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (certificates.isEmpty()) {
                throw new CertificateException("none");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException("`" + path + "` holds no certificates; write them in PEM, with BEGIN CERTIFICATE", e);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file `" + path + "`; create it, or name another", e);
        }
    }
}
