package io.threadpost.preview;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.threadpost.mail.MailDryRun;
import io.threadpost.preview.ValueComparison.Mismatch;

/** Compares what happened with what an example expects, and explains each difference. */
final class Expectation {
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
            compare(expected, first.failure(), "failure", new Origin("", place(first), Passage.Source.UNKNOWN));
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
                    Origin origin = new Origin(
                            "spool:" + entry.name(),
                            "sent at:  " + first.source().place(),
                            first.source());
                    compare(field.value(), fields.get(field.name()), field.name(), origin);
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
            compare(field.value(), fields.get(field.name()), field.name(), Origin.MAIL);
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
                    .filter(effect -> mismatches(wanted, effect).isEmpty())
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
                        .min(Comparator.comparingInt(
                                effect -> mismatches(wanted, effect).size()))
                        .orElseThrow();
                List<Mismatch> found = mismatches(wanted, nearest);
                boolean other = found.stream().anyMatch(mismatch -> IDENTITY.contains(mismatch.name()));
                if (other
                        && found.size() > 1
                        && found.size() * 2 > wanted.entries().size()) {
                    another(wanted, nearest, expected.name());
                } else {
                    found.forEach(mismatch -> differs(mismatch, Origin.of(nearest)));
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

    private static List<Mismatch> mismatches(ExampleNode wanted, Passage.Effect effect) {
        return wanted.entries().stream()
                .flatMap(field ->
                        ValueComparison.mismatches(
                                field.value(), effect.fields().get(field.name()), field.name())
                                .stream())
                .toList();
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
        static final Origin MAIL = new Origin("mail", "", Passage.Source.UNKNOWN);

        static Origin of(Passage.Effect effect) {
            return new Origin(Expectation.name(effect), Expectation.place(effect), effect.source());
        }
    }

    private void compare(ExampleNode expected, Object actual, String field, Origin origin) {
        ValueComparison.mismatches(expected, actual, field).forEach(mismatch -> differs(mismatch, origin));
    }

    private void differs(Mismatch mismatch, Origin origin) {
        if (mismatch.problem() != null) {
            report(mismatch.line(), mismatch.problem());
            return;
        }
        List<String> lines = new ArrayList<>(List.of(
                (origin.thing() + " " + String.join(" ", mismatch.path())).strip(),
                "expected: " + shortened(mismatch.expected()),
                "got:      " + (mismatch.got() == null ? "nothing" : shortened(mismatch.got())),
                origin.place()));
        lines.addAll(explanation.value(mismatch.path(), mismatch.got(), origin.source()));
        report(mismatch.line(), lines.toArray(String[]::new));
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
