package io.threadpost.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.language.simple.SimpleExpressionParser;
import org.apache.camel.language.simple.SimplePredicateParser;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;

import io.threadpost.settings.CamelJars;

/**
 * Looks at texts in Camel's simple language, with Camel's own parser. It is given no Camel context: what it then cannot
 * build is well written, and what is badly written it refuses before it would need one. Each function is parsed by
 * itself, so that one does not hide the next.
 */
final class SimpleCheck {
    private static final String OPEN = "${";
    /** Stands in for a function that was looked at by itself. */
    private static final String GOOD = "${uuid}";

    /** The operator that asks for a type. */
    private static final Pattern IS = Pattern.compile("\\s!?is\\s+(['\"])([\\w.$]+)\\1");

    /** Functions behind whose name Camel takes anything for a method. */
    private static final List<String> SWALLOWING = List.of("exchange", "camelContext", "exception");

    private final FindingCollector findingCollector;
    private final Placeholders placeholders;
    private final SourceText source;
    private final List<String> functions;
    private final CallCheck calls;

    SimpleCheck(
            FindingCollector findingCollector,
            Placeholders placeholders,
            SourceText source,
            List<String> functions,
            CallCheck calls) {
        this.calls = calls;
        this.findingCollector = findingCollector;
        this.placeholders = placeholders;
        this.source = source;
        this.functions = functions;
    }

    /** @return the names of simple's functions, as Camel describes them */
    static List<String> functions(CamelJars jars) {
        JsonNode described = jars.description(CamelJars.Kind.LANGUAGE, "simple")
                .orElseThrow()
                .path("functions");
        List<String> names = new ArrayList<>();
        described.fieldNames().forEachRemaining(name -> names.add(name.replaceFirst("[(:].*|\\.name.*", "")));
        return names.stream().distinct().toList();
    }

    /** Looks at a text that is a value, or at one that is yes or no. */
    void check(YamlNode text, boolean predicate) {
        String expression = placeholders.resolve(text.text(), "x").strip().replace("$simple{", OPEN);
        if (predicate) {
            IS.matcher(expression)
                    .results()
                    .forEach(is -> calls.named(is.group(2), () -> source.find(text, is.group(2))));
        }
        Optional<String> masked = mask(text, expression);
        if (masked.isPresent()) {
            refusal(masked.get(), predicate)
                    .ifPresent(why -> findingCollector.error(
                            text,
                            "simple: " + why,
                            predicate
                                    ? "write it like ${body[Subject]} contains 'x'"
                                    : "write functions like ${body[Subject]}"));
        }
    }

    /** The text with functions that are right; empty when one is not, and the report says which. */
    private Optional<String> mask(YamlNode text, String expression) {
        StringBuilder masked = new StringBuilder();
        boolean good = true;
        int copied = 0;
        for (int start = expression.indexOf(OPEN); start >= 0; start = expression.indexOf(OPEN, copied)) {
            int end = end(expression, start);
            if (end < 0) {
                SourcePosition sourcePosition = source.find(text, OPEN, count(expression.substring(0, start)));
                findingCollector.error(
                        sourcePosition.line(),
                        sourcePosition.column(),
                        "simple: `${` is not closed",
                        "write `}` where the function ends");
                return Optional.empty();
            }
            good &= function(text, expression.substring(start, end));
            masked.append(expression, copied, start).append(GOOD);
            copied = end;
        }
        masked.append(expression.substring(copied));
        return good ? Optional.of(masked.toString()) : Optional.empty();
    }

    private boolean function(YamlNode text, String function) {
        String inside = function.substring(2, function.length() - 1);
        if (inside.contains(OPEN)) {
            return mask(text, inside)
                    .filter(masked -> calls.check(masked.replace(GOOD, "x"), () -> source.find(text, function)))
                    .isPresent();
        }
        String name = inside.replaceFirst("[.:(\\[?].*", "");
        // Camel takes `bodyy` for a method `y` of the body.
        boolean swallowed = !functions.contains(name)
                && SWALLOWING.stream().anyMatch(known -> name.startsWith(known) && name.length() > known.length());
        Optional<String> refusal = swallowed ? Optional.of(name) : refusal(function, false);
        refusal.ifPresent(why -> {
            SourcePosition sourcePosition = source.find(text, function);
            boolean known = functions.contains(name);
            findingCollector.error(
                    sourcePosition.line(),
                    sourcePosition.column(),
                    known
                            ? "simple: " + findingCollector.quote(function) + " is not written as it should be"
                            : "simple: there is no function " + findingCollector.quote(function),
                    known
                            ? "see the description of simple's function `" + name + "`"
                            : findingCollector.instead(name, functions));
        });
        return refusal.isEmpty() && calls.check(inside, () -> source.find(text, function));
    }

    /** Why Camel's parser does not take it; empty when it does. */
    private static Optional<String> refusal(String expression, boolean predicate) {
        try {
            if (predicate) {
                new SimplePredicateParser(null, expression, true, null).parsePredicate();
            } else {
                new SimpleExpressionParser(null, expression, true, null).parseExpression();
            }
            return Optional.empty();
        } catch (SimpleIllegalSyntaxException e) {
            return e.getCause() instanceof NullPointerException || e.getMessage() == null
                    ? Optional.empty()
                    : Optional.of(
                            e.getMessage().lines().findFirst().orElse("").replaceFirst(" at location -?\\d+$", ""));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static int count(String text) {
        return text.split("\\$\\{", -1).length - 1;
    }

    private static int end(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.startsWith(OPEN, i)) {
                depth++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
