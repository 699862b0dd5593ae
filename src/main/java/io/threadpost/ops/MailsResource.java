package io.threadpost.ops;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jboss.logging.Logger;

import io.threadpost.add.MessageStatus;
import io.threadpost.mail.MailActions;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.MailSelection;
import io.threadpost.mail.MailStatus;

/** Lists the mails with their states, and releases or discards those that wait for a person. */
@Audited
@Path("/api/mails")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MailsResource {
    private static final Logger LOG = Logger.getLogger(MailsResource.class);
    private static final int MOST = 1000;
    private static final List<String> WHICH = List.of("number", "reason", "mailbox", "all");
    private static final List<String> RELEASE = List.of("number", "reason", "mailbox", "all", "sender", "subject");
    private static final JsonMapper JSON = new JsonMapper();

    private final MailRepository mailRepository;
    private final MailStatus status;
    private final MessageStatus messages;
    private final MailActions actions;
    private final RedactedText redactedText;

    MailsResource(
            MailRepository mailRepository,
            MailStatus status,
            MessageStatus messages,
            MailActions actions,
            RedactedText redactedText) {
        this.mailRepository = mailRepository;
        this.status = status;
        this.messages = messages;
        this.actions = actions;
        this.redactedText = redactedText;
    }

    /**
     * A page of the list.
     *
     * @param next the value of {@code after} for the next page; null on the last page
     */
    public record Listed(List<Mail> mails, Long next) {}

    /**
     * A mail, as {@link MailRecord} has it. What its sender wrote is unchanged.
     *
     * @param text what became of its text: waiting, added, refused or discarded; null when it makes no message
     */
    public record Mail(
            long number,
            String mailbox,
            String connection,
            String state,
            String reason,
            String why,
            String sender,
            String subject,
            Instant received,
            Instant changed,
            String thread,
            int releases,
            long bytes,
            boolean purged,
            String text) {}

    /**
     * A mail with what was read in it.
     *
     * @param reading null before it was read, and when it was purged
     * @param verdict null when it was not judged
     */
    public record Looked(Mail mail, JsonNode reading, JsonNode verdict) {}

    /** The number of mails by state. */
    public record Counts(List<Count> counts) {}

    /** The number of mails of one mailbox, state and reason. */
    public record Count(String mailbox, String state, String reason, long mails) {}

    /** The number of mails that were released. */
    public record Released(int released) {}

    /** The number of mails that were discarded. */
    public record DiscardedMails(int discarded) {}

    @GET
    public Listed list(
            @QueryParam("state") String state,
            @QueryParam("reason") String reason,
            @QueryParam("mailbox") String mailbox,
            @QueryParam("after") @DefaultValue("0") String after,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Context UriInfo address) {
        QueryParameters.only(address, List.of("state", "reason", "mailbox", "after", "limit"));
        int most = (int) QueryParameters.number("limit", limit, 1, MOST);
        MailSelection selection = new MailSelection(null, state(state), mailbox, reason);
        // One more shows whether there is another page.
        List<Mail> found =
                views(status.list(selection, QueryParameters.number("after", after, 0, Long.MAX_VALUE), most + 1));
        return new Listed(
                found.subList(0, Math.min(most, found.size())),
                found.size() > most ? found.get(most - 1).number() : null);
    }

    @GET
    @Path("counts")
    public Counts counts() {
        return new Counts(status.counts().stream()
                .map(count -> new Count(count.mailbox(), count.state().word(), count.reason(), count.mails()))
                .toList());
    }

    @GET
    @Path("{number}")
    public Looked look(@PathParam("number") String number) {
        MailRecord mailRecord = one(QueryParameters.number("number", number, 1, Long.MAX_VALUE));
        MailStatus.Read read = status.read(mailRecord.number()).orElse(new MailStatus.Read(null, null));
        return new Looked(views(List.of(mailRecord)).get(0), json(read.reading()), json(read.verdict()));
    }

    /** The raw mail, byte for byte, as a download. */
    @GET
    @Path("{number}/raw")
    @Produces("message/rfc822")
    public Response raw(@PathParam("number") String number) {
        MailRecord mailRecord = one(QueryParameters.number("number", number, 1, Long.MAX_VALUE));
        if (mailRecord.purged()) {
            throw new ApiRefusal(
                    404,
                    "only the identity of mail " + mailRecord.number() + " is left",
                    "threadpost.mail.keep sets how long settled mails are kept");
        }
        return Response.ok(mailRepository.raw(mailRecord.number()))
                .header("Content-Disposition", "attachment; filename=\"mail-" + mailRecord.number() + ".eml\"")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    @POST
    @Path("release")
    public Released release(String body) {
        ActionBody which = new ActionBody(body, RELEASE);
        MailSelection selection = selection(which);
        int released = selection.number() == null
                ? releaseAll(which, selection)
                : actions.release(
                                selection.number(),
                                new MailRepository.ReleaseTexts(which.text("sender"), which.text("subject")))
                        ? 1
                        : 0;
        LOG.infof("operator: %d mails released, %s", released, text(selection));
        return new Released(released);
    }

    @POST
    @Path("discard")
    public DiscardedMails discard(String body) {
        MailSelection selection = selection(new ActionBody(body, WHICH));
        int discarded = actions.discard(selection);
        LOG.infof("operator: %d mails discarded, %s", discarded, text(selection));
        return new DiscardedMails(discarded);
    }

    private int releaseAll(ActionBody which, MailSelection selection) {
        if (which.has("sender") || which.has("subject")) {
            throw new ApiRefusal(
                    400,
                    "`sender` and `subject` belong to one mail",
                    "send them with {\"number\":NUMBER}, or omit them");
        }
        return actions.release(selection);
    }

    private MailSelection selection(ActionBody which) {
        long given =
                List.of("number", "reason", "all").stream().filter(which::has).count();
        if (given != 1 || which.has("all") && !which.flag("all") || which.has("mailbox") && which.has("number")) {
            throw new ApiRefusal(
                    400,
                    "it is not clear which mails are meant",
                    "send one of {\"number\":NUMBER}, {\"reason\":\"REASON\"} and {\"all\":true}; to the last two "
                            + "may come \"mailbox\"");
        }
        MailSelection selection =
                new MailSelection(which.number("number"), null, which.text("mailbox"), which.text("reason"));
        if (selection.number() != null) {
            one(selection.number());
        }
        return selection;
    }

    private MailRecord one(long number) {
        return mailRepository
                .find(number)
                .orElseThrow(() -> new ApiRefusal(
                        404, "there is no mail " + number, "GET /api/mails?state=parked lists those that wait"));
    }

    private static MailRecord.State state(String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(MailRecord.State.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ApiRefusal(
                        400, "there is no state `" + word + "`", "write waiting, thread, parked, failed or discarded"));
    }

    private List<Mail> views(List<MailRecord> mailRecords) {
        Map<Long, MessageStatus.Text> texts =
                messages.texts(mailRecords.stream().map(MailRecord::number).toList());
        return mailRecords.stream()
                .map(mailRecord -> view(mailRecord, texts.get(mailRecord.number())))
                .toList();
    }

    private Mail view(MailRecord mailRecord, MessageStatus.Text text) {
        return new Mail(
                mailRecord.number(),
                mailRecord.mailbox(),
                mailRecord.connection(),
                mailRecord.state().word(),
                mailRecord.reason(),
                text == null || text.why() == null
                        ? mailRecord.why()
                        : mailRecord.why() + "; its text was " + text.state().word() + ": "
                                + redactedText.clean(text.why()),
                mailRecord.sender(),
                mailRecord.subject(),
                mailRecord.received(),
                mailRecord.changed(),
                mailRecord.thread(),
                mailRecord.releases(),
                mailRecord.bytes(),
                mailRecord.purged(),
                text == null ? null : text.state().word());
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? null : JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored reading of the mail is not JSON", e);
        }
    }

    private String text(MailSelection selection) {
        if (selection.number() != null) {
            return "number " + selection.number();
        }
        return (selection.reason() == null ? "all" : "those for " + redactedText.clean(selection.reason()))
                + (selection.mailbox() == null ? "" : " of mailbox " + redactedText.clean(selection.mailbox()));
    }
}
