package io.threadpost.routecheck;

import java.util.Set;
import java.util.regex.Pattern;

/** Looks at one option of an endpoint. */
record OptionCheck(
        ComponentModel component,
        EndpointUse.Direction direction,
        Placeholders placeholders,
        SimpleCheck simple,
        FindingCollector report) {
    static final String DURATION =
            "-?[0-9]+|(?i)([0-9]+\\s*(ms|d|h|m|s|day|days|hour|hours|minute|minutes|min|second|seconds|sec|millis)\\s*)+|P.*";
    /** Signs that an endpoint's address is read by. */
    private static final Pattern MEANING = Pattern.compile("[&+]");

    private static final Set<String> TEXTS = Set.of("string", "object", "array", "");

    void check(YamlNode key, YamlNode value) {
        if (component.path().stream().anyMatch(option -> option.name().equals(key.text()))
                || component.free(key.text())) {
            return;
        }
        component.option(key.text()).ifPresentOrElse(option -> value(option, key, value), () -> unknown(key));
    }

    private void unknown(YamlNode key) {
        String advice = report.instead(key.text(), component.options().keySet());
        String problem = "unknown option " + report.quote(key.text()) + " of `" + component.scheme() + "`";
        if (!component.lenient()) {
            report.error(key, problem, advice);
        } else if (advice.startsWith("did you mean")) {
            // It goes into the request's address as it is, which may be what is wanted.
            report.warning(key, problem, advice);
        }
    }

    private void value(ComponentModel.Option option, YamlNode key, YamlNode value) {
        if (option.side().startsWith(direction == EndpointUse.Direction.TO ? "consumer" : "producer")) {
            report.warning(
                    key,
                    "the option `" + option.name() + "` of `" + component.scheme() + "` does nothing here",
                    "it belongs to " + (direction == EndpointUse.Direction.TO ? "`from`" : "`to`"));
        }
        if (value.is(YamlNode.Kind.MAP) || value.is(YamlNode.Kind.LIST)) {
            report.error(
                    value,
                    "the option `" + option.name() + "` is " + value.kind().words(),
                    "write one value");
            return;
        }
        String text = placeholders.resolve(value.text()).strip();
        if (!value.text().startsWith("RAW")
                && MEANING.matcher(placeholders.resolve(value.text(), "")).find()
                && !MEANING.matcher(Placeholders.without(value.text())).find()) {
            report.warning(
                    value,
                    "the value of " + report.quote(value.text())
                            + " has `&` or `+` in it, which would be taken for the address's own",
                    "write `RAW(" + value.text() + ")`");
        }
        if (text.contains("${")) {
            simple.check(value, false);
        }
        if (EndpointUri.open(text) || text.startsWith("#") || text.startsWith("RAW")) {
            return;
        }
        if (text.isEmpty()) {
            if (!TEXTS.contains(option.type()) || !option.values().isEmpty()) {
                report.error(key, "nothing stands behind the option `" + option.name() + "`", wanted(option));
            }
            return;
        }
        boolean fits = option.values().isEmpty()
                ? switch (option.type()) {
                    case "boolean" -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
                    case "integer" -> text.matches(component.own() ? "0*[1-9][0-9]{0,8}" : "[-+]?[0-9]{1,19}");
                    // Camel reads times into these as well.
                    case "long" -> text.matches("[-+]?[0-9]{1,19}") || text.matches(DURATION);
                    case "number" -> text.matches("[-+]?[0-9]+(\\.[0-9]+)?");
                    case "duration" -> text.matches(DURATION);
                    default -> true;
                }
                : option.values().stream().anyMatch(allowed -> normal(allowed).equals(normal(text)));
        if (!fits) {
            String shown = option.secret() ? "`***`" : report.quote(value.text());
            report.error(value, "the option `" + option.name() + "` cannot be " + shown, wanted(option));
        }
        OwnOptionFormats.of(component.scheme(), option.name())
                .ifPresent(
                        textFormat -> OwnOptionFormats.check(textFormat, text, value.line(), value.column(), report));
    }

    private String wanted(ComponentModel.Option option) {
        if (!option.values().isEmpty()) {
            return "write one of " + String.join(", ", option.values());
        }
        return switch (option.type()) {
            case "boolean" -> "write true or false";
            case "integer", "number", "long" -> component.own() ? "write a number of 1 or more" : "write a number";
            case "duration" -> "write it like 500ms, 30s, 5m or 1h";
            default -> "write a value";
        };
    }

    private static String normal(String value) {
        return value.replace("-", "").replace("_", "").toLowerCase(java.util.Locale.ROOT);
    }
}
