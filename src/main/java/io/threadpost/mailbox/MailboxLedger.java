package io.threadpost.mailbox;

import jakarta.inject.Singleton;

/** All that the ledger knows about mailboxes. */
@Singleton
final class MailboxLedger {
    private final Standings standings;
    private final Eras eras;
    private final Places places;
    private final Shown shown;

    MailboxLedger(Standings standings, Eras eras, Places places, Shown shown) {
        this.standings = standings;
        this.eras = eras;
        this.places = places;
        this.shown = shown;
    }

    Standings standings() {
        return standings;
    }

    Eras eras() {
        return eras;
    }

    Places places() {
        return places;
    }

    Shown shown() {
        return shown;
    }
}
