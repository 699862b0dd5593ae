package io.threadpost.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.mailbox.MailboxStates.MailboxState;
import io.threadpost.mailbox.MessageLocations.Unfetched;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;

/** The state of the mailboxes that are on, for health, metrics and operators. */
@Singleton
public final class MailboxStatus {
    private final List<MailboxSettings> mailboxes;
    private final MailboxStates states;
    private final MessageLocations locations;

    MailboxStatus(Settings settings, MailboxStates states, MessageLocations locations) {
        this.mailboxes = settings.mailboxes();
        this.states = states;
        this.locations = locations;
    }

    /**
     * A mailbox.
     *
     * @param name its name in the settings
     * @param source its user, server and folder
     * @param begins mails from before are left out; null before the first poll
     * @param looked the end of the last complete poll; null before
     * @param downSince since when it is down; null when it is up
     * @param until the next try, if it is down
     * @param reason why it is down, or what fails; null when all is well
     * @param heldSince since when it is held for a person; null when it is not
     * @param heldFor what the person has to decide
     * @param unfetched mails that the server does not deliver, or that could not be staged; they are retried
     * @param unfetchedReason why one of them failed; null without one
     */
    public record Mailbox(
            String name,
            String source,
            Instant begins,
            Instant looked,
            Instant downSince,
            Instant until,
            String reason,
            Instant heldSince,
            String heldFor,
            int unfetched,
            String unfetchedReason) {}

    /** @return those that are on, sorted by name */
    public List<Mailbox> mailboxes() {
        return mailboxes.stream().map(this::mailbox).toList();
    }

    private Mailbox mailbox(MailboxSettings mailbox) {
        Optional<MailboxState> state = states.find(mailbox.name());
        Optional<Unfetched> unfetched = locations.unfetched(mailbox.name());
        return new Mailbox(
                mailbox.name(),
                mailbox.source(),
                state.map(MailboxState::begins).orElse(null),
                state.map(MailboxState::looked).orElse(null),
                state.map(MailboxState::downSince).orElse(null),
                state.map(MailboxState::until)
                        .filter(until -> until.isAfter(Instant.EPOCH))
                        .orElse(null),
                state.map(MailboxState::reason).orElse(null),
                state.map(MailboxState::heldSince).orElse(null),
                state.map(MailboxState::heldFor).orElse(null),
                unfetched.map(Unfetched::mails).orElse(0),
                unfetched.map(Unfetched::why).orElse(null));
    }
}
