package io.threadpost.mailbox;

import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.Objects;
import java.util.stream.Stream;

import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;

import io.threadpost.retry.Reason;

/** What an IMAP server said when something failed, or what kept it from saying it, without what is only for machines. */
final class ServerWords {
    private ServerWords() {}

    static String of(ProtocolException failure) {
        Response response = failure.getResponse();
        if (response == null) {
            return of((Exception) failure);
        }
        if (response.getException() != null) {
            return of(response.getException());
        }
        // The tag goes; NO, BAD or BYE stays.
        return Reason.clean(response.toString().replaceFirst("^\\S+\\s+", "").replaceFirst("JavaMail Exception: ", ""));
    }

    /** Why there is no connection, or none any more. */
    static String of(Exception failure) {
        Throwable deepest = deepest(failure);
        if (deepest instanceof SocketTimeoutException) {
            return "it says nothing";
        }
        return (certificate(failure) ? "its certificate is refused: " : "") + Reason.of(deepest);
    }

    static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    static boolean certificate(Exception failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance);
    }
}
