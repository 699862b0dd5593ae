package io.threadpost.mailbox;

import java.nio.file.Path;
import java.util.function.Function;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.threadpost.network.HttpAccess;
import io.threadpost.oauth.AccessTokens;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.SecretFiles;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** Creates the login of each mailbox. */
@Singleton
final class ImapLogins {
    private final StateFolder state;
    private final RunTimeSecrets secrets;
    private final HttpAccess access;
    private final Function<MailboxSettings, String> password;

    @Inject
    ImapLogins(Settings settings, RunTimeSecrets secrets, HttpAccess access, SecretFiles files) {
        this(
                settings.ledger(),
                Path.of(""),
                secrets,
                access,
                mailbox -> files.current(SettingsCatalogue.MAIL_PASSWORD, mailbox.name(), mailbox.password()));
    }

    /** @param home the working directory */
    ImapLogins(LedgerSettings ledger, Path home, RunTimeSecrets secrets, HttpAccess access) {
        this(ledger, home, secrets, access, MailboxSettings::password);
    }

    private ImapLogins(
            LedgerSettings ledger,
            Path home,
            RunTimeSecrets secrets,
            HttpAccess access,
            Function<MailboxSettings, String> password) {
        this.access = access;
        this.password = password;
        this.state = new StateFolder(ledger, home);
        this.secrets = secrets;
    }

    ImapLogin of(MailboxSettings mailbox) {
        AccessTokens tokens = mailbox.oauth()
                .map(oauth -> new AccessTokens(oauth, state.token(mailbox.name()), secrets, access))
                .orElse(null);
        return new ImapLogin(mailbox, tokens, () -> password.apply(mailbox), access.trust());
    }

    StateFolder state() {
        return state;
    }
}
