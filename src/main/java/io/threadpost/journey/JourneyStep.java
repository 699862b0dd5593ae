package io.threadpost.journey;

/**
 * A step that an exchange entered.
 *
 * @param route the id of its route
 * @param id of the step in its route
 * @param step the step with its URI, reference or expression
 * @param description as the route file has it; null without one
 * @param file of the route; null for a route in Java
 * @param line in that file; null when unknown
 * @param outcome passed, or rejected by a filter or a choice
 * @param branch the branch of a choice that was taken; null for other steps
 */
public record JourneyStep(
        String route,
        String id,
        String step,
        String description,
        String file,
        Integer line,
        String outcome,
        String branch) {
    /** @return whether a filter or a choice said no */
    public boolean rejected() {
        return "rejected".equals(outcome);
    }

    /** @return the step and its place, such as {@code filter[…] at route-thread.camel.yaml:12} */
    public String text() {
        String name = description == null ? step : step + " (" + description + ")";
        String place = file == null ? " of route " + route : " at " + file + (line == null ? "" : ":" + line);
        return name + (branch == null ? "" : ", " + branch) + place;
    }
}
