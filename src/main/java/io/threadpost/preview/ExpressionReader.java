package io.threadpost.preview;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetVariablesDefinition;
import org.apache.camel.model.ToDynamicDefinition;

import io.threadpost.json.RawJson;
import io.threadpost.preview.MessageHistory.Change;
import io.threadpost.preview.MessageHistory.ExpressionValue;
import io.threadpost.preview.MessageHistory.Part;
import io.threadpost.routecheck.NearestWord;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** Reads what the <code>${…}</code> of a step stand for. */
final class ExpressionReader {
    private static final int LONGEST = 80;
    private static final Pattern NAMED = Pattern.compile(
            "\\$\\{(header|headers|variable|exchangeProperty)(?:\\.|:|\\[)['\"]?([\\w-]+)['\"]?]?}|\\$\\{(body)}");
    private static final Pattern FIELD = Pattern.compile("\\$\\{body((?:\\[['\"]?[^\\[\\]'\"{}]+['\"]?])+)}");
    private static final Pattern NAME = Pattern.compile("\\[['\"]?([^\\[\\]'\"]+)['\"]?]");

    private ExpressionReader() {}

    /**
     * What the simple expressions of a step stand for now; those that call methods are left out.
     *
     * @param shown makes a value a redacted text
     */
    static List<ExpressionValue> of(NamedNode node, Exchange exchange, Function<Object, String> shown) {
        List<String> texts = new ArrayList<>();
        if (node instanceof ChoiceDefinition choice) {
            choice.getWhenClauses().forEach(when -> expression(when, texts));
        } else if (node instanceof HasExpressionType step) {
            expression(step, texts);
        } else if (node instanceof SetHeadersDefinition set) {
            set.getHeaders().forEach(header -> expression(header, texts));
        } else if (node instanceof SetVariablesDefinition set) {
            set.getVariables().forEach(variable -> expression(variable, texts));
        } else if (node instanceof LogDefinition log) {
            texts.add(log.getMessage());
        } else if (node instanceof ToDynamicDefinition to) {
            texts.add(to.getUri());
        } else if (node instanceof SendDefinition<?> to) {
            texts.add(to.getEndpointUri());
        }
        return of(String.join(" ", texts), exchange, shown);
    }

    private static void expression(HasExpressionType node, List<String> texts) {
        if (node.getExpressionType() != null
                && "simple".equals(node.getExpressionType().getLanguage())) {
            texts.add(node.getExpressionType().getExpression());
        }
    }

    private static List<ExpressionValue> of(String text, Exchange exchange, Function<Object, String> shown) {
        Map<String, ExpressionValue> values = new LinkedHashMap<>();
        if (text.contains("${")) {
            Matcher field = FIELD.matcher(text);
            while (field.find()) {
                values.computeIfAbsent(field.group(), whole -> field(whole, field.group(1), exchange, shown));
            }
            Matcher named = NAMED.matcher(text);
            while (named.find()) {
                values.computeIfAbsent(named.group(), whole -> named(whole, named, exchange, shown));
            }
        }
        return List.copyOf(values.values());
    }

    private static ExpressionValue field(String whole, String path, Exchange exchange, Function<Object, String> shown) {
        Object value = exchange.getMessage().getBody();
        String why = "";
        Matcher name = NAME.matcher(path);
        while (name.find()) {
            if (value instanceof Map<?, ?> map) {
                value = map.get(name.group(1));
                why = value == null ? missing(map, name.group(1)) : "";
            } else if (value instanceof List<?> list && name.group(1).matches("\\d{1,6}")) {
                int at = Integer.parseInt(name.group(1));
                value = at < list.size() ? list.get(at) : null;
                why = value == null ? "the list has " + list.size() + " entries" : "";
            } else {
                why = (value == null ? "there is no body" : "the body is " + kind(value) + " and has no fields")
                        + MessageHistory.of(exchange)
                                .last(Part.BODY, "")
                                .map(change -> ", since " + change.place())
                                .orElse("");
                value = null;
                break;
            }
        }
        return of(whole, value, why, shown);
    }

    private static String kind(Object body) {
        if (body instanceof Collection<?> list) {
            return "a list of " + list.size();
        }
        return body instanceof CharSequence ? "a text" : body instanceof Number ? "a number" : "a stream of bytes";
    }

    private static String missing(Map<?, ?> map, String name) {
        TreeSet<String> names = new TreeSet<>();
        map.keySet().forEach(key -> names.add(String.valueOf(key)));
        boolean thread = names.contains("UpdatedUtc") && names.contains("Id");
        String noun = thread ? "the thread" : "the body";
        if (thread) {
            names.addAll(ThreadpostVocabulary.THREAD_FIELDS);
        }
        String near = names.contains(name)
                ? ""
                : new NearestWord(names)
                        .likely(name)
                        .map(word -> "; did you mean `" + word + "`?")
                        .orElse("; it has " + String.join(", ", names));
        return map.containsKey(name)
                ? "its field `" + name + "` is null"
                : noun + " has no field `" + name + "`" + near;
    }

    private static ExpressionValue named(
            String whole, Matcher named, Exchange exchange, Function<Object, String> shown) {
        if (named.group(3) != null) {
            Object body = exchange.getMessage().getBody();
            return of(whole, body, body == null ? "there is no body" : "the body is empty", shown);
        }
        String name = named.group(2);
        Part part =
                switch (named.group(1)) {
                    case "variable" -> Part.VARIABLE;
                    case "exchangeProperty" -> Part.PROPERTY;
                    default -> Part.HEADER;
                };
        Object value =
                switch (part) {
                    case VARIABLE -> exchange.getVariable(name);
                    case PROPERTY -> exchange.getProperty(name);
                    default -> exchange.getMessage().getHeader(name);
                };
        boolean empty = value == null || "".equals(value);
        return of(whole, value, empty ? absent(MessageHistory.of(exchange), part, name) : "", shown);
    }

    /** @return why there is no header, variable or property of this name, or an empty one */
    static String absent(MessageHistory history, Part part, String name) {
        Optional<Change> last = history.last(part, name);
        if (last.isPresent()) {
            return "the " + part.noun + " `" + name + "` is " + (last.get().removed() ? "removed" : "set") + " at "
                    + last.get().place() + reasons(last.get().values());
        }
        String none = "no step sets the " + part.noun + " `" + name + "`";
        Optional<Change> other = history.elsewhere(part, name);
        if (other.isPresent()) {
            return none + "; " + other.get().place() + " sets a " + other.get().part().noun + " of this name";
        }
        return none
                + new NearestWord(history.names(part))
                        .likely(name)
                        .map(word -> "; did you mean `" + word + "`?"
                                + history.lastSet(part, word)
                                        .map(change -> " It is set at " + change.place())
                                        .orElse(""))
                        .orElse("");
    }

    private static String reasons(List<ExpressionValue> values) {
        List<String> empty = new ArrayList<>();
        values.stream()
                .filter(value -> value.value() == null)
                .forEach(value -> empty.add(value.text() + " is empty there: " + value.why()));
        return empty.isEmpty() ? "" : ", and " + String.join(", ", empty);
    }

    private static ExpressionValue of(String whole, Object value, String why, Function<Object, String> shown) {
        if (value == null || "".equals(value)) {
            return new ExpressionValue(whole, null, why.isEmpty() ? "it is an empty text" : why);
        }
        boolean plain = value instanceof Number || value instanceof Boolean;
        if (!plain && !(value instanceof CharSequence || value instanceof RawJson || value instanceof byte[])) {
            String what = value instanceof Collection<?> list
                    ? "a list of " + list.size()
                    : "a " + value.getClass().getSimpleName();
            return new ExpressionValue(whole, what, "");
        }
        String text = shown.apply(value).replaceAll("\\s+", " ");
        if (text.length() > LONGEST) {
            boolean half = Character.isHighSurrogate(text.charAt(LONGEST - 1));
            text = text.substring(0, half ? LONGEST - 1 : LONGEST) + "…";
        }
        return new ExpressionValue(whole, plain ? text : "'" + text + "'", "");
    }
}
