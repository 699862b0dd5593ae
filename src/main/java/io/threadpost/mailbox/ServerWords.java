package io.threadpost.mailbox;

import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;

import io.threadpost.retry.Reason;

/** What an IMAP server said when something failed, without what is only for machines. */
final class ServerWords {
    private ServerWords() {}

    static String of(ProtocolException failure) {
        Response response = failure.getResponse();
        if (response != null && response.getException() != null) {
            return Reason.of(response.getException());
        }
        if (response == null) {
            Throwable deepest = failure;
            while (deepest.getCause() != null) {
                deepest = deepest.getCause();
            }
            return Reason.of(deepest);
        }
        // The tag goes; NO, BAD or BYE stays.
        return Reason.clean(response.toString().replaceFirst("^\\S+\\s+", "").replaceFirst("JavaMail Exception: ", ""));
    }
}
