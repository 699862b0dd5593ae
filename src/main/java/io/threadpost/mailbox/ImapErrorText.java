package io.threadpost.mailbox;

import java.net.SocketTimeoutException;

import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;

import io.threadpost.retry.ConnectionFailureReason;
import io.threadpost.retry.FailureReason;

/**
 * What an IMAP server said when something failed, or what kept it from saying it, without what is only for machines.
 */
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
        // The tag goes; NO, BAD or BYE stays.
        return FailureReason.clean(
                response.toString().replaceFirst("^\\S+\\s+", "").replaceFirst("JavaMail Exception: ", ""));
    }

    /** Why there is no connection, or none any more. */
    static String of(Exception failure) {
        return ConnectionFailureReason.cause(failure) instanceof SocketTimeoutException
                ? "it says nothing"
                : ConnectionFailureReason.reason(failure);
    }
}
