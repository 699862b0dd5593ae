package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The placeholders of a text: {@code {{key}}}, {@code {{key:default}}}, {@code {{?key}}} for an option that is left out
 * without a value, {@code {{!key}}} for its opposite, {@code {{env:NAME}}} and the like for other sources.
 */
final class Placeholders {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Set<String> SOURCES =
            Set.of("env", "sys", "bean", "service", "service.name", "service.host", "service.port");

    private final RouteContext context;

    /**
     * A placeholder.
     *
     * @param start of its braces in the text
     * @param key of the setting or of the other source
     * @param source such as {@code env}; empty for a setting
     * @param byDefault what follows the colon
     * @param optional whether it may be without a value
     * @param closed whether its closing braces are there
     */
    record Placeholder(
            int start,
            int end,
            String key,
            String source,
            Optional<String> byDefault,
            boolean optional,
            boolean closed) {}

    Placeholders(RouteContext context) {
        this.context = context;
    }

    /** @return the placeholders of the text, in order; the innermost of nested ones */
    static List<Placeholder> in(String text) {
        List<Placeholder> found = new ArrayList<>();
        int start = text.indexOf(OPEN);
        while (start >= 0) {
            int end = text.indexOf(CLOSE, start);
            start = end < 0 ? start : Math.max(start, text.lastIndexOf(OPEN, end - 2));
            found.add(end < 0 ? broken(start, text.length()) : read(start, end + 2, text.substring(start + 2, end)));
            start = end < 0 ? -1 : text.indexOf(OPEN, end + 2);
        }
        return found;
    }

    /** @return the text with the values of settings; placeholders without a value stay */
    String resolve(String text) {
        return replace(
                text, placeholder -> value(placeholder).orElse(text.substring(placeholder.start(), placeholder.end())));
    }

    /** @return the text with the values of settings, and a word in place of placeholders without a value */
    String resolve(String text, String word) {
        return replace(text, placeholder -> value(placeholder).orElse(word));
    }

    /** @return the text without its placeholders */
    static String without(String text) {
        return replace(text, placeholder -> " ");
    }

    private static String replace(String text, Function<Placeholder, String> value) {
        StringBuilder replaced = new StringBuilder();
        int copied = 0;
        for (Placeholder placeholder : in(text)) {
            replaced.append(text, copied, placeholder.start()).append(value.apply(placeholder));
            copied = placeholder.end();
        }
        return replaced.append(text.substring(copied)).toString();
    }

    private Optional<String> value(Placeholder placeholder) {
        Optional<String> value =
                placeholder.source().isEmpty() && !placeholder.key().isEmpty()
                        ? context.setting(placeholder.key())
                        : Optional.empty();
        return value.or(placeholder::byDefault);
    }

    private static Placeholder read(int start, int end, String inside) {
        boolean marked = inside.startsWith("?") || inside.startsWith("!");
        String rest = marked ? inside.substring(1) : inside;
        int colon = rest.indexOf(':');
        String first = colon < 0 ? rest : rest.substring(0, colon);
        if (SOURCES.contains(first)) {
            String name = rest.substring(colon + 1);
            int second = name.indexOf(':');
            return new Placeholder(
                    start,
                    end,
                    second < 0 ? name : name.substring(0, second),
                    first,
                    second < 0 ? Optional.empty() : Optional.of(name.substring(second + 1)),
                    inside.startsWith("?"),
                    true);
        }
        return new Placeholder(
                start,
                end,
                first.strip(),
                "",
                colon < 0 ? Optional.empty() : Optional.of(rest.substring(colon + 1)),
                inside.startsWith("?"),
                true);
    }

    private static Placeholder broken(int start, int end) {
        return new Placeholder(start, end, "", "", Optional.empty(), false, false);
    }
}
