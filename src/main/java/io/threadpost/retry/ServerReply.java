package io.threadpost.retry;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What refusals of mail servers and token servers mean: whether they are temporary, or what a person has to do.
 * Response codes of IMAP are those of RFC 5530; the rest are texts of the large providers.
 */
public enum ServerReply {
    /** Over IMAP. The first match counts: texts that say more than a code come first. */
    IMAP(
            person(
                    "user is authenticated but not connected",
                    "the login is good, but may not open this mailbox: give the application or user full access to it"
                            + " (half an hour may pass until that holds), check the scope, the licence, and that "
                            + "IMAP is on"),
            person("app(lication)?([- ]specific)?[- ]password", "make an app password, or log in by OAuth 2"),
            person("web ?login required|WEBALERT|via your web browser", "log in to the account once with a browser"),
            person(
                    "(not|yet to) enabled? (for )?IMAP|IMAP (access )?is (disabled|not enabled)|"
                            + "IMAP4? access.*(disabled|not (allowed|enabled|activated))",
                    "switch IMAP on for the mailbox"),
            person(
                    "basic auth\\w* (is )?(disabled|not supported|blocked)",
                    "passwords are switched off there; log in by OAuth 2"),
            person(
                    "plaintext (authentication|login)s? (is )?(disallowed|disabled|not (allowed|permitted))|"
                            + "must (first )?(issue|use) (a )?STARTTLS|STARTTLS (is )?required|LOGIN is disabled",
                    "the server wants encryption: set threadpost.mail.tls to tls or starttls"),
            person(
                    "(account|user) (is |has been |was )?(locked|suspended|blocked|deactivated" + "|disabled)",
                    "the account is locked there: its administrator can say why"),
            throttled(
                    "too many (\\w+ )?(connections|logins|sessions|attempts|failures)|login frequency|"
                            + "(maximum|max\\.?) "
                            + "(number of )?connections|"
                            + "connection limit|mail_max_userip_connections|throttled|bandwidth limit|rate "
                            + "limit|too many requests",
                    "other programs of this account use up its limit: close some, or set a longer "
                            + "threadpost.mail.poll"),
            passing("\\[UNAVAILABLE]|\\[INUSE]|\\[SERVERBUG]|server unavailable|temporar(y|ily)|try (it "
                    + ")?again|internal (server )?error|"
                    + "system error|server (is )?(busy|error)|service (is )?(not "
                    + "available|unavailable)|lookup failed|mailbox is locked|"
                    + "maintenance|generic failure|cannot connect to|"
                    + "connection (refused|timed out)|unreachable|not responding|system (is )?(error|busy)|"
                    + "\\[TRYCREATE] server|^BYE"),
            throttled("\\[LIMIT]", "a limit of the server is reached: close other programs of this account, or wait"),
            person(
                    "\\[OVERQUOTA]|over ?quota|quota (is |was )?exceeded|mailbox (is )?full",
                    "the mailbox is full: make room in it"),
            person("\\[EXPIRED]", "the password has expired: set a new one"),
            person("\\[AUTHORIZATIONFAILED]", "the login is good, but may not act for this user: give it that right"),
            person("\\[PRIVACYREQUIRED]", "the server wants encryption: set threadpost.mail.tls to tls or starttls"),
            person("\\[CONTACTADMIN]", "the administrator of the mail server has to look into it"),
            person("\\[CORRUPTION]", "the administrator of the mail server has to repair the mailbox"),
            person(
                    "\\[NOPERM]|permission denied",
                    "the user has no right to do that there: give it the right to the folder"),
            person(
                    "\\[NONEXISTENT]|\\[TRYCREATE]|(mailbox|folder) (does not|doesn't) exist|"
                            + "(no such|unknown) (mailbox|folder)",
                    "there is no such folder: correct the setting, or make it"),
            passing("\\[ALREADYEXISTS]"),
            person("\\[CANNOT]", "the server never does that: choose another folder, or another threadpost.mail.after"),
            person("\\[CLIENTBUG]", "the server takes the command for a mistake: report it with these words"),
            person("\\[AUTHENTICATIONFAILED]", "check the user and the password, or the application's rights")),

    /** Over SMTP, about the account and not about a mail. */
    SMTP(
            person(
                    "refuses the access token",
                    "check the application's rights and oauth.scope, and that threadpost.smtp.username is the "
                            + "account that consented"),
            person(
                    "invalid credentials for relay|unauthori[sz]ed IP( address)?|IP (address )?you're using .*not "
                            + "authorized",
                    "the provider does not know this house's address: enter it there"),
            person(
                    "relay(ing)? (access )?(is )?(denied|not (allowed|permitted)|prohibited)|"
                            + "unable to relay|client (was )?not authenticated|(must|need to) authenticate|"
                            + "(?<!AuthRequired; )authentication (is )?required|turn on SMTP authentication|"
                            + "not logged in|unauthenticated senders|"
                            + "5\\.7\\.[01] (client )?authentication (is )?required",
                    "the server wants a login: set threadpost.smtp.username, and a password or OAuth 2"),
            person(
                    "SmtpClientAuthentication is disabled for the Tenant",
                    "switch authenticated SMTP on for the tenant: Set-TransportConfig "
                            + "-SmtpClientAuthenticationDisabled $false; or for the mailbox: Set-CASMailbox"),
            person(
                    "SmtpClientAuthentication is disabled",
                    "switch authenticated SMTP on for the mailbox: Set-CASMailbox "
                            + "-SmtpClientAuthenticationDisabled $false"),
            person(
                    "5\\.7\\.30\\b|basic auth\\w*,? (is )?(disabled|not supported|blocked)",
                    "the server takes no password any more: log in by OAuth 2, with threadpost.smtp.oauth.token-url"),
            person(
                    "5\\.7\\.139\\b",
                    "passwords are blocked there, or this one is wrong: log in by OAuth 2, with "
                            + "threadpost.smtp.oauth.token-url"),
            person(
                    "5\\.7\\.57\\b",
                    "the server wants a login: set threadpost.smtp.username, and a password or OAuth 2"),
            person(
                    "5\\.7\\.60\\b|5\\.2\\.252\\b|SendAsDenied|not allowed to send as|send as this sender|"
                            + "not owned by (auth )?user|relaying disallowed as|sender (address )?(is )?not "
                            + "(allowed|authori[sz]ed)|(not authori[sz]ed|permission) to "
                            + "(send(?! (e-?mails? |messages? )?to\\b)|use .* as sender)",
                    "the login may not send as threadpost.digest.from: give it that right, or use its own address"),
            person(
                    "(address|domain|identity|signature) is (not verified|unverified|not confirmed)|"
                            + "failed the check|verified sender identity|sender signature",
                    "the provider does not know the sender: verify threadpost.digest.from or its domain there"),
            person(
                    "^(?!.*(\\b5\\.[12]\\.[12]\\b|recipient)).*(not authorized to perform|"
                            + "(account|domain|sending)( is| has been| was)? (paused|suspended|"
                            + "disabled|frozen|banned|blocked|not (yet )?(activated|allowed to send))|"
                            + "account is not (yet )?activated)",
                    "the provider lets this account send nothing: ask it why"),
            person("5\\.7\\.9\\b|app(lication)?[- ]specific password", "make an app password, or log in by OAuth 2"),
            person(
                    "5\\.7\\.14\\b|web ?login required|via your web browser",
                    "log in to the account once with a browser"),
            person(
                    "5\\.7\\.0\\b.*STARTTLS|^538\\b|5\\.7\\.11\\b",
                    "the server wants encryption: set threadpost.smtp.tls to starttls or tls"),
            throttled(
                    "5\\.4\\.5\\b|5\\.7\\.70[05]\\b|5\\.7\\.23[236]\\b|5\\.1\\.90\\b|"
                            + "(daily|hourly) (\\w+ ){0,2}(limit|quota)|"
                            + "(sending|submission|relay|rate) ?(limit|quota) ?(is |was )?(exceeded|reached)|"
                            + "credits exceeded|too many (e-?)?(mails|messages) (in|per|from|sent)|"
                            + "exceeded (the|its|your) (max\\w* |number of )?((e-?)?mails|messages)",
                    "the account has sent all that it may for now"),
            person(
                    "5\\.7\\.(50[0-9]|51[0-2]|70[89]|7[1-5][0-9])\\b|^5\\d\\d[ -]5\\.1\\.8\\b|OutboundSpam|"
                            + "blocked using|our block ?list|client host .*(rejected|blocked)",
                    "the provider has blocked this sender or this house's address: ask it why"),
            passing("temporar(y|ily) auth|^454[ -]4\\.7\\.0|unable to authenticate at present"),
            throttled(
                    "^4\\d\\d\\b.*(concurrent|too many|limit exceeded|throttl(ed|ing)|rate limit)",
                    "a limit of the server is reached"),
            person(
                    "^535\\b|5\\.7\\.[38]\\b",
                    "check the user and the password; with OAuth 2, that the application may send for this mailbox"),
            person("^530\\b", "the server wants a login: set threadpost.smtp.username"),
            person(
                    "^504[ -]5\\.7\\.4\\b|^534\\b",
                    "the server wants another kind of login: use an app password, or OAuth 2")),

    /** A token server's {@code error} and {@code error_description}. */
    OAUTH(
            passing("temporarily_unavailable|server_error|slow_down|internal_failure|backend_error|rate_limit|"
                    + "AADSTS(90033|90055|50053|50196|50201)\\b"),
            person("AADSTS7000222\\b", "the client secret has expired: make a new one"),
            person("AADSTS7000215\\b", "the client secret is wrong: set its value, not its id"),
            person(
                    "AADSTS700016\\b",
                    "no application with this client id is in that tenant: check oauth.client-id and the token URL"),
            person("AADSTS(50034|50057)\\b", "the account does not exist there, or is disabled"),
            person(
                    "AADSTS(7000112|7000229)\\b|(deleted|disabled)_client",
                    "the application is deleted or disabled there, or no administrator has allowed it"),
            person("AADSTS(90002|900023|50049)\\b", "there is no such tenant: check oauth.token-url"),
            person("AADSTS(70011|1002012|28003|500011)\\b|invalid_scope", "check oauth.scope"),
            person(
                    "AADSTS(65001|50076|50079|5300[0-4]|50105|90094)\\b|consent_required|interaction_required|"
                            + "access_denied|"
                            + "admin_policy_enforced|org_internal",
                    "a person has to consent, or an administrator to allow it"),
            person("invalid_grant", "the refresh token has ended or was revoked: consent again, and set the new one"),
            person("invalid_client", "check oauth.client-id and oauth.client-secret; the secret may have expired"),
            person("unauthorized_client", "the application may not log in like this: check its rights and its type"),
            person("unsupported_grant_type|invalid_request", "check oauth.token-url, oauth.scope and oauth.client-id"));

    private final List<Meaning> meanings;

    ServerReply(Meaning... meanings) {
        this.meanings = List.of(meanings);
    }

    /** Whether it is temporary, and when to retry. */
    public enum Kind {
        /** Temporary, and over soon. */
        PASSING,
        /** Temporary, and over when requests are fewer. */
        THROTTLED,
        /** A person has to act. */
        PERSON
    }

    /**
     * The meaning of a refusal.
     *
     * @param words a pattern of its text
     * @param advice what to do; empty when waiting is enough
     */
    public record Meaning(Pattern words, Kind kind, String advice) {
        /** @return the line with the advice appended */
        public String behind(String line) {
            return advice.isEmpty() ? line : line + "; " + advice;
        }
    }

    /** @return the meaning of a text; empty when unknown */
    public Optional<Meaning> meaning(String words) {
        return meanings.stream()
                .filter(meaning -> meaning.words().matcher(words).find())
                .findFirst();
    }

    private static Meaning passing(String words) {
        return new Meaning(pattern(words), Kind.PASSING, "");
    }

    private static Meaning throttled(String words, String advice) {
        return new Meaning(pattern(words), Kind.THROTTLED, advice);
    }

    private static Meaning person(String words, String advice) {
        return new Meaning(pattern(words), Kind.PERSON, advice);
    }

    private static Pattern pattern(String words) {
        return Pattern.compile(words, Pattern.CASE_INSENSITIVE);
    }
}
