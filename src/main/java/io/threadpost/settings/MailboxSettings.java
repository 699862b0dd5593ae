package io.threadpost.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * A mailbox that is watched.
 *
 * @param name as people chose it; {@code main} where they chose none
 * @param connection the connection whose platform its mails become threads on
 * @param host the IMAP server
 * @param port its port
 * @param tls how the connection is encrypted
 * @param username its user
 * @param password empty with OAuth 2
 * @param oauth present with OAuth 2
 * @param folder the folder that mails arrive in
 * @param poll how often it is looked into
 * @param start mails that came before this stay out
 * @param after what is done with mails that were dealt with
 * @param done the folder for mails that became threads, or were discarded
 * @param parked the folder for parked mails
 * @param failed the folder for mails that could not be dealt with
 */
public record MailboxSettings(
        String name,
        String connection,
        String host,
        int port,
        Tls tls,
        String username,
        String password,
        Optional<OAuthSettings> oauth,
        String folder,
        Duration poll,
        PullStart start,
        HandledMailAction after,
        String done,
        String parked,
        String failed) {

    /** Which folder of which account it is, whatever it is called here. */
    public String source() {
        return username + "@" + host + "/" + folder;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailboxSettings[name=" + name + ", " + source() + ", password=***, oauth=" + oauth + "]";
    }
}
