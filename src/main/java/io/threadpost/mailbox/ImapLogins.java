package io.threadpost.mailbox;

import java.nio.file.Path;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.threadpost.network.HttpAccess;
import io.threadpost.oauth.AccessTokens;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;

/** Creates the login of each mailbox. */
@Singleton
final class ImapLogins {
    private final StateFolder state;
    private final RunTimeSecrets secrets;
    private final HttpAccess access;

    @Inject
    ImapLogins(Settings settings, RunTimeSecrets secrets, HttpAccess access) {
        this(settings.ledger(), Path.of(""), secrets, access);
    }

    /** @param home the working directory */
    ImapLogins(LedgerSettings ledger, Path home, RunTimeSecrets secrets, HttpAccess access) {
        this.access = access;
        this.state = new StateFolder(ledger, home);
        this.secrets = secrets;
    }

    ImapLogin of(MailboxSettings mailbox) {
        AccessTokens tokens = mailbox.oauth()
                .map(oauth -> new AccessTokens(oauth, state.token(mailbox.name()), secrets, access))
                .orElse(null);
        return new ImapLogin(mailbox, tokens, access.trust());
    }

    StateFolder state() {
        return state;
    }

    RunTimeSecrets secrets() {
        return secrets;
    }
}
