package io.threadpost.page;

import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.RouteFilesResource;
import io.threadpost.ops.RoutesResource;
import io.threadpost.page.ActionForm.Confirmation;
import io.threadpost.page.ActionForm.Field;
import io.threadpost.page.ActionForm.Option;
import io.threadpost.page.ActionForm.Outcome;

/** The forms about routes and their files: tracing one, and going back to a version. */
@Singleton
final class RouteActions {
    private final RoutesResource routes;
    private final RouteFilesResource files;

    RouteActions(RoutesResource routes, RouteFilesResource files) {
        this.routes = routes;
        this.files = files;
    }

    /** @throws ApiRefusal when what it is about does not exist */
    Confirmation confirmation(ActionForm form) {
        if (form.action() == OperatorAction.ROUTE_TRACE) {
            return form.confirmation(
                    "Trace route " + routes.one(form.get("route")).id(),
                    "For a minute, this process records which steps each exchange of the route takes; the last 20 are"
                            + " shown on the page of the route file.",
                    "It ends by itself, and a restart forgets it. Nothing is sent or changed.",
                    List.of(Field.choice(
                            "bodies",
                            "Bodies",
                            "Bodies are what guests write.",
                            List.of(new Option("false", "are left out"), new Option("true", "are shown, shortened")))));
        }
        RouteFilesResource.Source version = files.version(form.get("file"), form.get("version"));
        return form.confirmation(
                "Restore " + form.get("file"),
                "The version of " + PageFormat.time(version.since()) + " replaces the file in the folder, and is then"
                        + " checked and loaded like any edit. What is in the folder now is lost, unless it ran.",
                "Versions that ran stay in the list, so going back to another one undoes it.");
    }

    /** @throws ApiRefusal as the API refuses it */
    Outcome run(ActionForm form) {
        if (form.action() == OperatorAction.ROUTE_TRACE) {
            routes.startTrace(form.get("route"), form.body("bodies"));
            return form.outcome(1);
        }
        return form.outcome(
                files.restore(form.get("file"), form.body("version")).changed() ? 1 : 0);
    }
}
