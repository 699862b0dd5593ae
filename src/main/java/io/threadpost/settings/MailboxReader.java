package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads the settings of the mailboxes that are on. */
final class MailboxReader {
    private final ConfigView view;
    private final Values values;
    private final Set<String> connections;

    /** @param connections the names there are */
    MailboxReader(ConfigView view, Values values, Set<String> connections) {
        this.view = view;
        this.values = values;
        this.connections = connections;
    }

    /** Those with a host, sorted by name. What is set for others is looked at, too. */
    List<MailboxSettings> read() {
        List<MailboxSettings> mailboxes = new ArrayList<>();
        for (String name : view.names(SettingFamily.MAILBOX)) {
            MailboxSettings mailbox = read(name);
            if (!mailbox.host().isEmpty()) {
                check(mailbox);
                mailboxes.add(mailbox);
            }
        }
        once(mailboxes);
        return mailboxes;
    }

    private MailboxSettings read(String name) {
        return new MailboxSettings(
                name,
                get(SettingsCatalogue.MAIL_CONNECTION, name),
                text(SettingsCatalogue.MAIL_HOST, name),
                get(SettingsCatalogue.MAIL_PORT, name),
                get(SettingsCatalogue.MAIL_TLS, name),
                text(SettingsCatalogue.MAIL_USERNAME, name),
                text(SettingsCatalogue.MAIL_PASSWORD, name),
                oauth(name),
                get(SettingsCatalogue.MAIL_FOLDER, name),
                get(SettingsCatalogue.MAIL_POLL, name),
                get(SettingsCatalogue.MAIL_START, name),
                get(SettingsCatalogue.MAIL_AFTER, name),
                get(SettingsCatalogue.MAIL_DONE, name),
                get(SettingsCatalogue.MAIL_PARKED, name),
                get(SettingsCatalogue.MAIL_FAILED, name));
    }

    private Optional<OAuthSettings> oauth(String name) {
        return Optional.ofNullable(get(SettingsCatalogue.MAIL_OAUTH_URL, name))
                .map(url -> new OAuthSettings(
                        url,
                        text(SettingsCatalogue.MAIL_OAUTH_CLIENT, name),
                        text(SettingsCatalogue.MAIL_OAUTH_SECRET, name),
                        text(SettingsCatalogue.MAIL_OAUTH_REFRESH, name),
                        text(SettingsCatalogue.MAIL_OAUTH_SCOPE, name)));
    }

    private void check(MailboxSettings mailbox) {
        String name = mailbox.name();
        if (!connections.contains(mailbox.connection())) {
            wrong(
                    SettingsCatalogue.MAIL_CONNECTION,
                    name,
                    "there is no connection `" + mailbox.connection() + "`; "
                            + (connections.isEmpty()
                                    ? "set the access token of one"
                                    : "write one of `" + String.join("`, `", connections) + "`"));
        }
        needed(SettingsCatalogue.MAIL_USERNAME, name);
        if (mailbox.oauth().isEmpty()) {
            needed(SettingsCatalogue.MAIL_PASSWORD, name);
        } else {
            values.oauth(
                    SettingsCatalogue.MAIL_OAUTH_CLIENT,
                    SettingsCatalogue.MAIL_OAUTH_SECRET,
                    mailbox.oauth().get().refreshToken(),
                    name);
            if (!mailbox.password().isEmpty()) {
                wrong(
                        SettingsCatalogue.MAIL_PASSWORD,
                        name,
                        "is not used, since the mailbox logs in by OAuth 2; remove it, or "
                                + SettingsCatalogue.MAIL_OAUTH_URL.key(name));
            }
        }
        for (Setting<String> to :
                List.of(SettingsCatalogue.MAIL_DONE, SettingsCatalogue.MAIL_PARKED, SettingsCatalogue.MAIL_FAILED)) {
            if (get(to, name).equalsIgnoreCase(mailbox.folder())) {
                wrong(
                        to,
                        name,
                        "is the folder that mails arrive in; write another, or set "
                                + SettingsCatalogue.MAIL_AFTER.key(name) + "=leave");
            }
        }
    }

    /** The same folder under two names would make two threads of each mail. */
    private void once(List<MailboxSettings> mailboxes) {
        TreeMap<String, String> seen = new TreeMap<>();
        for (MailboxSettings mailbox : mailboxes) {
            String first = seen.putIfAbsent(mailbox.source().toLowerCase(Locale.ROOT), mailbox.name());
            if (first != null) {
                wrong(
                        SettingsCatalogue.MAIL_HOST,
                        mailbox.name(),
                        "is the folder that mailbox `" + first + "` watches already; remove one of the two");
            }
        }
    }

    private void wrong(Setting<?> setting, String name, String what) {
        values.wrong(setting.key(name), what);
    }

    private void needed(Setting<?> setting, String name) {
        values.needed(setting, setting.key(name));
    }

    private String text(Setting<String> setting, String name) {
        return values.text(setting, setting.key(name));
    }

    private <T> T get(Setting<T> setting, String name) {
        return values.get(setting, setting.key(name));
    }
}
