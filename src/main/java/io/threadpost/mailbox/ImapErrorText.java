package io.threadpost.mailbox;

import java.net.SocketTimeoutException;

import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;

import io.threadpost.retry.ConnectionFailureReason;
import io.threadpost.retry.FailureReason;

/** The text of an IMAP failure for people: the server's response without tags, or the reason why there is none. */
final class ImapErrorText {
    private ImapErrorText() {}

    static String of(ProtocolException failure) {
        Response response = failure.getResponse();
        if (response == null) {
            return of((Exception) failure);
        }
        if (response.getException() != null) {
            return of(response.getException());
        }
        // Drops the tag, keeps NO, BAD or BYE.
        return FailureReason.clean(
                response.toString().replaceFirst("^\\S+\\s+", "").replaceFirst("JavaMail Exception: ", ""));
    }

    /** @return why there is no connection */
    static String of(Exception failure) {
        return ConnectionFailureReason.cause(failure) instanceof SocketTimeoutException
                ? "the server does not answer"
                : ConnectionFailureReason.reason(failure);
    }
}
