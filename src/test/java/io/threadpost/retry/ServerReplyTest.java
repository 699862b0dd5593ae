package io.threadpost.retry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of servers as they were seen, and what they mean. */
class ServerReplyTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    BAD User is authenticated but not connected.                                        | PERSON    | full access
                    NO [UNAVAILABLE] User's backend is down for maintenance                             | PASSING   |
                    NO [UNAVAILABLE] Temporary authentication failure. [mail:2026-11-27 10:00:00]       | PASSING   |
                    NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)                             | PERSON    | check the user and the password
                    NO [AUTHORIZATIONFAILED] no such authorization-ID                                   | PERSON    | act for this user
                    NO [EXPIRED] that password isn't valid any more                                     | PERSON    | set a new one
                    NO [PRIVACYREQUIRED] connection isn't adequately private                            | PERSON    | threadpost.mail.tls
                    NO [CONTACTADMIN] not today                                                         | PERSON    | administrator
                    NO [NOPERM] Access denied                                                           | PERSON    | right to the folder
                    NO [NONEXISTENT] Mailbox doesn't exist: Done                                        | PERSON    | no such folder
                    NO [ALREADYEXISTS] Mailbox already exists                                           | PASSING   |
                    NO [INUSE] Mailbox in use                                                           | PASSING   |
                    NO [CORRUPTION] Cannot open mailbox                                                 | PERSON    | repair
                    NO [SERVERBUG] This should not happen                                               | PASSING   |
                    BAD [CLIENTBUG] You have not selected                                               | PERSON    | report it
                    NO [CANNOT] Cannot create slashes                                                   | PERSON    | another folder
                    NO [LIMIT] Too many UIDs                                                            | THROTTLED | limit of the server
                    NO [OVERQUOTA] Quota exceeded (mailbox for user is full)                            | PERSON    | make room
                    NO [OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)              | THROTTLED | threadpost.mail.poll
                    NO [ALERT] Too many simultaneous connections. (Failure)                             | THROTTLED | threadpost.mail.poll
                    NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10) | THROTTLED | threadpost.mail.poll
                    NO Error: Too many connections from this IP                                         | THROTTLED | threadpost.mail.poll
                    * BYE Maximum connection limit reached                                              | THROTTLED | threadpost.mail.poll
                    BAD Request is throttled. Suggested Backoff Time: 88979 milliseconds                | THROTTLED | threadpost.mail.poll
                    NO Server Unavailable. 15                                                           | PASSING   |
                    BYE Connection is closed. 13                                                        | PASSING   |
                    NO System Error (Failure)                                                           | PASSING   |
                    NO [ALERT] Application-specific password required (Failure)                         | PERSON    | app password
                    NO [WEBALERT https://accounts.google.com/] Web login required. (Failure)            | PERSON    | with a browser
                    NO [ALERT] Your account is not enabled for IMAP use. Please visit your settings     | PERSON    | switch IMAP on
                    NO [AUTHENTICATIONFAILED] Application password is REQUIRED                          | PERSON    | app password
                    NO [ALERT] You are yet to enable IMAP for your account.                             | PERSON    | switch IMAP on
                    NO [AUTHENTICATIONFAILED] Too many login failures                                   | THROTTLED | threadpost.mail.poll
                    NO Login failed: generic failure                                                    | PASSING   |
                    NO LOGIN failed: account in maintenance mode                                        | PASSING   |
                    NO Mailbox doesn't exist: Done                                                      | PERSON    | no such folder
                    NO Quota exceeded (mailbox for user is full)                                        | PERSON    | make room
                    NO [LIMIT] LOGIN Rate limit hit.                                                    | THROTTLED | threadpost.mail.poll
                    NO [UNAVAILABLE] AUTHENTICATE Server error - Please try again later.                | PASSING   |
                    NO Please use an app-specific password                                              | PERSON    | app password
                    NO [PRIVACYREQUIRED] Plaintext authentication disallowed on non-secure connections. | PERSON    | threadpost.mail.tls
                    BAD Plaintext authentication disabled                                               | PERSON    | threadpost.mail.tls
                    NO [UNAVAILABLE] Mailbox is locked by POP server                                    | PASSING   |
                    NO LOGIN failed: account is locked                                                  | PERSON    | is locked
                    NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=x        | PERSON    | switch IMAP on
                    BYE Session expired, please login again.                                            | PASSING   |
                    """)
    void overImap(String words, ServerReply.Kind kind, String advice) {
        holds(ServerReply.IMAP, words, kind, advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    550 5.7.30 Basic authentication is not supported for Client Submission              | PERSON    | OAuth 2
                    535 5.7.139 Authentication unsuccessful, basic authentication is disabled.          | PERSON    | OAuth 2
                    535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.       | PERSON    | OAuth 2
                    535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. | PERSON | Set-TransportConfig
                    535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. | PERSON | Set-CASMailbox
                    554 5.7.1 <x@guest.example>: Relay access denied                                    | PERSON    | wants a login
                    550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain                   | PERSON    | wants a login
                    503 5.5.1 Error: need to authenticate first                                         | PERSON    | wants a login
                    553 5.7.1 <a@b.example>: Sender address rejected: not owned by user c               | PERSON    | may not send as
                    554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using dnsbl.example  | PERSON    | has blocked
                    535 5.7.3 Authentication unsuccessful [FR0P281CA0001.DEUP281.PROD.OUTLOOK.COM]      | PERSON    | check the user
                    535-5.7.8 Username and Password not accepted. For more information, go to           | PERSON    | check the user
                    530 5.7.57 Client not authenticated to send mail. [AM6P193CA0106]                   | PERSON    | wants a login
                    534-5.7.9 Application-specific password required.                                   | PERSON    | app password
                    534-5.7.14 Please log in via your web browser and then try again.                   | PERSON    | browser
                    530 5.7.0 Must issue a STARTTLS command first                                       | PERSON    | threadpost.smtp.tls
                    554 5.2.252 SendAsDenied; reception@hotel.example not allowed to send as other@hotel.example | PERSON | threadpost.digest.from
                    550 5.7.60 SMTP; Client does not have permissions to send as this sender            | PERSON    | threadpost.digest.from
                    550-5.4.5 Daily user sending limit exceeded. For more information                   | THROTTLED | for now
                    550 5.1.8 Access denied, bad outbound sender AS(42004)                              | PERSON    | blocked
                    550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.  | PERSON    | blocked
                    432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent    | THROTTLED | limit
                    454 4.7.0 Temporary authentication failure                                          | PASSING   |
                    550 5.1.1 no such user here                                                         |           |
                    554 5.7.1 spam                                                                      |           |
                    552 5.3.4 message too large                                                         |           |
                    450 4.2.0 mailbox busy                                                              |           |
                    454 4.7.1 greylisted, come again                                                    |           |
                    535 Incorrect authentication data                                                   | PERSON    | check the user
                    435 Unable to authenticate at present: cannot connect to the database               | PASSING   |
                    504 5.7.4 Unrecognized authentication type                                          | PERSON    | another kind of login
                    550 Please turn on SMTP Authentication in your mail client.                         | PERSON    | wants a login
                    550 Unauthenticated senders not allowed                                             | PERSON    | wants a login
                    550 authentication required for relay                                               | PERSON    | wants a login
                    553 5.7.1 <a@b.example>: Sender address rejected: not logged in                     | PERSON    | wants a login
                    550 Sender address is not allowed.                                                  | PERSON    | may not send as
                    550-5.7.1 Invalid credentials for relay [192.0.2.1].                                | PERSON    | enter it there
                    525 5.7.1 Unauthorized IP address                                                   | PERSON    | enter it there
                    554 Message rejected: Email address is not verified. The following identities failed | PERSON    | verify
                    550 The from address does not match a verified Sender Identity.                     | PERSON    | verify
                    421 Domain mg.hotel.example is not allowed to send: The domain is unverified        | PERSON    | verify
                    554 Access denied: User `arn:aws:x' is not authorized to perform `ses:SendRawEmail' | PERSON    | send nothing
                    554 Sending suspended for this account.                                             | PERSON    | send nothing
                    502 5.7.0 Your SMTP account is not yet activated                                    | PERSON    | send nothing
                    451 Authentication failed: Maximum credits exceeded                                 | THROTTLED | for now
                    454 Throttling failure: Maximum sending rate exceeded.                              | THROTTLED | limit
                    454 Throttling failure: Daily message quota exceeded.                               | THROTTLED | for now
                    550 5.1.90 Your message can't be sent because you've reached your daily limit       | THROTTLED | for now
                    554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException            | THROTTLED | for now
                    550 5.7.233 Your message can't be sent because your tenant exceeded its limit       | THROTTLED | for now
                    550 Domain hotel.example has exceeded the max emails per hour (150/150 (100%)) allowed. | THROTTLED | for now
                    550 5.7.1 Daily SMTP relay limit exceeded for customer.                             | THROTTLED | for now
                    552 5.2.2 mailbox is full, quota exceeded                                           |           |
                    552 5.3.4 message exceeded the maximum size limit                                   |           |
                    550 5.7.1 <x@guest.example>: Recipient address rejected: Access denied              |           |
                    550 5.1.1 The email account that you tried to reach does not exist.                 |           |
                    550 5.2.1 The email account that you tried to reach is disabled.                    |           |
                    450 4.1.1 <x@guest.example>: unverified address                                     |           |
                    554 5.7.1 rejected because of the content: too many links                           |           |
                    552 5.2.2 The recipient's inbox is out of storage space                             |           |
                    550 5.1.1 <x@guest.example> User suspended                                          |           |
                    550 5.1.1 <x@guest.example>: the account has been suspended                         |           |
                    550 5.7.1 RESOLVER.RST.AuthRequired; authentication required                         |           |
                    550 5.7.1 You do not have permission to send to this recipient                      |           |
                    550 5.7.1 You are not authorized to send messages to this group                     |           |
                    554 5.7.1 <x@guest.example>: Recipient address rejected: account suspended          |           |
                    550 You do not have permission to send from this address                            | PERSON    | may not send as
                    """)
    void overSmtp(String words, ServerReply.Kind kind, String advice) {
        holds(ServerReply.SMTP, words, kind, advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    invalid_grant Token has been expired or revoked.                                    | PERSON    | consent again
                    invalid_grant AADSTS700082: The refresh token has expired due to inactivity.        | PERSON    | consent again
                    invalid_client The OAuth client was not found.                                      | PERSON    | client-id
                    invalid_client AADSTS7000222: The provided client secret keys are expired.          | PERSON    | make a new one
                    invalid_client AADSTS7000215: Invalid client secret provided.                       | PERSON    | not its id
                    unauthorized_client AADSTS700016: Application with identifier 'x' was not found     | PERSON    | in that tenant
                    invalid_request AADSTS90002: Tenant 'x' not found.                                  | PERSON    | oauth.token-url
                    invalid_scope AADSTS70011: The provided request must include a 'scope'              | PERSON    | oauth.scope
                    interaction_required AADSTS50076: you must use multi-factor authentication          | PERSON    | consent
                    unsupported_grant_type                                                              | PERSON    | oauth.token-url
                    temporarily_unavailable AADSTS90033: A transient error has occurred.                | PASSING   |
                    server_error                                                                        | PASSING   |
                    slow_down                                                                           | PASSING   |
                    internal_failure Backend Error                                                      | PASSING   |
                    invalid_grant AADSTS50057: The user account is disabled.                            | PERSON    | is disabled
                    deleted_client The OAuth client was deleted.                                        | PERSON    | is deleted
                    """)
    void ofTokenServers(String words, ServerReply.Kind kind, String advice) {
        holds(ServerReply.OAUTH, words, kind, advice);
    }

    private static void holds(ServerReply protocol, String words, ServerReply.Kind kind, String advice) {
        if (kind == null) {
            assertThat(protocol.meaning(words)).isEmpty();
            return;
        }
        ServerReply.Meaning meaning = protocol.meaning(words).orElseThrow();
        assertThat(meaning.kind()).isEqualTo(kind);
        assertThat(meaning.behind("x")).contains(advice == null ? "x" : advice);
    }
}
