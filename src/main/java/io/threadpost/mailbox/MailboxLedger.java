package io.threadpost.mailbox;

import jakarta.inject.Singleton;

/** The mailbox tables of the ledger. */
@Singleton
final class MailboxLedger {
    private final MailboxStates states;
    private final UidValidityPeriods periods;
    private final MessageLocations locations;
    private final ProjectedState projectedState;

    MailboxLedger(
            MailboxStates states,
            UidValidityPeriods periods,
            MessageLocations locations,
            ProjectedState projectedState) {
        this.states = states;
        this.periods = periods;
        this.locations = locations;
        this.projectedState = projectedState;
    }

    MailboxStates states() {
        return states;
    }

    UidValidityPeriods periods() {
        return periods;
    }

    MessageLocations locations() {
        return locations;
    }

    ProjectedState projected() {
        return projectedState;
    }
}
