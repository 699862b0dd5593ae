package io.threadpost.mailbox;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import jakarta.mail.Session;

import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.util.MailLogger;

import io.threadpost.oauth.AccessTokens;
import io.threadpost.oauth.NoTokenException;
import io.threadpost.retry.ConnectionFailureReason;
import io.threadpost.retry.ServerReply;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Tls;

/** Connects to a mailbox's server and logs in. */
final class ImapLogin {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    /** A search in a large folder takes time. */
    private static final Duration READ = Duration.ofSeconds(60);

    private final MailboxSettings mailbox;
    private final AccessTokens tokens;
    private final Supplier<String> password;
    private final Optional<SSLContext> trust;

    /**
     * @param tokens null for a login by password
     * @param password read at each login
     * @param trust empty for the JVM's own trust store
     */
    ImapLogin(MailboxSettings mailbox, AccessTokens tokens, Supplier<String> password, Optional<SSLContext> trust) {
        this.password = password;
        this.trust = trust;
        this.mailbox = mailbox;
        this.tokens = tokens;
    }

    /** @throws MailboxDownException when the server cannot be reached, or refuses the login */
    ImapConnection connect() {
        String server = mailbox.host() + ":" + mailbox.port();
        // Before connecting, so that no open connection waits for it.
        String token = tokens == null ? null : token();
        IMAPProtocol imap = open(server);
        try {
            encrypt(imap, server);
            login(imap, server, token);
            // Some servers list all capabilities only after the login.
            imap.capability();
            return new ImapConnection(imap, server);
        } catch (ProtocolException e) {
            imap.disconnect();
            throw new MailboxDownException(server + ": " + ImapErrorText.of(e), false, e);
        } catch (MailboxDownException e) {
            imap.disconnect();
            throw e;
        }
    }

    private String token() {
        try {
            return tokens.current();
        } catch (NoTokenException e) {
            throw new MailboxDownException(e.getMessage(), e.refused(), e);
        }
    }

    private IMAPProtocol open(String server) {
        Properties properties = properties();
        trust.ifPresent(context -> properties.put("mail.imap.ssl.socketFactory", context.getSocketFactory()));
        MailLogger logger = new MailLogger(getClass(), "IMAP", Session.getInstance(properties));
        try {
            return new IMAPProtocol(
                    "imap", mailbox.host(), mailbox.port(), properties, mailbox.tls() == Tls.TLS, logger);
        } catch (ProtocolException | IOException e) {
            throw new MailboxDownException(server + ": " + ImapErrorText.of(e) + hint(e), false, e);
        }
    }

    private Properties properties() {
        boolean startTls = mailbox.tls() == Tls.STARTTLS;
        Properties properties = new Properties();
        properties.setProperty("mail.imap.connectiontimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("mail.imap.timeout", String.valueOf(READ.toMillis()));
        properties.setProperty("mail.imap.writetimeout", String.valueOf(CONNECT.toMillis()));
        properties.setProperty("mail.imap.starttls.enable", String.valueOf(startTls));
        properties.setProperty("mail.imap.starttls.required", String.valueOf(startTls));
        properties.setProperty("mail.imap.ssl.checkserveridentity", "true");
        return properties;
    }

    /** A hint for a port with another kind of encryption. */
    private String hint(Exception failure) {
        Throwable deepest = ConnectionFailureReason.cause(failure);
        if (mailbox.tls() == Tls.TLS
                && deepest instanceof SSLException
                && !ConnectionFailureReason.certificate(failure)) {
            return "; is that a port for threadpost.mail.tls=tls, or should it be starttls?";
        }
        return mailbox.tls() != Tls.TLS && deepest instanceof SocketTimeoutException
                ? "; does that port expect TLS from the start, threadpost.mail.tls=tls?"
                : "";
    }

    private void encrypt(IMAPProtocol imap, String server) throws ProtocolException {
        if (mailbox.tls() != Tls.STARTTLS) {
            return;
        }
        if (!imap.hasCapability("STARTTLS")) {
            throw new MailboxDownException(
                    server + ": offers no STARTTLS; set threadpost.mail.tls to tls, and the port to 993", true, null);
        }
        imap.startTLS();
        imap.capability();
    }

    private void login(IMAPProtocol imap, String server, String token) throws ProtocolException {
        if (imap.isAuthenticated()) {
            return;
        }
        try {
            if (token != null) {
                imap.authoauth2(mailbox.username(), token);
            } else if (imap.hasCapability("AUTH=PLAIN")) {
                imap.authplain(null, mailbox.username(), password.get());
            } else if (imap.hasCapability("AUTH=LOGIN")) {
                imap.authlogin(mailbox.username(), password.get());
            } else if (!imap.hasCapability("LOGINDISABLED")) {
                imap.login(mailbox.username(), password.get());
            } else {
                throw new MailboxDownException(server + ": accepts no password without encryption", true, null);
            }
        } catch (ConnectionException e) {
            // Busy servers hang up as well: that does not mean that the password is wrong.
            throw e;
        } catch (ProtocolException e) {
            throw refusal(server, token, e);
        }
    }

    private MailboxDownException refusal(String server, String token, ProtocolException e) {
        String words = ImapErrorText.of(e);
        Optional<ServerReply.Meaning> meaning = ServerReply.IMAP.meaning(words);
        ServerReply.Kind kind = meaning.map(ServerReply.Meaning::kind).orElse(ServerReply.Kind.PERSON);
        if (kind == ServerReply.Kind.PERSON && token != null) {
            tokens.refused(token);
        }
        String line = kind == ServerReply.Kind.PERSON
                ? server + ": refuses the login of " + mailbox.username() + ": " + words
                : server + ": accepts no login at the moment: " + words;
        return new MailboxDownException(
                meaning.map(known -> known.behind(line)).orElse(line), kind != ServerReply.Kind.PASSING, e);
    }
}
