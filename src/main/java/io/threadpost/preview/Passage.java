package io.threadpost.preview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.threadpost.preview.MessageHistory.ExpressionValue;

/**
 * One exchange and what it did: a thread in {@code route-thread}, or an item or a batch in the route that reads its
 * spool.
 */
public final class Passage {
    private final String from;
    private final List<String> keys;
    private final List<Step> steps = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> caught = new ArrayList<>();
    private final Map<Integer, String> rejected = new LinkedHashMap<>();
    private Instant tick;
    private String failure = "";
    private String consequence = "";

    Passage(String from, List<String> keys) {
        this.from = from;
        this.keys = List.copyOf(keys);
    }

    /**
     * A step that ran.
     *
     * @param file the route file; empty for a route in Java
     * @param line in the file; 0 when it is not known
     * @param level how deep it is nested in its route, from 0
     * @param name such as {@code filter}
     * @param label its expression, endpoint or name
     * @param result {@code yes} or {@code no} of a filter, the branch of a choice, {@code failed}, or nothing
     * @param values what its expressions stood for
     * @param sets the header, variable or property that it sets; empty for most
     * @param inside the endpoints and steps that are reached from inside of it, of a split or a loop
     * @param missed the endpoints and steps that the exchange did not reach because of this step
     */
    public record Step(
            String file,
            int line,
            String route,
            int level,
            String name,
            String label,
            String result,
            List<ExpressionValue> values,
            String sets,
            Set<String> inside,
            Set<String> missed) {
        String place() {
            return file + ":" + line;
        }
    }

    /**
     * The step that did something outside, or sent an item.
     *
     * @param from the endpoint that the exchange came from
     * @param place file, line and label; empty when they are not known
     * @param values what its expressions stood for
     * @param conditions the filters and choices around it, and what they compared
     * @param history of the message; null when it is not known
     */
    record Source(
            String from, String place, List<ExpressionValue> values, List<String> conditions, MessageHistory history) {
        static final Source UNKNOWN = new Source("", "", List.of(), List.of(), null);
    }

    /**
     * What the exchange would do outside.
     *
     * @param kind such as {@code file}
     * @param file the route file with the step; empty when it is not known
     * @param fields what it would do; texts, numbers, booleans and maps of them, redacted
     */
    public record Effect(String kind, String file, int line, Map<String, Object> fields, Source source) {}

    /**
     * An item that the exchange sent to a spool.
     *
     * @param body as text
     */
    public record Sent(String spool, String key, Map<String, Object> headers, String body, Source source) {}

    void add(Effect effect) {
        effects.add(effect);
    }

    void add(Sent item) {
        sent.add(item);
    }

    void steps(List<Step> taken) {
        steps.addAll(taken);
    }

    void tick(Instant at) {
        tick = at;
    }

    void caught(String what) {
        caught.add(what);
    }

    void reject(Map<Integer, String> reasons) {
        rejected.putAll(reasons);
    }

    void fail(String reason, String what) {
        failure = reason;
        consequence = what;
    }

    void consequence(String what) {
        consequence = what;
    }

    /** @return the endpoint that the exchange came from, such as {@code spool:files} */
    public String from() {
        return from;
    }

    /** @return when the cron of its route opened the spool; null for a spool that is always open */
    public Instant tick() {
        return tick;
    }

    /** @return the keys of its thread, item or batch */
    public List<String> keys() {
        return keys;
    }

    public List<Step> steps() {
        return steps;
    }

    public List<Effect> effects() {
        return effects;
    }

    public List<Sent> sent() {
        return sent;
    }

    /** @return the steps that failed, with place and reason, in order; a route may have handled the failure */
    List<String> caught() {
        return caught;
    }

    /** @return reasons of items of a batch that are dead alone, by their place in it */
    public Map<Integer, String> rejected() {
        return rejected;
    }

    /** @return why it failed, one line for people; empty when it did not */
    public String failure() {
        return failure;
    }

    /** @return what a running installation does after the failure; empty when there was none */
    public String consequence() {
        return consequence;
    }
}
