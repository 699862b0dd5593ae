package io.threadpost.retry;

import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.stream.Stream;

import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Why there is no connection to a server, or none any more: its client only says so at the end of a chain of causes.
 */
public final class ConnectionFailureReason {
    /** Causes can go round in a circle. */
    private static final int LONGEST = 50;

    private ConnectionFailureReason() {}

    /**
     * @return one line, as {@link FailureReason}'s, of the first cause; that the certificate is refused, where that is
     *     it
     */
    public static String reason(Throwable failure) {
        return (certificate(failure) ? "its certificate is refused: " : "") + FailureReason.of(cause(failure));
    }

    /** @return the first cause */
    public static Throwable cause(Throwable failure) {
        return chain(failure).reduce((before, next) -> next).orElse(failure);
    }

    /** @return whether the server showed a certificate that is not trusted, or not its own */
    public static boolean certificate(Throwable failure) {
        return chain(failure)
                .anyMatch(
                        cause -> cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST);
    }
}
