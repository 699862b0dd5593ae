package io.threadpost.preview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.mail.MailDryRun;

/** Compares what happened with what an example expects. */
final class Expectation {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LONGEST = 1000;
    /** Fields that say where an effect goes. */
    private static final Set<String> IDENTITY = Set.of("path", "url", "destination", "topic", "to");

    private final Preview.Result result;
    private final Explanation explanation;
    private final List<Difference> differences = new ArrayList<>();
    /** The lines of the example about something missing, by their explanation. */
    private final Map<List<String>, Integer> missing = new HashMap<>();

    private Expectation(Preview.Result result) {
        this.result = result;
        this.explanation = new Explanation(result);
    }

    /**
     * What differs.
     *
     * @param line of the example
     * @param lines for people: what differs, and then what explains it
     */
    record Difference(int line, List<String> lines) {}

    static List<Difference> differences(ExampleNode expect, Preview.Result result) {
        Expectation expectation = new Expectation(result);
        expectation.compare(expect);
        return expectation.differences;
    }

    private void compare(ExampleNode expect) {
        failures(expect);
        if (!differences.isEmpty() && expect.at("failure").isEmpty()) {
            // What is missing is missing because of the failure.
            return;
        }
        for (ExampleNode.Entry entry : expect.entries()) {
            ExpectationKeys.Effects effects = ExpectationKeys.EFFECTS.get(entry.name());
            if (effects != null) {
                effects(entry, effects.kind());
            } else if (entry.name().equals("spools")) {
                spools(entry.value());
            } else if (entry.name().equals("mail")) {
                mail(entry.value());
            }
        }
    }

    private void failures(ExampleNode expect) {
        List<Passage> failed = result.passages().stream()
                .filter(passage ->
                        !passage.failure().isEmpty() || !passage.rejected().isEmpty())
                .toList();
        ExampleNode expected = expect.at("failure").orElse(null);
        if (expected == null) {
            for (Passage passage : failed) {
                String what = passage.failure().isEmpty()
                        ? String.join("; ", passage.rejected().values())
                        : passage.failure();
                report(
                        expect.line(),
                        passage.from() + " fails, and no failure is expected",
                        "failure:  " + shortened(what),
                        place(passage),
                        read(passage),
                        assumed(passage));
            }
        } else if (failed.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add("a failure is expected, and nothing failed");
            result.passages().forEach(passage -> passage.effects().forEach(effect -> {
                lines.add("done:     " + shortened(summary(effect)));
                lines.add(place(effect));
            }));
            report(expected.line(), lines.toArray(String[]::new));
        } else {
            Passage first = failed.get(0);
            matches(expected, first.failure(), "failure", new Origin("", place(first), Passage.Source.UNKNOWN));
        }
    }

    /** @return what tells it from others of its kind, in one line */
    private static String summary(Passage.Effect effect) {
        List<String> values = new ArrayList<>();
        effect.fields().forEach((name, value) -> {
            if (value != null
                    && !(value instanceof Map<?, ?>)
                    && (!List.of("body", "content", "text", "answer").contains(name)
                            || effect.kind().equals("log"))) {
                values.add(value.toString());
            }
        });
        return name(effect) + " " + String.join(" ", values);
    }

    private static String name(Passage.Effect effect) {
        return effect.kind().equals("http") ? "request" : effect.kind();
    }

    /** A failure behind a call is often one of the empty answer that no example gave. */
    private static String assumed(Passage passage) {
        return passage.effects().stream()
                .filter(effect ->
                        RecordedHttpClient.ASSUMED.equals(effect.fields().get("answer")))
                .reduce((earlier, last) -> last)
                .map(effect -> "assumed:  " + effect.fields().get("method") + " "
                        + effect.fields().get("url") + " answers 200 without a body, since no item of `answers` has"
                        + " this address")
                .orElse("");
    }

    private static String place(Passage passage) {
        return passage.steps().stream()
                .filter(step -> step.result().equals("failed"))
                .reduce((outer, inner) -> inner)
                .map(step -> "at:       " + step.file() + ":" + step.line() + ": " + step.label())
                .orElse("");
    }

    /** What a failed step read may have failed it. */
    private static String read(Passage passage) {
        return passage.steps().stream()
                .filter(step -> step.result().equals("failed"))
                .flatMap(step -> step.values().stream())
                .map(value -> "where:    " + value)
                .distinct()
                .collect(Collectors.joining("\n    "));
    }

    private void spools(ExampleNode expected) {
        Map<String, List<Passage.Sent>> sent = new LinkedHashMap<>();
        result.passages().forEach(passage -> passage.sent()
                .forEach(item -> sent.computeIfAbsent(item.spool(), name -> new ArrayList<>())
                        .add(item)));
        if (expected.is(ExampleNode.Kind.LIST)) {
            Set<String> wanted = new LinkedHashSet<>();
            expected.items().forEach(item -> {
                wanted.add(item.text());
                if (!sent.containsKey(item.text())) {
                    missing(item.line(), item.text());
                }
            });
            sent.keySet().stream()
                    .filter(spool -> !wanted.contains(spool))
                    .forEach(spool -> unexpected(
                            expected.line(),
                            sent.get(spool).get(0),
                            "an item, and the example does not list this spool"));
            return;
        }
        for (ExampleNode.Entry entry : expected.entries()) {
            List<Passage.Sent> items = sent.getOrDefault(entry.name(), List.of());
            ExampleNode spool = entry.value();
            if ("true".equals(spool.textAt("absent"))) {
                if (!items.isEmpty()) {
                    unexpected(entry.line(), items.get(0), "an item, and none is expected");
                }
                continue;
            }
            if (items.isEmpty()) {
                missing(entry.line(), entry.name());
                continue;
            }
            String count = spool.textAt("count");
            if (count != null && !count.equals(String.valueOf(items.size()))) {
                List<String> lines = new ArrayList<>();
                lines.add("spool:" + entry.name() + " gets " + items.size() + " items, and " + count + " are expected");
                items.stream()
                        .map(item -> "sent at:  " + item.source().place())
                        .distinct()
                        .forEach(lines::add);
                lines.addAll(explanation.missingSpool(entry.name()).stream()
                        .filter(line -> !line.startsWith("sent to:") && !line.startsWith("no step"))
                        .toList());
                report(spool.at("count").orElseThrow().line(), lines.toArray(String[]::new));
            }
            Passage.Sent first = items.get(0);
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("key", first.key());
            fields.put("headers", first.headers());
            fields.put("body", first.body());
            for (ExampleNode.Entry field : spool.entries()) {
                if (fields.containsKey(field.name())) {
                    String name = "spool:" + entry.name();
                    Origin origin =
                            new Origin(name, "sent at:  " + first.source().place(), first.source());
                    matches(field.value(), fields.get(field.name()), name + " " + field.name(), origin);
                }
            }
        }
    }

    private void missing(int line, String spool) {
        List<String> lines = new ArrayList<>();
        lines.add("spool:" + spool + " gets no item");
        lines.addAll(explanation.missingSpool(spool));
        missing(line, lines);
    }

    /** @param lines what is missing, and why, which is not repeated */
    private void missing(int line, List<String> lines) {
        List<String> why = lines.subList(1, lines.size()).stream()
                .filter(text -> !text.startsWith("sent to:"))
                .toList();
        Integer same = why.isEmpty() ? null : missing.putIfAbsent(why, line);
        if (same == null) {
            report(line, lines.toArray(String[]::new));
        } else {
            report(line, lines.get(0), "because:  as in line " + same);
        }
    }

    private void unexpected(int line, Passage.Sent item, String what) {
        List<String> lines = new ArrayList<>();
        lines.add("spool:" + item.spool() + " gets " + what);
        lines.addAll(Explanation.source("sent at:  ", item.source()));
        report(line, lines.toArray(String[]::new));
    }

    private void mail(ExampleNode expected) {
        if (result.mail().isEmpty()) {
            report(expected.line(), "`mail` is expected, and a thread is given");
            return;
        }
        MailDryRun.Result mail = result.mail().get();
        Map<String, Object> fields = new LinkedHashMap<>(mail.fields());
        fields.put("parked", mail.parked().map(Map.Entry::getKey).orElse(null));
        fields.put("parkedWhy", mail.parked().map(Map.Entry::getValue).orElse(null));
        for (ExampleNode.Entry field : expected.entries()) {
            matches(field.value(), fields.get(field.name()), "mail " + field.name(), Origin.UNKNOWN);
        }
    }

    /** The list is complete: each expected effect is another one, and there is no further one. */
    private void effects(ExampleNode.Entry expected, String kind) {
        List<Passage.Effect> left = new ArrayList<>();
        result.passages().forEach(passage -> passage.effects().stream()
                .filter(effect -> effect.kind().equals(kind))
                .forEach(left::add));
        int count = left.size();
        List<ExampleNode> unmatched = new ArrayList<>();
        for (ExampleNode wanted : expected.value().items()) {
            Passage.Effect match = left.stream()
                    .filter(effect -> against(wanted, effect).isEmpty())
                    .findFirst()
                    .orElse(null);
            if (match == null) {
                unmatched.add(wanted);
            } else {
                left.remove(match);
            }
        }
        for (ExampleNode wanted : unmatched) {
            if (left.isEmpty()) {
                List<String> lines = new ArrayList<>();
                lines.add(expected.name() + ": " + count + " instead of "
                        + expected.value().items().size() + "; this one is missing");
                lines.addAll(explanation.missingEffect(kind));
                missing(wanted.line(), lines);
            } else {
                Passage.Effect nearest = left.stream()
                        .min((one, other) -> Integer.compare(
                                against(wanted, one).size(),
                                against(wanted, other).size()))
                        .orElseThrow();
                List<Difference> found = against(wanted, nearest);
                boolean other = found.stream()
                        .anyMatch(difference ->
                                IDENTITY.contains(difference.lines().get(0).replaceFirst(".* ", "")));
                if (other
                        && found.size() > 1
                        && found.size() * 2 > wanted.entries().size()) {
                    another(wanted, nearest, expected.name());
                } else {
                    differences.addAll(found);
                }
                left.remove(nearest);
            }
        }
        for (Passage.Effect effect : left) {
            List<String> lines = new ArrayList<>();
            lines.add("one of the " + expected.name() + " is not expected");
            lines.add("got:      " + shortened(summary(effect)));
            lines.addAll(Explanation.source("at:       ", effect.source()));
            lines.addAll(explanation.senders(effect.source().from()));
            report(expected.line(), lines.toArray(String[]::new));
        }
    }

    /** Of two that have little in common, each difference by itself says nothing. */
    private void another(ExampleNode wanted, Passage.Effect nearest, String name) {
        List<String> values = wanted.entries().stream()
                .filter(field -> field.value().is(ExampleNode.Kind.SCALAR))
                .map(field -> field.value().text().strip())
                .toList();
        report(
                wanted.line(),
                "none of the " + name + " is like this one",
                "expected: " + shortened(String.join(" ", values)),
                "got:      " + shortened(summary(nearest)),
                place(nearest));
    }

    private List<Difference> against(ExampleNode wanted, Passage.Effect effect) {
        Expectation one = new Expectation(result);
        for (ExampleNode.Entry field : wanted.entries()) {
            one.matches(
                    field.value(),
                    effect.fields().get(field.name()),
                    name(effect) + " " + field.name(),
                    new Origin(name(effect), place(effect), effect.source()));
        }
        return one.differences;
    }

    private static String place(Passage.Effect effect) {
        return effect.source().place().isEmpty()
                ? ""
                : "at:       " + effect.source().place();
    }

    /**
     * Where a value comes from.
     *
     * @param thing what has the value, with which the text of a difference begins
     * @param place for people; may be empty
     */
    private record Origin(String thing, String place, Passage.Source source) {
        static final Origin UNKNOWN = new Origin("", "", Passage.Source.UNKNOWN);
    }

    private void matches(ExampleNode expected, Object actual, String what, Origin origin) {
        if (expected.is(ExampleNode.Kind.MAP)
                && !expected.entries().isEmpty()
                && expected.entries().stream().allMatch(entry -> ExpectationKeys.MATCHERS.contains(entry.name()))) {
            expected.entries().forEach(matcher -> matcher(matcher, actual, what, origin));
        } else if (expected.is(ExampleNode.Kind.MAP)) {
            Map<?, ?> fields = actual instanceof Map<?, ?> map ? map : Map.of();
            expected.entries()
                    .forEach(entry ->
                            matches(entry.value(), field(fields, entry.name()), what + " " + entry.name(), origin));
        } else {
            String wanted = expected.is(ExampleNode.Kind.LIST) ? expected.json() : expected.text();
            String got = actual == null ? null : text(actual);
            if (wanted == null
                    ? got != null && !got.isEmpty()
                    : !stripped(wanted).equals(stripped(got))) {
                differs(expected.line(), what, wanted == null ? "nothing" : wanted, got, origin);
            }
        }
    }

    /** Header names have no case. */
    private static Object field(Map<?, ?> fields, String name) {
        return fields.entrySet().stream()
                .filter(field -> name.equalsIgnoreCase(String.valueOf(field.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private void matcher(ExampleNode.Entry matcher, Object actual, String what, Origin origin) {
        String got = actual == null ? null : text(actual);
        ExampleNode value = matcher.value();
        switch (matcher.name()) {
            case "contains" -> {
                List<ExampleNode> parts = value.is(ExampleNode.Kind.LIST) ? value.items() : List.of(value);
                parts.stream()
                        .filter(part -> got == null || !got.contains(String.valueOf(part.text())))
                        .forEach(part -> differs(part.line(), what, "text that contains " + part.text(), got, origin));
            }
            case "matches" -> {
                try {
                    if (got == null
                            || !Pattern.compile(value.text(), Pattern.DOTALL)
                                    .matcher(got)
                                    .matches()) {
                        differs(value.line(), what, "text that matches " + value.text(), got, origin);
                    }
                } catch (PatternSyntaxException e) {
                    report(value.line(), "`" + value.text() + "` is not a regular expression: " + e.getDescription());
                }
            }
            case "absent" -> {
                boolean absent = !"false".equals(value.text());
                if (absent == (got != null && !got.isEmpty())) {
                    differs(value.line(), what, absent ? "nothing" : "a value", got, origin);
                }
            }
            default -> json(value, got, what, origin);
        }
    }

    private void json(ExampleNode expected, String got, String what, Origin origin) {
        try {
            JsonNode json = JSON.readTree(got == null ? "" : got);
            fields(expected, json, what, origin);
        } catch (JsonProcessingException e) {
            differs(expected.line(), what, "JSON", got, origin);
        }
    }

    private void fields(ExampleNode expected, JsonNode json, String what, Origin origin) {
        for (ExampleNode.Entry entry : expected.entries()) {
            JsonNode field = json.path(entry.name());
            boolean nested = entry.value().is(ExampleNode.Kind.MAP)
                    && field.isObject()
                    && !entry.value().entries().stream().allMatch(key -> ExpectationKeys.MATCHERS.contains(key.name()));
            if (nested) {
                fields(entry.value(), field, what + " " + entry.name(), origin);
            } else {
                Object actual = field.isMissingNode() || field.isNull()
                        ? null
                        : field.isValueNode() ? field.asText() : field.toString();
                matches(entry.value(), actual, what + " " + entry.name(), origin);
            }
        }
    }

    private static String text(Object value) {
        return value.toString();
    }

    /** The last line break of a block of YAML means nothing. */
    private static String stripped(String text) {
        return text == null ? null : text.replace("\r\n", "\n").stripTrailing();
    }

    private void differs(int line, String what, String expected, String got, Origin origin) {
        List<String> lines = new ArrayList<>(List.of(
                what,
                "expected: " + shortened(expected),
                "got:      " + (got == null ? "nothing" : shortened(got)),
                origin.place()));
        List<String> path =
                List.of(what.substring(origin.thing().length()).strip().split(" "));
        lines.addAll(explanation.value(path, got, origin.source()));
        report(line, lines.toArray(String[]::new));
    }

    private static String shortened(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text.stripTrailing();
        return shown.replace("\n", "\n              ");
    }

    private void report(int line, String... lines) {
        differences.add(new Difference(
                line, List.of(lines).stream().filter(text -> !text.isEmpty()).toList()));
    }
}
