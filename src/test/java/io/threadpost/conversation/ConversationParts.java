package io.threadpost.conversation;

import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;

/** The package {@code conversation}, for tests of other packages. */
public final class ConversationParts {
    private ConversationParts() {}

    public static SigningKey key(Ledger ledger, Settings settings) {
        return new SigningKey(ledger, settings);
    }

    public static Conversations conversations(Ledger ledger, Settings settings) {
        return new Conversations(ledger, key(ledger, settings));
    }
}
