package io.threadpost.ops;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import io.threadpost.journey.Journey;
import io.threadpost.journey.JourneySearch;
import io.threadpost.journey.JourneyText;
import io.threadpost.journey.Journeys;

/** Tells what happened to a thread, a mail, a reply or an item, and why; and finds them. */
@Path("/api/journeys")
@Produces(MediaType.APPLICATION_JSON)
public class JourneysResource {
    private static final int MOST = 1000;
    private static final List<String> CRITERIA = List.of("sender", "subject", "message-id", "from", "to", "limit");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Journeys journeys;
    private final RedactedText redactedText;

    JourneysResource(Journeys journeys, RedactedText redactedText) {
        this.journeys = journeys;
        this.redactedText = redactedText;
    }

    /**
     * What a search found, the newest first.
     *
     * @param before the time before which not everything was looked at: search again with it as {@code to}; null when
     *     all was looked at, or the limit is reached
     */
    public record FoundJourneys(List<Journey.Hit> found, Instant before) {}

    /**
     * A journey.
     *
     * @param text the same in words, a line each, indented
     */
    public record ToldJourney(
            String id,
            List<Journey.Version> versions,
            List<Journey.Mail> mails,
            List<Journey.Reply> replies,
            List<String> text) {}

    @GET
    public FoundJourneys find(
            @QueryParam("sender") String sender,
            @QueryParam("subject") String subject,
            @QueryParam("message-id") String messageId,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("limit") @DefaultValue("100") String limit,
            @Context UriInfo address) {
        QueryParameters.only(address, CRITERIA);
        int most = (int) QueryParameters.number("limit", limit, 1, MOST);
        Journeys.SearchResult found = journeys.find(new JourneySearch(
                sender, subject, messageId, time("from", from, Instant.EPOCH), time("to", to, LATEST), most));
        return new FoundJourneys(found.hits(), found.before());
    }

    @GET
    @Path("{id:.+}")
    public ToldJourney of(@PathParam("id") String id, @Context UriInfo address) {
        QueryParameters.only(address, List.of());
        Journey journey = require(journeys.of(id));
        return new ToldJourney(
                journey.id(),
                journey.versions(),
                journey.mails(),
                journey.replies(),
                JourneyText.of(journey).stream()
                        .map(line -> redactedText.clean(line.indented()))
                        .toList());
    }

    /** @throws ApiRefusal when nothing is known about it */
    private static Journey require(Journey journey) {
        if (journey.isEmpty()) {
            throw new ApiRefusal(
                    404,
                    "there is no journey of this id",
                    "ask by the id of a thread, a Message-ID or mail:NUMBER; journeys are kept for"
                            + " threadpost.journeys.keep, and GET /api/journeys?subject=WORD searches them");
        }
        return journey;
    }

    private static Instant time(String name, String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new ApiRefusal(400, "`" + name + "` is not a time", "write one like 2026-11-28T06:00:00Z");
        }
    }
}
