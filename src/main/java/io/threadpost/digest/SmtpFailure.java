package io.threadpost.digest;

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

/** Tells what a mail server refuses for good from what it, or the way to it, cannot do at the moment. */
final class SmtpFailure {
    /**
     * Refusals that say nothing about the mail: commands out of order or unknown, a login or encryption that is wanted.
     */
    private static final Set<Integer> SERVERS_OWN = Set.of(500, 502, 503, 504, 530, 534, 535, 538);

    /** XOAUTH2 refuses a token by a challenge with the reason in it. */
    private static final Pattern CHALLENGE = Pattern.compile("^334 (eyJ[A-Za-z0-9+/=]+)");

    /** In the client's own words. */
    private static final String NO_ANSWER = "[EOF]";

    /** Whatever it is an answer to: the server goes down. */
    private static final int CLOSING = 421;

    /** To MAIL, all other refusals are of the sender. */
    private static final int TOO_LARGE = 552;

    /**
     * Greylists let through after minutes. RFC 5321 wants half an hour between two tries otherwise, and four to five
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
     * There is no connection, no encryption or no login: the server has heard of no mail yet. @param server host and
     * port, for people
     */
    RuntimeException beforeTheMail(String server) {
        return new UnreachableException(reason(server), failure);
    }

    /**
     * @param server host and port, for people
     * @param age of the mail
     */
    RuntimeException asFailureOf(String server, Duration age) {
        String reason = reason(server);
        if (meaning().isPresent()) {
            // Of the account: any other mail would be refused as well.
            return new TargetDownException(reason, failure);
        }
        if (putOff()) {
            return age.compareTo(GIVE_UP) < 0
                    ? new PostponedException(age.compareTo(EARLY) < 0 ? SOON : LATER, reason)
                    : new RejectedItemException(reason + " (for " + GIVE_UP.toDays() + " days)");
        }
        return hopeless() ? new RejectedItemException(reason) : new TargetDownException(reason, failure);
    }

    private String reason(String server) {
        String said = said();
        String line = "mail server " + server + ": " + (said.equals(NO_ANSWER) ? "it hung up without an answer" : said);
        return meaning().map(known -> known.behind(line)).orElse(line);
    }

    private Optional<ServerReply.Meaning> meaning() {
        return ServerReply.SMTP.meaning(said());
    }

    private String said() {
        for (Exception part = failure; part != null; part = next(part)) {
            Matcher challenge = CHALLENGE.matcher(String.valueOf(part.getMessage()));
            if (challenge.find()) {
                byte[] words = Base64.getMimeDecoder().decode(challenge.group(1));
                return "it refuses the access token: " + FailureReason.clean(new String(words, StandardCharsets.UTF_8));
            }
        }
        return ConnectionFailureReason.reason(last());
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
        return failure instanceof SMTPSendFailedException refused
                && forGood(refused.getReturnCode())
                && !(refused.getCommand().startsWith("MAIL") && refused.getReturnCode() != TOO_LARGE);
    }

    /** A recipient that is busy, full or greylisted: servers do not agree on which 4xx says so. */
    private boolean putOff() {
        for (Exception part = failure; part != null; part = next(part)) {
            if (part instanceof SMTPAddressFailedException refused) {
                int code = refused.getReturnCode();
                return code >= 400 && code < 500 && code != CLOSING;
            }
        }
        return false;
    }

    private static boolean forGood(int code) {
        return code >= 500 && code < 600 && !SERVERS_OWN.contains(code);
    }

    /** The first that the server said, or what broke: the outer ones only say that there was something. */
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
