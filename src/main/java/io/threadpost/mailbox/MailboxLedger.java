package io.threadpost.mailbox;

import jakarta.inject.Singleton;

/** All that the ledger knows about mailboxes. */
@Singleton
final class MailboxLedger {
    private final MailboxStates mailboxStates;
    private final UidValidityPeriods uidValidityPeriods;
    private final MessageLocations messageLocations;
    private final ProjectedState projectedState;

    MailboxLedger(
            MailboxStates mailboxStates,
            UidValidityPeriods uidValidityPeriods,
            MessageLocations messageLocations,
            ProjectedState projectedState) {
        this.mailboxStates = mailboxStates;
        this.uidValidityPeriods = uidValidityPeriods;
        this.messageLocations = messageLocations;
        this.projectedState = projectedState;
    }

    MailboxStates standings() {
        return mailboxStates;
    }

    UidValidityPeriods eras() {
        return uidValidityPeriods;
    }

    MessageLocations places() {
        return messageLocations;
    }

    ProjectedState shown() {
        return projectedState;
    }
}
