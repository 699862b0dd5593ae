package io.threadpost.ops;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;

import io.threadpost.reply.Replies;
import io.threadpost.reply.Reply.State;
import io.threadpost.reply.ReplyActions;

/** Lists the replies to guests with their states, and stops or resumes those of a conversation. */
@Audited
@Path("/api/replies")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RepliesResource {
    private static final Logger LOG = Logger.getLogger(RepliesResource.class);
    private static final int MOST = 1000;

    private final Replies replies;
    private final ReplyActions actions;
    private final RedactedText redactedText;

    RepliesResource(Replies replies, ReplyActions actions, RedactedText redactedText) {
        this.replies = replies;
        this.actions = actions;
        this.redactedText = redactedText;
    }

    /**
     * A page of the list.
     *
     * @param next the value of {@code before} for the next page; null on the last page
     */
    public record ListedReplies(List<Reply> replies, Instant next) {}

    /** A reply, as {@link io.threadpost.reply.Reply} has it. */
    public record Reply(
            String message,
            String connection,
            String thread,
            String state,
            String why,
            Instant created,
            Instant seen,
            Instant changed,
            String messageId,
            String recipient) {}

    /** The number of replies by state. */
    public record ReplyCounts(Map<String, Long> counts) {}

    /** Whether the conversation's replies had not been stopped before. */
    public record Stopped(boolean stopped) {}

    /**
     * Whether the conversation's replies had been stopped, and how many that were withheld because of that are sent
     * now.
     */
    public record Resumed(boolean resumed, int released) {}

    @GET
    public ListedReplies list(
            @QueryParam("state") String state,
            @QueryParam("thread") String thread,
            @QueryParam("before") String before,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Context UriInfo address) {
        QueryParameters.only(address, List.of("state", "thread", "before", "limit"));
        int most = (int) QueryParameters.number("limit", limit, 1, MOST);
        // One more shows whether there is another page.
        List<Reply> found = replies.list(new Replies.Selection(state(state), thread), time(before), most + 1).stream()
                .map(this::view)
                .toList();
        return new ListedReplies(
                found.subList(0, Math.min(most, found.size())),
                found.size() > most ? found.get(most - 1).seen() : null);
    }

    @GET
    @Path("counts")
    public ReplyCounts counts() {
        return new ReplyCounts(replies.counts());
    }

    @POST
    @Path("stop")
    public Stopped stop(String body) {
        String thread = thread(new ActionBody(body, List.of("thread")));
        boolean stopped = actions.stop(thread, "a person has stopped them").orElseThrow(() -> unknown(thread));
        LOG.infof("operator: replies in thread %s are stopped", thread);
        return new Stopped(stopped);
    }

    @POST
    @Path("resume")
    public Resumed resume(String body) {
        ActionBody which = new ActionBody(body, List.of("thread", "withheld"));
        String thread = thread(which);
        ReplyActions.Resumed resumed =
                actions.resume(thread, which.flag("withheld")).orElseThrow(() -> unknown(thread));
        LOG.infof("operator: replies in thread %s are resumed, %d released", thread, resumed.released());
        return new Resumed(resumed.resumed(), resumed.released());
    }

    private static String thread(ActionBody which) {
        String thread = which.text("thread");
        if (thread == null) {
            throw new ApiRefusal(400, "it is not clear which conversation is meant", "send {\"thread\":\"THREAD\"}");
        }
        return thread;
    }

    private static ApiRefusal unknown(String thread) {
        return new ApiRefusal(
                404, "thread " + thread + " has no conversation", "GET /api/replies lists replies with their threads");
    }

    private static State state(String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(State.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ApiRefusal(
                        400, "there is no state `" + word + "`", "write waiting, sent, withheld, bounced or refused"));
    }

    private static Instant time(String text) {
        try {
            return text == null ? Instant.ofEpochMilli(Long.MAX_VALUE) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ApiRefusal(400, "`before` is not a time", "write one like 2026-11-28T06:00:00Z");
        }
    }

    private Reply view(io.threadpost.reply.Reply reply) {
        return new Reply(
                reply.message(),
                reply.connection(),
                reply.thread(),
                reply.state().word(),
                redactedText.clean(reply.why()),
                reply.created(),
                reply.seen(),
                reply.changed(),
                reply.messageId(),
                reply.recipient());
    }
}
