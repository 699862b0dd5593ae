package io.threadpost.digest;

import java.util.Set;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

import io.threadpost.retry.Reason;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.TargetDownException;
import io.threadpost.spool.UnreachableException;

/** Tells what a mail server refuses for good from what it, or the way to it, cannot do at the moment. */
final class SmtpFailure {
    /** Refusals that say nothing about the mail: commands out of order or unknown, a login or encryption that is wanted. */
    private static final Set<Integer> SERVERS_OWN = Set.of(500, 502, 503, 504, 530, 534, 535, 538);

    private final MessagingException failure;

    SmtpFailure(MessagingException failure) {
        this.failure = failure;
    }

    /** There is no connection, no encryption or no login: the server has heard of no mail yet. @param server host and port, for people */
    RuntimeException beforeTheMail(String server) {
        return new UnreachableException(reason(server), failure);
    }

    /** @param server host and port, for people */
    RuntimeException asFailureOf(String server) {
        String reason = reason(server);
        return hopeless() ? new RejectedItemException(reason) : new TargetDownException(reason, failure);
    }

    private String reason(String server) {
        return "mail server " + server + ": " + Reason.of(deepest());
    }

    /** Of the recipient or of the content; who may not send at all is told so before, and it holds for every mail. */
    private boolean hopeless() {
        for (Exception part = failure; part != null; part = next(part)) {
            if (part instanceof SMTPAddressFailedException refused) {
                return forGood(refused.getReturnCode());
            }
            if (part instanceof SMTPSenderFailedException || part instanceof AuthenticationFailedException) {
                return false;
            }
        }
        return failure instanceof SMTPSendFailedException refused && forGood(refused.getReturnCode());
    }

    private static boolean forGood(int code) {
        return code >= 500 && code < 600 && !SERVERS_OWN.contains(code);
    }

    /** The first that the server said, or what broke: the outer ones only say that there was something. */
    private Throwable deepest() {
        Throwable deepest = failure;
        for (Exception part = failure; part != null; part = next(part)) {
            deepest = part;
        }
        while (deepest.getCause() != null && deepest.getCause() != deepest) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static Exception next(Exception part) {
        return part instanceof MessagingException message ? message.getNextException() : null;
    }
}
