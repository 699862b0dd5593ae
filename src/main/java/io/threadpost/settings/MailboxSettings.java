package io.threadpost.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * A mailbox that is polled.
 *
 * @param name {@code main} when none was chosen
 * @param connection the connection that its mails are added to
 * @param host the IMAP server
 * @param port its port
 * @param tls how the connection is encrypted
 * @param username its user
 * @param password empty with OAuth 2
 * @param oauth present with OAuth 2
 * @param folder the folder that mails arrive in
 * @param poll how often it is polled
 * @param start mails that arrived before this are skipped
 * @param after what happens to processed mails in the mailbox
 * @param done the folder for mails that became threads, or were discarded
 * @param parked the folder for parked mails
 * @param failed the folder for failed mails
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

    /** Identifies the folder and account, independent of the name. */
    public String source() {
        return username + "@" + host + "/" + folder;
    }

    /** @param name of a mailbox that has a value */
    static MailboxSettings of(SettingValues values, String name) {
        return new MailboxSettings(
                name,
                values.get(SettingsCatalogue.MAIL_CONNECTION, name),
                values.get(SettingsCatalogue.MAIL_HOST, name),
                values.get(SettingsCatalogue.MAIL_PORT, name),
                values.get(SettingsCatalogue.MAIL_TLS, name),
                values.get(SettingsCatalogue.MAIL_USERNAME, name),
                values.get(SettingsCatalogue.MAIL_PASSWORD, name),
                OAuthSettings.of(values, OAuthSettings.MAILBOX, name),
                values.get(SettingsCatalogue.MAIL_FOLDER, name),
                values.get(SettingsCatalogue.MAIL_POLL, name),
                values.get(SettingsCatalogue.MAIL_START, name),
                values.get(SettingsCatalogue.MAIL_AFTER, name),
                values.get(SettingsCatalogue.MAIL_DONE_FOLDER, name),
                values.get(SettingsCatalogue.MAIL_PARKED_FOLDER, name),
                values.get(SettingsCatalogue.MAIL_FAILED_FOLDER, name));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "MailboxSettings[name=" + name + ", " + source() + ", password=***, oauth=" + oauth + "]";
    }
}
