package io.threadpost.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.mailbox.MailboxStates.Standing;
import io.threadpost.mailbox.MessageLocations.Unfetched;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;

/** How the mailboxes stand that are on, for those who look from outside. */
@Singleton
public final class MailboxStatus {
    private final List<MailboxSettings> mailboxes;
    private final MailboxStates mailboxStates;
    private final MessageLocations messageLocations;

    MailboxStatus(Settings settings, MailboxStates mailboxStates, MessageLocations messageLocations) {
        this.mailboxes = settings.mailboxes();
        this.mailboxStates = mailboxStates;
        this.messageLocations = messageLocations;
    }

    /**
     * A mailbox.
     *
     * @param name its name in the settings
     * @param source its user, server and folder
     * @param begins mails that came before stay out; null before the first look
     * @param looked when it was last looked through to the end; null when it never was
     * @param downSince since when it does not work; null when it does
     * @param until when it is tried next, if it does not work
     * @param reason why it does not work, or what does not; null when all is well
     * @param heldSince since when it waits for a person; null when it does not
     * @param heldFor what the person has to decide
     * @param unfetched mails that the server does not hand out, or that could not be staged; they are tried again
     * @param unfetchedReason why one of them could not; null when there is none
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
        Optional<Standing> standing = mailboxStates.find(mailbox.name());
        Optional<Unfetched> unfetched = messageLocations.unfetched(mailbox.name());
        return new Mailbox(
                mailbox.name(),
                mailbox.source(),
                standing.map(Standing::begins).orElse(null),
                standing.map(Standing::looked).orElse(null),
                standing.map(Standing::downSince).orElse(null),
                standing.map(Standing::until)
                        .filter(until -> until.isAfter(Instant.EPOCH))
                        .orElse(null),
                standing.map(Standing::reason).orElse(null),
                standing.map(Standing::heldSince).orElse(null),
                standing.map(Standing::heldFor).orElse(null),
                unfetched.map(Unfetched::mails).orElse(0),
                unfetched.map(Unfetched::why).orElse(null));
    }
}
