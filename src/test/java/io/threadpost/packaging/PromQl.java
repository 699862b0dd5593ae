package io.threadpost.packaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the part of Prometheus' query language that alert rules and dashboard use, and rejects everything else. */
final class PromQl {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<number>\\d+(?:\\.\\d+)?(?![\\w.]))"
            + "|(?<range>\\d+[smhd])"
            + "|(?<name>[a-zA-Z_:][\\w:]*)"
            + "|(?<text>\"[^\"]*\")"
            + "|(?<sign>==|!=|>=|<=|=~|!~|[-+*/<>=(){}\\[\\],]))");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
    private static final Set<String> FUNCTIONS = Set.of("rate", "increase", "changes", "absent");
    private static final Set<String> OPERATORS = Set.of("==", "!=", ">", "<", ">=", "<=", "+", "-", "*", "/");
    private static final Set<String> SETS = Set.of("and", "or", "unless");

    private final List<String> tokens = new ArrayList<>();
    private final List<Selector> selectors = new ArrayList<>();
    private int next;

    /**
     * One selection of time series.
     *
     * @param labels those that it is filtered or grouped by
     */
    record Selector(String metric, Set<String> labels) {}

    /** @throws IllegalArgumentException when it is not a query */
    PromQl(String query) {
        Matcher token = TOKEN.matcher(query.strip());
        int end = 0;
        while (token.lookingAt()) {
            tokens.add(token.group().strip());
            end = token.end();
            token.region(end, query.strip().length());
        }
        expect(end == query.strip().length(), "a token");
        expression(new TreeSet<>());
        expect(next == tokens.size(), "the end");
    }

    List<Selector> selectors() {
        return selectors;
    }

    private void expression(Set<String> groups) {
        operand(groups);
        while (next < tokens.size() && (OPERATORS.contains(peek()) || SETS.contains(peek()))) {
            next++;
            operand(groups);
        }
    }

    private void operand(Set<String> groups) {
        String token = take();
        if (token.equals("(")) {
            expression(groups);
            take(")");
        } else if (AGGREGATIONS.contains(token)) {
            Set<String> labels = new TreeSet<>(groups);
            if (peek().equals("by")) {
                take("by");
                labels.addAll(names());
            }
            take("(");
            expression(labels);
            take(")");
        } else if (FUNCTIONS.contains(token)) {
            take("(");
            expression(groups);
            take(")");
        } else if (!token.matches("[\\d.]+")) {
            selector(token, groups);
        }
    }

    private void selector(String metric, Set<String> groups) {
        expect(metric.matches("[a-z][\\w:]*") && !SETS.contains(metric), "a metric");
        Set<String> labels = new TreeSet<>(groups);
        if (peek().equals("{")) {
            do {
                next++;
                labels.add(take());
                expect(Set.of("=", "!=", "=~", "!~").contains(take()), "a comparison");
                expect(take().startsWith("\""), "a text");
            } while (peek().equals(","));
            take("}");
        }
        if (peek().equals("[")) {
            take("[");
            expect(take().matches("\\d+[smhd]"), "a range");
            take("]");
        }
        selectors.add(new Selector(metric, labels));
    }

    private Set<String> names() {
        Set<String> names = new TreeSet<>();
        expect(peek().equals("("), "(");
        do {
            next++;
            names.add(take());
        } while (peek().equals(","));
        take(")");
        return names;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        expect(next < tokens.size(), "more");
        return tokens.get(next++);
    }

    private void take(String token) {
        expect(take().equals(token), token);
    }

    private void expect(boolean given, String what) {
        if (!given) {
            throw new IllegalArgumentException("expected " + what + " after " + tokens.subList(0, next));
        }
    }
}
