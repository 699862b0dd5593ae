package io.threadpost.page;

import java.util.ArrayList;
import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ops.BackfillsResource;
import io.threadpost.ops.CoverageResource;
import io.threadpost.ops.RedeliveriesResource;
import io.threadpost.page.ActionForm.Confirmation;
import io.threadpost.page.ActionForm.Field;
import io.threadpost.page.ActionForm.Option;
import io.threadpost.page.ActionForm.Outcome;
import io.threadpost.settings.Settings;

/** The forms about pulled time: backfills, gaps, audits and re-deliveries. */
@Singleton
final class PullActions {
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
    Confirmation confirmation(ActionForm form) {
        String id = form.given().get("id");
        return switch (form.action()) {
            case BACKFILL_BEGIN ->
                form.confirmation(
                        "Begin a backfill",
                        "The interval is pulled behind live pulls, the newest first; what is covered already is left"
                                + " out.",
                        "It can be paused and cancelled; what was delivered stays delivered.",
                        interval());
            case BACKFILL_PAUSE ->
                form.confirmation("Pause backfill " + id, backfills.one(id).line(), "Resume undoes it.");
            case BACKFILL_RESUME ->
                form.confirmation("Resume backfill " + id, backfills.one(id).line(), "Pause undoes it.");
            case BACKFILL_CANCEL ->
                form.confirmation(
                        "Cancel backfill " + id,
                        backfills.one(id).line() + ". What is not pulled yet becomes a gap.",
                        "It can run again.");
            case BACKFILL_AGAIN ->
                form.confirmation(
                        "Run backfill " + id + " again",
                        "What its interval has not covered is pulled. "
                                + backfills.one(id).line(),
                        "It can be paused and cancelled.");
            case GAPS_FILL ->
                form.confirmation(
                        "Fill the gaps of connection " + form.given().get("connection"),
                        "Cancelled and unplanned gaps are pulled behind live pulls.",
                        "The backfill can be paused and cancelled.");
            case COVERAGE_AUDIT ->
                form.confirmation(
                        "Compare an interval with the platform",
                        "The platform is asked for the interval again, and what was never pulled is pulled.",
                        "Nothing is delivered twice.",
                        interval());
            case REDELIVERY_BEGIN ->
                form.confirmation(
                        "Deliver threads again",
                        "Threads of the interval that were delivered before go to one spool again; no other spool gets"
                                + " anything.",
                        "It can be paused and cancelled; what was delivered stays delivered.",
                        redelivered());
            case REDELIVERY_PAUSE ->
                form.confirmation(
                        "Pause re-delivery " + id, redeliveries.one(id).line(), "Resume undoes it.");
            case REDELIVERY_RESUME ->
                form.confirmation(
                        "Resume re-delivery " + id, redeliveries.one(id).line(), "Pause undoes it.");
            case REDELIVERY_CANCEL ->
                form.confirmation(
                        "Cancel re-delivery " + id,
                        redeliveries.one(id).line(),
                        "This cannot be undone; another one delivers everything again.");
            default -> throw new IllegalArgumentException(form.action().id());
        };
    }

    private List<Field> interval() {
        List<String> connections = settings.connectionNames();
        return List.of(
                Field.choice("connection", "Connection", "", Option.of(connections)),
                Field.required(
                        "from",
                        "From",
                        "An instant, a day, or a period before now: 2026-05-01T00:00:00Z, 2026-05-01, P7D."),
                Field.required("until", "To", ""));
    }

    private List<Field> redelivered() {
        List<Field> fields = new ArrayList<>(interval());
        fields.add(0, Field.required("to-spool", "To spool", ""));
        fields.add(Field.optional(
                "through", "Through the route at", "Such as direct:route-thread; empty: every thread goes.", ""));
        return fields;
    }

    /** @throws io.threadpost.ops.ApiRefusal as the API refuses it */
    Outcome run(ActionForm form) {
        String id = form.given().get("id");
        String body = form.body("connection", "from", "until", "to-spool", "through");
        return form.outcome(
                switch (form.action()) {
                    case BACKFILL_BEGIN -> backfills.begin(body).id();
                    case BACKFILL_PAUSE -> backfills.pause(id, "{}").id();
                    case BACKFILL_RESUME -> backfills.resume(id, "{}").id();
                    case BACKFILL_CANCEL -> backfills.cancel(id, "{}").id();
                    case BACKFILL_AGAIN -> backfills.again(id, "{}").id();
                    case GAPS_FILL -> coverage.fill(body).backfill() == null ? 0 : 1;
                    case COVERAGE_AUDIT -> coverage.audit(body).missing();
                    case REDELIVERY_BEGIN -> redeliveries.begin(body).id();
                    case REDELIVERY_PAUSE -> redeliveries.pause(id, "{}").id();
                    case REDELIVERY_RESUME -> redeliveries.resume(id, "{}").id();
                    case REDELIVERY_CANCEL -> redeliveries.cancel(id, "{}").id();
                    default -> throw new IllegalArgumentException(form.action().id());
                });
    }
}
