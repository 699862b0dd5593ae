package io.threadpost.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.journey.Journey;
import io.threadpost.journey.JourneySearch;
import io.threadpost.journey.JourneyText;
import io.threadpost.journey.Journeys;
import io.threadpost.ops.ApiRefusal;

/** Searches journeys, and shows one: what happened to a thread or a mail, and why. */
@Singleton
final class JourneyPage {
    private static final int MOST = 100;
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Journeys journeys;

    JourneyPage(Journeys journeys) {
        this.journeys = journeys;
    }

    /**
     * The form, and what it found; empty before something was searched for.
     *
     * @param older the address that searches on; empty when everything was looked at
     * @param searchedTo the time that the search has reached; empty likewise
     */
    @RegisterForReflection
    record Found(
            String sender,
            String subject,
            String id,
            String from,
            String to,
            boolean searched,
            List<Hit> hits,
            String older,
            String searchedTo) {}

    /** A result. */
    @RegisterForReflection
    record Hit(String kind, String link, String subject, String sender, String seen) {}

    /** A journey in words. */
    @RegisterForReflection
    record View(String id, List<Line> lines) {}

    /** A line of it, indented by its depth. */
    @RegisterForReflection
    record Line(int depth, String tone, String text) {}

    /**
     * @param from the first day, in UTC
     * @param to the last day, or an instant to search on from
     * @return results of a search; empty texts are no criteria
     */
    Found find(String sender, String subject, String from, String to) {
        boolean searched = !(sender + subject + from + to).isBlank();
        Instant now = Instant.now();
        if (!searched) {
            return new Found(sender, subject, "", from, to, false, List.of(), "", "");
        }
        Journeys.SearchResult found = journeys.find(
                new JourneySearch(given(sender), given(subject), null, day(from, 0, Instant.EPOCH), last(to), MOST));
        return new Found(
                sender,
                subject,
                "",
                from,
                to.indexOf('T') < 0 ? to : "",
                true,
                found.hits().stream().map(hit -> hit(hit, now)).toList(),
                found.before() == null ? "" : older(sender, subject, from, found.before()),
                found.before() == null ? "" : PageFormat.time(found.before()));
    }

    private static String older(String sender, String subject, String from, Instant to) {
        return "/journeys?sender=" + encoded(sender) + "&subject=" + encoded(subject) + "&from=" + encoded(from)
                + "&to=" + encoded(to.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Instant last(String text) {
        try {
            return text.indexOf('T') < 0 ? day(text, 1, LATEST) : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new ApiRefusal(400, "`" + text + "` is no day", "write one like 2026-11-28");
        }
    }

    /** @return the start of that day, or of one some days later */
    private static Instant day(String text, int later, Instant otherwise) {
        try {
            return text.isBlank()
                    ? otherwise
                    : LocalDate.parse(text)
                            .plusDays(later)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException e) {
            throw new ApiRefusal(400, "`" + text + "` is no day", "write one like 2026-11-28");
        }
    }

    private static String given(String text) {
        return text.isBlank() ? null : text.strip();
    }

    private static Hit hit(Journey.Hit hit, Instant now) {
        return new Hit(
                hit.kind(),
                PageFormat.path("journeys", hit.id()),
                PageFormat.text(hit.subject(), "(no subject)"),
                PageFormat.text(hit.sender(), ""),
                PageFormat.ago(hit.at(), now));
    }

    /** @throws ApiRefusal when nothing is known about it */
    View view(String id) {
        Journey journey = journeys.of(id);
        if (journey.isEmpty()) {
            throw new ApiRefusal(
                    404,
                    "there is no journey of this id",
                    "search by subject or sender; journeys are kept for threadpost.journeys.keep");
        }
        return new View(
                id,
                JourneyText.of(journey).stream()
                        .map(line -> new Line(Math.min(4, line.depth()), line.tone(), line.text()))
                        .toList());
    }
}
