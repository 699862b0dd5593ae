package io.threadpost.retry;

import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.stream.Stream;

import javax.net.ssl.SSLPeerUnverifiedException;

/** Why there is no connection to a server, or no longer: clients report it only at the end of a chain of causes. */
public final class ConnectionFailureReason {
    /** Causes can form a loop. */
    private static final int LONGEST = 50;

    private ConnectionFailureReason() {}

    /** @return one line, as {@link FailureReason}'s, of the first cause; with a note when the certificate is refused */
    public static String reason(Throwable failure) {
        return (certificate(failure) ? "its certificate is refused: " : "") + FailureReason.of(cause(failure));
    }

    /** @return the first cause */
    public static Throwable cause(Throwable failure) {
        return chain(failure).reduce((before, next) -> next).orElse(failure);
    }

    /** @return whether the server's certificate is not trusted, or not for its host */
    public static boolean certificate(Throwable failure) {
        return chain(failure)
                .anyMatch(
                        cause -> cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException);
    }

    private static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST);
    }
}
