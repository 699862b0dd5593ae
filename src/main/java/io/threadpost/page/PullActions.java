package io.threadpost.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.ops.BackfillsResource;
import io.threadpost.ops.CoverageResource;
import io.threadpost.ops.RedeliveriesResource;
import io.threadpost.page.ActionForm.Confirmation;
import io.threadpost.page.ActionForm.Field;
import io.threadpost.page.ActionForm.Option;
import io.threadpost.page.ActionForm.Outcome;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;

/** The forms about pulled time: backfills, gaps, audits and re-deliveries. */
@Singleton
final class PullActions {
    /** Where all of them are shown. */
    static final String PLACE = "/backfills";

    private static final JsonMapper JSON = new JsonMapper();

    private final BackfillsResource backfills;
    private final CoverageResource coverage;
    private final RedeliveriesResource redeliveries;
    private final Settings settings;

    PullActions(
            BackfillsResource backfills,
            CoverageResource coverage,
            RedeliveriesResource redeliveries,
            Settings settings) {
        this.backfills = backfills;
        this.coverage = coverage;
        this.redeliveries = redeliveries;
        this.settings = settings;
    }

    /** @throws io.threadpost.ops.ApiRefusal when what it is about does not exist */
    Confirmation confirmation(OperatorAction action, Map<String, String> given) {
        String id = given.get("id");
        return switch (action) {
            case BACKFILL_BEGIN ->
                ActionForm.form(
                        action,
                        given,
                        "Begin a backfill",
                        "The interval is pulled behind live pulls, the newest first; what is covered already is left"
                                + " out.",
                        "It can be paused and cancelled; what was delivered stays delivered.",
                        interval());
            case BACKFILL_PAUSE ->
                simple(action, given, "Pause backfill " + id, backfills.one(id).line(), "Resume undoes it.");
            case BACKFILL_RESUME ->
                simple(action, given, "Resume backfill " + id, backfills.one(id).line(), "Pause undoes it.");
            case BACKFILL_CANCEL ->
                simple(
                        action,
                        given,
                        "Cancel backfill " + id,
                        backfills.one(id).line() + ". What is not pulled yet becomes a gap.",
                        "It can run again.");
            case BACKFILL_AGAIN ->
                simple(
                        action,
                        given,
                        "Run backfill " + id + " again",
                        "What its interval has not covered is pulled. "
                                + backfills.one(id).line(),
                        "It can be paused and cancelled.");
            case GAPS_FILL ->
                simple(
                        action,
                        given,
                        "Fill the gaps of connection " + given.get("connection"),
                        "Cancelled and unplanned gaps are pulled behind live pulls.",
                        "The backfill can be paused and cancelled.");
            case COVERAGE_AUDIT ->
                ActionForm.form(
                        action,
                        given,
                        "Compare an interval with the platform",
                        "The platform is asked for the interval again, and what was never pulled is pulled.",
                        "Nothing is delivered twice.",
                        interval());
            case REDELIVERY_BEGIN ->
                ActionForm.form(
                        action,
                        given,
                        "Deliver threads again",
                        "Threads of the interval that were delivered before go to one spool again; no other spool gets"
                                + " anything.",
                        "It can be paused and cancelled; what was delivered stays delivered.",
                        Stream.concat(
                                        Stream.of(new Field("to-spool", "To spool", "", "", true, List.of())),
                                        Stream.concat(
                                                interval().stream(),
                                                Stream.of(new Field(
                                                        "through",
                                                        "Through the route at",
                                                        "Such as direct:route-thread; empty: every thread goes.",
                                                        "",
                                                        false,
                                                        List.of()))))
                                .toList());
            case REDELIVERY_PAUSE ->
                simple(
                        action,
                        given,
                        "Pause re-delivery " + id,
                        redeliveries.one(id).line(),
                        "Resume undoes it.");
            case REDELIVERY_RESUME ->
                simple(
                        action,
                        given,
                        "Resume re-delivery " + id,
                        redeliveries.one(id).line(),
                        "Pause undoes it.");
            case REDELIVERY_CANCEL ->
                simple(
                        action,
                        given,
                        "Cancel re-delivery " + id,
                        redeliveries.one(id).line(),
                        "This cannot be undone; another one delivers everything again.");
            default -> throw new IllegalArgumentException(action.id());
        };
    }

    private static Confirmation simple(
            OperatorAction action, Map<String, String> given, String title, String consequence, String undo) {
        return ActionForm.form(action, given, title, consequence, undo, List.of());
    }

    private List<Field> interval() {
        String hint = "An instant, a day, or a period before now: 2026-05-01T00:00:00Z, 2026-05-01, P7D.";
        List<Field> fields = new ArrayList<>();
        List<Option> connections = settings.connections().stream()
                .map(ConnectionSettings::name)
                .map(name -> new Option(name, name))
                .toList();
        fields.add(new Field("connection", "Connection", "", "", true, connections));
        fields.add(new Field("from", "From", hint, "", true, List.of()));
        fields.add(new Field("until", "To", "", "", true, List.of()));
        return fields;
    }

    /** @throws io.threadpost.ops.ApiRefusal as the API refuses it */
    Outcome run(OperatorAction action, Map<String, String> given) {
        String id = given.get("id");
        long changed =
                switch (action) {
                    case BACKFILL_BEGIN -> backfills.begin(body(given)).id();
                    case BACKFILL_PAUSE -> backfills.pause(id, "{}").id();
                    case BACKFILL_RESUME -> backfills.resume(id, "{}").id();
                    case BACKFILL_CANCEL -> backfills.cancel(id, "{}").id();
                    case BACKFILL_AGAIN -> backfills.again(id, "{}").id();
                    case GAPS_FILL -> coverage.fill(body(given)).backfill() == null ? 0 : 1;
                    case COVERAGE_AUDIT -> coverage.audit(body(given)).missing();
                    case REDELIVERY_BEGIN -> redeliveries.begin(body(given)).id();
                    case REDELIVERY_PAUSE -> redeliveries.pause(id, "{}").id();
                    case REDELIVERY_RESUME -> redeliveries.resume(id, "{}").id();
                    case REDELIVERY_CANCEL -> redeliveries.cancel(id, "{}").id();
                    default -> throw new IllegalArgumentException(action.id());
                };
        return new Outcome(changed, 0, PLACE);
    }

    private static String body(Map<String, String> given) {
        ObjectNode body = JSON.createObjectNode();
        Map.of("connection", "connection", "from", "from", "until", "to", "to-spool", "spool", "through", "through")
                .forEach((field, name) -> {
                    String value = given.getOrDefault(field, "").strip();
                    if (!value.isEmpty()) {
                        body.put(name, value);
                    }
                });
        return body.toString();
    }
}
