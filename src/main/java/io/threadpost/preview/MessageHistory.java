package io.threadpost.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.SafeCopyProperty;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;

/**
 * Which steps set and removed what an exchange holds. Routes do not see it, and the copies made by splits and
 * multicasts begin with the history of their original, and go on alone.
 */
final class MessageHistory implements SafeCopyProperty {
    private static final String KEY = "message-history";

    private final MessageHistory before;
    private final Change change;
    /** The names of the headers that the exchange came with. */
    private final Set<String> headers;

    private MessageHistory(MessageHistory before, Change change, Set<String> headers) {
        this.before = before;
        this.change = change;
        this.headers = headers;
    }

    /** What a step changes. */
    enum Part {
        BODY("body"),
        HEADER("header"),
        VARIABLE("variable"),
        PROPERTY("exchange property");

        final String noun;

        Part(String noun) {
            this.noun = noun;
        }
    }

    /**
     * What one <code>${…}</code> of a step stood for.
     *
     * @param text as it is written
     * @param value as it is shown, a text in quotes; null when there was none
     * @param why it was empty; empty when it was not
     */
    record ExpressionValue(String text, String value, String why) {
        /** @return in one line */
        @Override
        public String toString() {
            return text + (value == null ? " is empty: " + why : " is " + value);
        }
    }

    /**
     * A change by one step.
     *
     * @param name of a header, a variable or a property; empty for the body
     * @param place file, line and label of the step
     * @param values of the expressions of the step
     */
    record Change(Part part, String name, boolean removed, String place, List<ExpressionValue> values) {}

    /** A header, variable or property that a step sets. */
    record Setting(Part part, String name) {
        @Override
        public String toString() {
            return part.noun + " " + name.toLowerCase(Locale.ROOT);
        }
    }

    /** What an exchange holds at a moment. */
    record State(Object body, Map<String, Object> headers, Map<String, Object> variables, Map<String, Object> more) {
        static State of(Exchange exchange) {
            Map<String, Object> properties = new LinkedHashMap<>(exchange.getProperties());
            properties
                    .keySet()
                    .removeIf(name ->
                            name.startsWith("Camel") || name.startsWith("Threadpost") || name.startsWith("threadpost"));
            Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getMessage().getHeaders());
            return new State(
                    exchange.getMessage().getBody(),
                    headers,
                    exchange.hasVariables() ? new LinkedHashMap<>(exchange.getVariables()) : Map.of(),
                    properties);
        }

        Map<String, Object> of(Part part) {
            return switch (part) {
                case BODY -> Map.of();
                case HEADER -> headers;
                case VARIABLE -> variables;
                case PROPERTY -> more;
            };
        }
    }

    /** @return of this exchange, begun now if there is none */
    static MessageHistory of(Exchange exchange) {
        MessageHistory known = exchange.getExchangeExtension().getSafeCopyProperty(KEY, MessageHistory.class);
        if (known != null) {
            return known;
        }
        MessageHistory history = new MessageHistory(
                null, null, Set.copyOf(exchange.getMessage().getHeaders().keySet()));
        exchange.getExchangeExtension().setSafeCopyProperty(KEY, history);
        return history;
    }

    /**
     * Adds what a step changed, except what the steps inside of it changed already. A step that is there to set
     * something set it, also to nothing.
     *
     * @param node the step
     * @param earlier the history when the step began
     * @param then what the exchange held when the step began
     */
    static void add(
            NamedNode node,
            Exchange exchange,
            MessageHistory earlier,
            State then,
            String place,
            List<ExpressionValue> values) {
        MessageHistory history = of(exchange);
        List<Change> inside = history.since(earlier);
        State now = State.of(exchange);
        List<Change> changes = new ArrayList<>();
        if (then.body() != now.body()) {
            changes.add(new Change(Part.BODY, "", now.body() == null, place, values));
        }
        for (Part part : List.of(Part.HEADER, Part.VARIABLE, Part.PROPERTY)) {
            Set<String> names = new LinkedHashSet<>(then.of(part).keySet());
            names.addAll(now.of(part).keySet());
            for (String name : names) {
                Object value = now.of(part).get(name);
                if (!Objects.equals(then.of(part).get(name), value)
                        || then.of(part).containsKey(name) != now.of(part).containsKey(name)) {
                    boolean set = sets(node)
                            .filter(setting -> setting.part() == part && name.equalsIgnoreCase(setting.name()))
                            .isPresent();
                    changes.add(new Change(part, name, value == null && !set, place, values));
                }
            }
        }
        sets(node)
                .filter(set -> changes.stream()
                        .noneMatch(
                                made -> made.part() == set.part() && made.name().equalsIgnoreCase(set.name())))
                .ifPresent(set -> changes.add(new Change(set.part(), set.name(), false, place, values)));
        for (Change made : changes) {
            boolean known = inside.stream()
                    .anyMatch(other -> other.part() == made.part()
                            && other.name().equalsIgnoreCase(made.name())
                            && other.removed() == made.removed());
            if (!known) {
                history = new MessageHistory(history, made, history.headers);
            }
        }
        exchange.getExchangeExtension().setSafeCopyProperty(KEY, history);
    }

    /** @return what the step is there to set; empty for most */
    static Optional<Setting> sets(NamedNode node) {
        return node instanceof SetHeaderDefinition header
                ? Optional.of(new Setting(Part.HEADER, header.getName()))
                : node instanceof SetVariableDefinition variable
                        ? Optional.of(new Setting(Part.VARIABLE, variable.getName()))
                        : node instanceof SetPropertyDefinition property
                                ? Optional.of(new Setting(Part.PROPERTY, property.getName()))
                                : Optional.empty();
    }

    @Override
    public SafeCopyProperty safeCopy() {
        return this;
    }

    /** @return from the last one on */
    private List<Change> since(MessageHistory earlier) {
        List<Change> changes = new ArrayList<>();
        for (MessageHistory one = this; one != null && one != earlier; one = one.before) {
            if (one.change != null) {
                changes.add(one.change);
            }
        }
        return changes;
    }

    /** @return the last change of this name; empty when no step changed it */
    Optional<Change> last(Part part, String name) {
        return find(made -> made.part() == part && made.name().equalsIgnoreCase(name));
    }

    /** @return the last step that set it; empty when none did */
    Optional<Change> lastSet(Part part, String name) {
        return find(
                made -> made.part() == part && !made.removed() && made.name().equalsIgnoreCase(name));
    }

    private Optional<Change> find(Predicate<Change> wanted) {
        return since(null).stream().filter(wanted).findFirst();
    }

    /** @return whether it is a later one than another */
    boolean isLater(Change one, Change other) {
        List<Change> all = since(null);
        return all.indexOf(one) < all.indexOf(other);
    }

    /** @return whether the exchange came with the header */
    boolean cameWith(String header) {
        return headers.stream().anyMatch(header::equalsIgnoreCase);
    }

    /** @return the names that steps set, and of headers those that the exchange came with */
    Set<String> names(Part part) {
        Set<String> names = new LinkedHashSet<>();
        since(null).stream().filter(made -> made.part() == part).forEach(made -> names.add(made.name()));
        if (part == Part.HEADER) {
            names.addAll(headers);
        }
        return names;
    }

    /** @return the step that set another part of this name, which was perhaps meant; empty without one */
    Optional<Change> elsewhere(Part part, String name) {
        return find(made -> made.part() != part
                && made.part() != Part.BODY
                && !made.removed()
                && made.name().equalsIgnoreCase(name));
    }
}
