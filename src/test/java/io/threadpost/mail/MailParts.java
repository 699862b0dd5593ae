package io.threadpost.mail;

import io.threadpost.ledger.Ledger;
import io.threadpost.spool.Spools;

/** The package {@code mail} without injection, for the tests of other packages. */
public final class MailParts {
    private MailParts() {}

    public static MailRepository mails(Ledger ledger, Spools spools) {
        return new MailRepository(ledger, spools, new RawMailStore(ledger));
    }
}
