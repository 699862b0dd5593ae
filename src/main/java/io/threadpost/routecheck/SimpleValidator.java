package io.threadpost.routecheck;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.camel.language.simple.SimpleExpressionParser;
import org.apache.camel.language.simple.SimplePredicateParser;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;

/**
 * Validates texts in Camel's simple language with Camel's own parser. The parser gets no Camel context: it rejects bad
 * syntax before it needs one. Each function is parsed separately, so that one does not hide the next.
 */
final class SimpleValidator {
    private static final String OPEN = "${";
    /** Takes the place of a function that is valid. */
    private static final String VALID = "${uuid}";

    /** The operator that asks for a type. */
    private static final Pattern IS = Pattern.compile("\\s!?is\\s+(['\"])([\\w.$]+)\\1");

    /** Camel takes anything that follows these names for a method. */
    private static final List<String> SWALLOWING = List.of("exchange", "camelContext", "exception");

    /** A word where an operator is expected. */
    private static final Pattern WORD = Pattern.compile("\\s(!?[A-Za-z]+|&|\\||=)(?=\\s)");
    /** Values, and words of operators of two words. */
    private static final List<String> OTHER_WORDS = List.of("true", "false", "null", "not", "starts", "ends", "with");

    private static final List<String> OPERATORS =
            List.of("contains", "startsWith", "endsWith", "regex", "in", "is", "range");
    /** What other languages call them. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("beginswith", "startsWith"),
            Map.entry("finisheswith", "endsWith"),
            Map.entry("like", "contains"),
            Map.entry("includes", "contains"),
            Map.entry("matches", "regex"),
            Map.entry("equals", "=="),
            Map.entry("eq", "=="),
            Map.entry("ne", "!="),
            Map.entry("gt", ">"),
            Map.entry("lt", "<"),
            Map.entry("and", "&&"),
            Map.entry("or", "||"),
            Map.entry("&", "&&"),
            Map.entry("|", "||"),
            Map.entry("=", "=="));

    private final SourceText source;
    private final Placeholders placeholders;
    private final List<String> functions;
    private final MethodCallValidator calls;
    private final FindingCollector findings;

    SimpleValidator(ParsedFile file) {
        this.source = file.text();
        this.placeholders = file.build().placeholders();
        this.functions = file.build().simpleFunctions();
        this.calls = new MethodCallValidator(file);
        this.findings = file.findings();
    }

    /** @param predicate whether the text is a condition, and no value */
    void validate(YamlNode text, boolean predicate) {
        String expression = placeholders.resolve(text.text(), "x").strip().replace("$simple{", OPEN);
        if (predicate) {
            IS.matcher(expression)
                    .results()
                    .forEach(is -> calls.namedClass(is.group(2), () -> source.find(text, is.group(2))));
        }
        Optional<String> masked = mask(text, expression);
        if (masked.isPresent()) {
            rejection(masked.get(), predicate)
                    .ifPresent(why -> findings.error(
                            text,
                            "simple: " + why,
                            predicate
                                    ? operator(masked.get()).orElse("write it like ${body[Subject]} contains 'x'")
                                    : "write functions like ${body[Subject]}"));
        }
    }

    /** @return the text with its functions masked; empty when one is invalid, and reported */
    private Optional<String> mask(YamlNode text, String expression) {
        StringBuilder masked = new StringBuilder();
        boolean valid = true;
        int copied = 0;
        for (int start = expression.indexOf(OPEN); start >= 0; start = expression.indexOf(OPEN, copied)) {
            int end = end(expression, start);
            if (end < 0) {
                SourcePosition position = source.find(text, OPEN, count(expression.substring(0, start)));
                findings.error(position, "simple: `${` is not closed", "write `}` where the function ends");
                return Optional.empty();
            }
            valid &= function(text, expression.substring(start, end));
            masked.append(expression, copied, start).append(VALID);
            copied = end;
        }
        masked.append(expression.substring(copied));
        return valid ? Optional.of(masked.toString()) : Optional.empty();
    }

    private boolean function(YamlNode text, String function) {
        String inside = function.substring(2, function.length() - 1);
        if (inside.contains(OPEN)) {
            return mask(text, inside)
                    .filter(masked -> calls.validate(masked.replace(VALID, "x"), () -> source.find(text, function)))
                    .isPresent();
        }
        String name = inside.replaceFirst("[.:(\\[?].*", "");
        // Camel takes `bodyy` for a method `y` of the body.
        boolean swallowed =
                SWALLOWING.stream().anyMatch(known -> name.startsWith(known) && name.length() > known.length());
        boolean missing = !functions.contains(name) && (swallowed || BuildModel.LANGUAGE_FUNCTIONS.contains(name));
        Optional<String> rejection = missing ? Optional.of(name) : rejection(function, false);
        rejection.ifPresent(why -> {
            SourcePosition position = source.find(text, function);
            boolean known = functions.contains(name);
            findings.error(
                    position,
                    known
                            ? "simple: " + findings.quote(function) + " is malformed"
                            : "simple: there is no function " + findings.quote(function),
                    known
                            ? "see the description of simple's function `" + name + "`"
                            : findings.instead(name, functions));
        });
        return rejection.isEmpty() && calls.validate(inside, () -> source.find(text, function));
    }

    /** @return why Camel's parser rejects the text; empty when it does not */
    private static Optional<String> rejection(String expression, boolean predicate) {
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

    /** @return advice for a word between values that is no operator; empty without one */
    private static Optional<String> operator(String masked) {
        return WORD.matcher(masked.replaceAll("'[^']*'|\"[^\"]*\"", "''"))
                .results()
                .map(word -> word.group(1))
                .filter(word -> !OPERATORS.contains(word.replaceFirst("^!", "")) && !OTHER_WORDS.contains(word))
                .findFirst()
                .map(word -> Optional.ofNullable(MEANT.get(word.toLowerCase(Locale.ROOT)))
                        .or(() -> new NearestWord(OPERATORS).likely(word))
                        .map(operator -> "`" + word + "` is no operator; " + FindingCollector.didYouMean(operator))
                        .orElse("`" + word + "` is no operator; write one of ==, !=, >, >=, <, <=, =~, ~~, !~~, "
                                + String.join(", ", OPERATORS)));
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
