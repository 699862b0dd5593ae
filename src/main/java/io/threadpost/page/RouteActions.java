package io.threadpost.page;

import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
    private static final JsonMapper JSON = new JsonMapper();

    private final RoutesResource routes;
    private final RouteFilesResource files;

    RouteActions(RoutesResource routes, RouteFilesResource files) {
        this.routes = routes;
        this.files = files;
    }

    /** @throws ApiRefusal when what it is about does not exist */
    Confirmation confirmation(OperatorAction action, Map<String, String> given) {
        String file = given.getOrDefault("file", "");
        if (action == OperatorAction.ROUTE_TRACE) {
            String route = routes.one(given.getOrDefault("route", "")).id();
            return ActionForm.form(
                    action,
                    given,
                    "Trace route " + route,
                    "For a minute, this process records which steps each exchange of the route takes; the last 20 are"
                            + " shown on the page of the route file.",
                    "It ends by itself, and a restart forgets it. Nothing is sent or changed.",
                    List.of(new Field(
                            "bodies",
                            "Bodies",
                            "Bodies are what guests write.",
                            "",
                            true,
                            List.of(new Option("false", "are left out"), new Option("true", "are shown, shortened")))));
        }
        RouteFilesResource.Source version = files.version(file, given.getOrDefault("version", ""));
        return ActionForm.form(
                action,
                given,
                "Restore " + file,
                "The version of " + PageFormat.time(version.since()) + " replaces the file in the folder, and is then"
                        + " checked and loaded like any edit. What is in the folder now is lost, unless it ran.",
                "Versions that ran stay in the list, so going back to another one undoes it.",
                List.of());
    }

    /** @throws ApiRefusal as the API refuses it */
    Outcome run(OperatorAction action, Map<String, String> given) {
        String back = ActionForm.back(action, given);
        ObjectNode body = JSON.createObjectNode();
        if (action == OperatorAction.ROUTE_TRACE) {
            body.put("bodies", "true".equals(given.get("bodies")));
            routes.startTrace(given.getOrDefault("route", ""), body.toString());
            return new Outcome(1, 0, back);
        }
        String version = given.getOrDefault("version", "");
        if (!version.matches("\\d{1,18}")) {
            throw new ApiRefusal(400, "`version` is not a number", "go back and act there again");
        }
        body.put("version", Long.parseLong(version));
        return new Outcome(
                files.restore(given.getOrDefault("file", ""), body.toString()).changed() ? 1 : 0, 0, back);
    }
}
