package io.threadpost.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

import io.threadpost.retry.ConnectionFailureReason;
import io.threadpost.retry.FailureReason;
import io.threadpost.retry.ServerReply;
import io.threadpost.spool.PostponedException;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.TargetDownException;
import io.threadpost.spool.UnreachableException;

/** Tells permanent refusals of a mail server from temporary failures of the server or the network. */
final class SmtpFailure {
    /** Refusals that say nothing about the mail: commands out of order or unknown, a login or encryption required. */
    private static final Set<Integer> ABOUT_THE_SESSION = Set.of(500, 502, 503, 504, 530, 534, 535, 538);

    /** XOAUTH2 refuses a token by a challenge that contains the reason. */
    private static final Pattern CHALLENGE = Pattern.compile("^334 (eyJ[A-Za-z0-9+/=]+)");

    /** The client's text for a closed connection. */
    private static final String NO_ANSWER = "[EOF]";

    /** In response to any command: the server is shutting down. */
    private static final int CLOSING = 421;

    /** All other refusals of MAIL are about the sender. */
    private static final int TOO_LARGE = 552;

    /**
     * Greylisting accepts after minutes. Otherwise RFC 5321 asks for half an hour between two tries, and four to five
     * days until the last.
     */
    private static final Duration EARLY = Duration.ofHours(1);

    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration LATER = Duration.ofMinutes(30);
    private static final Duration GIVE_UP = Duration.ofDays(5);

    private final MessagingException failure;

    SmtpFailure(MessagingException failure) {
        this.failure = failure;
    }

    /**
     * No connection, no encryption or no login: the server has not heard of the mail yet.
     *
     * @param server host and port, for people
     */
    RuntimeException toUnreachable(String server) {
        return new UnreachableException(reason(server), failure);
    }

    /**
     * @param server host and port, for people
     * @param age of the mail
     */
    RuntimeException toException(String server, Duration age) {
        String reason = reason(server);
        if (meaning().isPresent()) {
            // About the account: any other mail would be refused as well.
            return new TargetDownException(reason, failure);
        }
        if (deferred()) {
            return age.compareTo(GIVE_UP) < 0
                    ? new PostponedException(age.compareTo(EARLY) < 0 ? SOON : LATER, reason)
                    : new RejectedItemException(reason + " (for " + GIVE_UP.toDays() + " days)");
        }
        return permanent() ? new RejectedItemException(reason) : new TargetDownException(reason, failure);
    }

    private String reason(String server) {
        String response = response();
        String line = "mail server " + server + ": "
                + (response.equals(NO_ANSWER) ? "it hung up without an answer" : response);
        return meaning().map(known -> known.behind(line)).orElse(line);
    }

    private Optional<ServerReply.Meaning> meaning() {
        return ServerReply.SMTP.meaning(response());
    }

    private String response() {
        for (Exception part = failure; part != null; part = next(part)) {
            Matcher challenge = CHALLENGE.matcher(String.valueOf(part.getMessage()));
            if (challenge.find()) {
                byte[] reason = Base64.getMimeDecoder().decode(challenge.group(1));
                return "it refuses the access token: "
                        + FailureReason.clean(new String(reason, StandardCharsets.UTF_8));
            }
        }
        return ConnectionFailureReason.reason(last());
    }

    /** About the recipient or the content. A sender that may not send at all is refused earlier, and for every mail. */
    private boolean permanent() {
        for (Exception part = failure; part != null; part = next(part)) {
            if (part instanceof SMTPAddressFailedException refused) {
                return isPermanent(refused.getReturnCode());
            }
            if (part instanceof SMTPSenderFailedException || part instanceof AuthenticationFailedException) {
                return false;
            }
        }
        return failure instanceof SMTPSendFailedException refused
                && isPermanent(refused.getReturnCode())
                && !(refused.getCommand().startsWith("MAIL") && refused.getReturnCode() != TOO_LARGE);
    }

    /** A recipient that is busy, full or greylisted: servers differ in the 4xx they use. */
    private boolean deferred() {
        for (Exception part = failure; part != null; part = next(part)) {
            if (part instanceof SMTPAddressFailedException refused) {
                int code = refused.getReturnCode();
                return code >= 400 && code < 500 && code != CLOSING;
            }
        }
        return false;
    }

    private static boolean isPermanent(int code) {
        return code >= 500 && code < 600 && !ABOUT_THE_SESSION.contains(code);
    }

    /** The innermost exception has the server's response or the I/O error; the outer ones only wrap it. */
    private Exception last() {
        Exception last = failure;
        for (Exception part = failure; part != null; part = next(part)) {
            last = part;
        }
        return last;
    }

    private static Exception next(Exception part) {
        return part instanceof MessagingException message ? message.getNextException() : null;
    }
}
