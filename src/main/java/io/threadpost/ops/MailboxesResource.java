package io.threadpost.ops;

import java.time.Instant;
import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.logging.Logger;

import io.threadpost.mailbox.MailboxActions;
import io.threadpost.mailbox.MailboxStatus;

/** Lists the mailboxes, and acts on one. */
@Audited
@Path("/api/mailboxes")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MailboxesResource {
    private static final Logger LOG = Logger.getLogger(MailboxesResource.class);

    private final MailboxStatus status;
    private final MailboxActions actions;
    private final RedactedText redactedText;

    MailboxesResource(MailboxStatus status, MailboxActions actions, RedactedText redactedText) {
        this.status = status;
        this.actions = actions;
        this.redactedText = redactedText;
    }

    /** All mailboxes. */
    public record All(List<Mailbox> mailboxes) {}

    /**
     * A mailbox.
     *
     * @param source its user, server and folder
     * @param begins mails received before are left alone; null before the first poll
     * @param looked when it was last polled; null before the first poll
     * @param down since when and why it does not work; null when it does
     * @param held what a person has to decide; null when there is nothing
     * @param remark what fails although it works; null when nothing does
     * @param untaken mails that are fetched again later
     */
    public record Mailbox(
            String name,
            String source,
            Instant begins,
            Instant looked,
            Down down,
            Held held,
            String remark,
            int untaken) {}

    /** A mailbox that does not work; {@code until} is the time of the next attempt. */
    public record Down(Instant since, Instant until, String reason) {}

    /** A mailbox that waits for a person. */
    public record Held(Instant since, String reason) {}

    @GET
    public All all() {
        return new All(status.mailboxes().stream().map(this::view).toList());
    }

    @GET
    @Path("{name}")
    public Mailbox one(@PathParam("name") String name) {
        List<MailboxStatus.Mailbox> all = status.mailboxes();
        return all.stream()
                .filter(mailbox -> mailbox.name().equals(name))
                .findFirst()
                .map(this::view)
                .orElseThrow(() -> new ApiRefusal(
                        404,
                        "there is no mailbox `" + name + "`",
                        all.isEmpty()
                                ? "set threadpost.mail.host"
                                : "there are `"
                                        + String.join(
                                                "`, `",
                                                all.stream()
                                                        .map(MailboxStatus.Mailbox::name)
                                                        .toList())
                                        + "`"));
    }

    /** Resumes a mailbox that waits for a person. */
    @POST
    @Path("{name}/release")
    public Mailbox release(@PathParam("name") String name, String body) {
        one(name);
        String unknown = new ActionBody(body, List.of("unknown")).text("unknown");
        if (!"take".equals(unknown) && !"leave".equals(unknown)) {
            throw new ApiRefusal(
                    400,
                    "it is not clear what happens to unknown mails",
                    "send {\"unknown\":\"take\"} or {\"unknown\":\"leave\"}");
        }
        if (actions.release(name, unknown.equals("take"))) {
            LOG.infof("operator: mailbox %s resumes; unknown mails: %s", name, unknown);
        }
        return one(name);
    }

    /** Retries now what waits for its next attempt. */
    @POST
    @Path("{name}/try")
    public Mailbox tryNow(@PathParam("name") String name, String body) {
        new ActionBody(body, List.of());
        one(name);
        actions.tryNow(name);
        LOG.infof("operator: mailbox %s is tried now", name);
        return one(name);
    }

    private Mailbox view(MailboxStatus.Mailbox mailbox) {
        boolean down = mailbox.downSince() != null;
        return new Mailbox(
                mailbox.name(),
                mailbox.source(),
                mailbox.begins(),
                mailbox.looked(),
                down ? new Down(mailbox.downSince(), mailbox.until(), redactedText.clean(mailbox.reason())) : null,
                mailbox.heldSince() == null
                        ? null
                        : new Held(mailbox.heldSince(), redactedText.clean(mailbox.heldFor())),
                down
                        ? null
                        : redactedText.clean(mailbox.reason() == null ? mailbox.unfetchedReason() : mailbox.reason()),
                mailbox.unfetched());
    }
}
