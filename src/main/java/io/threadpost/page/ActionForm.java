package io.threadpost.page;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.ops.ApiRefusal;

/**
 * A form of an operator action as a browser sends it, or as one is asked for.
 *
 * @param given the values of its fields
 */
record ActionForm(OperatorAction action, Map<String, String> given) {
    /** The fields that select what an action is about; the rest is filled in by a person. */
    private static final List<String> SELECTION =
            List.of("spool id key all target mailbox number reason thread connection file route version".split(" "));

    /** What the API calls fields whose names select something in a form. */
    private static final Map<String, String> RENAMED = Map.of("why", "reason", "until", "to", "to-spool", "spool");

    private static final List<String> NUMBERS = List.of("id", "number", "version");
    private static final List<String> FLAGS = List.of("all", "withheld", "bodies");

    /**
     * What a person confirms.
     *
     * @param consequence what happens, in one sentence
     * @param undo how to take it back, or that it cannot be
     * @param hidden what it is about
     * @param fields what a person fills in
     * @param back where the person came from, and returns to
     */
    @RegisterForReflection
    record Confirmation(
            String action,
            String title,
            String consequence,
            String undo,
            String button,
            boolean destructive,
            List<Hidden> hidden,
            List<Field> fields,
            String back) {}

    /** A field that a person does not see. */
    @RegisterForReflection
    record Hidden(String name, String value) {}

    /**
     * A field of a form.
     *
     * @param value what it begins with
     * @param options choices; empty for a line of text
     */
    @RegisterForReflection
    record Field(String name, String label, String hint, String value, boolean required, List<Option> options) {
        /** A line of text that must be filled in. */
        static Field required(String name, String label, String hint) {
            return new Field(name, label, hint, "", true, List.of());
        }

        /** A choice that must be made. */
        static Field choice(String name, String label, String hint, List<Option> options) {
            return new Field(name, label, hint, "", true, options);
        }

        /** A line of text that may stay as it is. */
        static Field optional(String name, String label, String hint, String value) {
            return new Field(name, label, hint, value, false, List.of());
        }
    }

    /** A choice. */
    @RegisterForReflection
    record Option(String value, String label) {
        static List<Option> of(List<String> names) {
            return names.stream().map(name -> new Option(name, name)).toList();
        }
    }

    /**
     * The result of an action.
     *
     * @param left items that it could not change
     */
    record Outcome(long changed, long left, String back) {}

    Confirmation confirmation(String title, String consequence, String undo, List<Field> fields) {
        List<Hidden> hidden = SELECTION.stream()
                .filter(given::containsKey)
                .map(name -> new Hidden(name, given.get(name)))
                .toList();
        String button = action.button();
        return new Confirmation(
                action.id(), title, consequence, undo, button, action.destructive(), hidden, fields, back());
    }

    Confirmation confirmation(String title, String consequence, String undo) {
        return confirmation(title, consequence, undo, List.of());
    }

    Outcome outcome(long changed) {
        return outcome(changed, 0);
    }

    Outcome outcome(long changed, long left) {
        return new Outcome(changed, left, back());
    }

    private String back() {
        return action.place(given);
    }

    /** @return a value; empty when there is none */
    String get(String field) {
        return given.getOrDefault(field, "");
    }

    boolean has(String field) {
        return given.containsKey(field);
    }

    /**
     * @return those of the fields that are filled in, as the API takes them
     * @throws ApiRefusal when a number is not one
     */
    String body(String... fields) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            String name = RENAMED.getOrDefault(field, field);
            String value = get(field).strip();
            if (value.isEmpty()) {
                continue;
            }
            if (NUMBERS.contains(name)) {
                object.put(name, number(name, value));
            } else if (FLAGS.contains(name)) {
                object.put(name, value.equals("true"));
            } else {
                object.put(name, value);
            }
        }
        return object.toString();
    }

    private static long number(String name, String value) {
        if (!value.matches("\\d{1,18}")) {
            throw new ApiRefusal(400, "`" + name + "` is not a number", "go back and act there again");
        }
        return Long.parseLong(value);
    }
}
