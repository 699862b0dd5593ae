package io.threadpost.smtp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jboss.logging.Logger;

import io.threadpost.network.HttpAccess;
import io.threadpost.oauth.AccessTokens;
import io.threadpost.oauth.NoTokenException;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.SecretFiles;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.SmtpSettings;
import io.threadpost.settings.Tls;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.UnreachableException;

/**
 * The step {@code sendMail}: sends a complete mail to the mail server, byte for byte, for the one recipient that its
 * headers name. It returns when the server has accepted it.
 */
@Singleton
@Unremovable
@Named("sendMail")
public final class SendMail implements Processor {
    private static final Logger LOG = Logger.getLogger(SendMail.class);
    /** For a connection, and for each read and write but the acceptance of a mail. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /**
     * RFC 5321, 4.5.3.2.6: servers deliver before they answer, and a client that gives up sooner sends the mail again
     * and again.
     */
    private static final Duration ACCEPTANCE_TIMEOUT = Duration.ofMinutes(10);

    /** For a whole mail, including its transfer: 25 MB at 1 Mbit/s take 200 s. */
    private static final Duration MAIL_TIMEOUT = ACCEPTANCE_TIMEOUT.plusMinutes(5);

    private final SmtpSettings smtp;
    private final HttpAccess access;
    private final Duration timeout;
    private final Optional<AccessTokens> tokens;
    private final Supplier<String> password;

    @Inject
    SendMail(Settings settings, RunTimeSecrets secrets, HttpAccess access, SecretFiles files) {
        this(
                settings,
                Path.of(""),
                secrets,
                access,
                TIMEOUT,
                () -> files.current(
                        SettingsCatalogue.SMTP_PASSWORD, "", settings.smtp().password()));
    }

    /**
     * @param home the working directory, where a rotating refresh token is stored
     * @param timeout of everything but the acceptance of a mail
     */
    public SendMail(Settings settings, Path home, RunTimeSecrets secrets, HttpAccess access, Duration timeout) {
        this(settings, home, secrets, access, timeout, settings.smtp()::password);
    }

    private SendMail(
            Settings settings,
            Path home,
            RunTimeSecrets secrets,
            HttpAccess access,
            Duration timeout,
            Supplier<String> password) {
        this.password = password;
        this.smtp = settings.smtp();
        this.access = access;
        this.timeout = timeout;
        this.tokens = smtp.oauth()
                .map(oauth -> new AccessTokens(
                        oauth, home.resolve(settings.ledger().folder()).resolve("smtp.token"), secrets, access));
    }

    /**
     * @throws RejectedItemException when the server never accepts this mail, or never for this recipient
     * @throws io.threadpost.spool.PostponedException when the server defers this recipient
     * @throws io.threadpost.spool.TargetDownException when the server cannot be reached, or refuses for now
     */
    @Override
    public void process(Exchange exchange) {
        OutgoingMail.Envelope mail = OutgoingMail.Envelope.of(exchange.getMessage());
        exchange.setProperty(SpoolConstants.RECEIPT, "mail " + send(mail.bytes(), mail.sender(), mail.recipient()));
    }

    /**
     * Sends a complete mail.
     *
     * @param sender the envelope's sender, a plain address
     * @param recipient the envelope's recipient, one plain address
     * @return its Message-ID
     * @throws RejectedItemException when the server never accepts this mail, or never for this recipient
     * @throws io.threadpost.spool.PostponedException when the server defers this recipient
     * @throws io.threadpost.spool.TargetDownException when the server cannot be reached, or refuses for now
     */
    public String send(byte[] bytes, String sender, String recipient) {
        DeadlineSocketFactory sockets = new DeadlineSocketFactory(MAIL_TIMEOUT);
        Session session = Session.getInstance(properties(sockets));
        SMTPTransport transport =
                new PatientTransport(session, new URLName("smtp", smtp.host(), smtp.port(), null, null, null), sockets);
        Duration age = Duration.ZERO;
        try {
            SMTPMessage mail = new SMTPMessage(session, new ByteArrayInputStream(bytes));
            mail.setEnvelopeFrom(sender);
            age = age(mail);
            connect(transport);
            transport.sendMessage(mail, new Address[] {new InternetAddress(recipient)});
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new SmtpFailure(e).toException(server(), age);
        } finally {
            close(transport);
        }
    }

    /** Since its own Date header, which never changes. */
    private static Duration age(SMTPMessage mail) throws MessagingException {
        Date made = mail.getSentDate();
        return made == null ? Duration.ZERO : Duration.between(made.toInstant(), Instant.now());
    }

    private void connect(SMTPTransport transport) {
        boolean login = !smtp.username().isEmpty();
        // Fetched first, so that no open connection waits for it.
        String secret = tokens.map(this::token).orElseGet(password);
        try {
            transport.connect(smtp.host(), smtp.port(), login ? smtp.username() : null, login ? secret : null);
        } catch (AuthenticationFailedException e) {
            tokens.ifPresent(known -> known.refused(secret));
            throw new SmtpFailure(e).toUnreachable(server());
        } catch (MessagingException e) {
            throw new SmtpFailure(e).toUnreachable(server());
        }
        // The client continues without a login, and the server then refuses recipients as for a stranger.
        if (login && !transport.supportsExtension("AUTH") && !transport.supportsExtension("AUTH=LOGIN")) {
            throw new UnreachableException(
                    "mail server " + server()
                            + ": it offers no login, and threadpost.smtp.username is set; many do only"
                            + " with threadpost.smtp.tls=starttls",
                    null);
        }
    }

    private String token(AccessTokens known) {
        try {
            return known.current();
        } catch (NoTokenException e) {
            throw new UnreachableException("mail server " + server() + ": " + e.getMessage(), e);
        }
    }

    private String server() {
        return smtp.host() + ":" + smtp.port();
    }

    /**
     * Waits for most responses of the server as long as for any command, and far longer for the acceptance of the mail.
     */
    private static final class PatientTransport extends SMTPTransport {
        private final DeadlineSocketFactory sockets;

        PatientTransport(Session session, URLName server, DeadlineSocketFactory sockets) {
            super(session, server);
            this.sockets = sockets;
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            sockets.readTimeout(ACCEPTANCE_TIMEOUT);
            super.finishData();
        }
    }

    private Properties properties(DeadlineSocketFactory sockets) {
        Properties properties = new Properties();
        String millis = String.valueOf(timeout.toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", millis);
        properties.setProperty("mail.smtp.timeout", millis);
        properties.setProperty("mail.smtp.writetimeout", millis);
        properties.put("mail.smtp.socketFactory", sockets);
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        properties.setProperty("mail.smtp.auth", String.valueOf(!smtp.username().isEmpty()));
        properties.setProperty("mail.smtp.starttls.enable", String.valueOf(smtp.tls() == Tls.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", String.valueOf(smtp.tls() == Tls.STARTTLS));
        properties.setProperty("mail.smtp.ssl.enable", String.valueOf(smtp.tls() == Tls.TLS));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        if (tokens.isPresent()) {
            properties.setProperty("mail.smtp.auth.mechanisms", "XOAUTH2");
        }
        access.trust()
                .ifPresent(trust -> properties.put(
                        "mail.smtp.ssl.socketFactory", new DeadlineSocketFactory.TrustedSockets(sockets, trust)));
        // After the server has accepted the mail, nothing else matters.
        properties.setProperty("mail.smtp.quitwait", "false");
        return properties;
    }

    private static void close(SMTPTransport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debugf("closing the connection to the mail server: %s", e.getMessage());
        }
    }
}
