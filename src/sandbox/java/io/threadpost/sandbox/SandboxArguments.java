package io.threadpost.sandbox;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** The command line of {@link SandboxMain}: one table for what is understood and for the help that explains it. */
final class SandboxArguments {
    private static final Pattern SHORT_DURATION = Pattern.compile("(-?\\d+)(ms|s|m|h|d)");

    /** Takes one option's value, which is empty for an option without one. */
    private interface Setting {
        SandboxOptions apply(SandboxOptions options, String value);
    }

    private record Option(String value, String help, Setting setting) {}

    private final Map<String, Option> known = new LinkedHashMap<>();
    private final Map<String, Set<UUID>> tokens = new LinkedHashMap<>();

    SandboxArguments() {
        known.put("--port", new Option("8089", "port on 127.0.0.1, 0 for a free one", (o, v) -> o.port(integer(v))));
        known.put("--threads", new Option("25000", "threads at the start", (o, v) -> o.threads(integer(v))));
        known.put(
                "--over",
                new Option("7d", "the period before now they are spread over", (o, v) -> o.over(duration(v))));
        known.put(
                "--equal-times",
                new Option("0.1", "share of them with equal times", (o, v) -> o.equalTimes(number(v))));
        known.put(
                "--add-per-second",
                new Option("2", "new threads a second", (o, v) -> o.growth(number(v), o.updatesPerSecond())));
        known.put(
                "--update-per-second",
                new Option("1", "updated threads a second", (o, v) -> o.growth(o.addsPerSecond(), number(v))));
        known.put("--seed", new Option("7", "what everything random comes from", (o, v) -> o.seed(integer(v))));
        known.put("--limit", new Option("200/30s", "sliding limit of each access token", SandboxArguments::limit));
        known.put(
                "--limit-reading",
                new Option(
                        "both",
                        "how it counts: sliding, both (also from the first request of a burst)",
                        (o, v) -> o.limitReading(constant(LimitReading.class, v))));
        known.put("--no-limit", new Option("", "no such limit", (o, v) -> o.noLimit()));
        known.put(
                "--retry-after",
                new Option(
                        "seconds",
                        "how a 429 says it: seconds, http-date, none",
                        (o, v) -> o.retryAfter(constant(RetryAfterForm.class, v))));
        known.put("--latency", new Option("200ms", "the least time an answer takes", (o, v) -> o.latency(duration(v))));
        known.put(
                "--clock-offset",
                new Option("-90s", "how far the platform's clock is ahead", (o, v) -> o.clockOffset(duration(v))));
        known.put(
                "--interval",
                new Option(
                        "inclusive",
                        "the end of an interval: half-open, inclusive",
                        (o, v) -> o.interval(constant(IntervalReading.class, v))));
        known.put(
                "--order",
                new Option(
                        "newest-updated",
                        "order of pages: newest-created, newest-updated",
                        (o, v) -> o.order(constant(ThreadOrder.class, v))));
        known.put(
                "--precision",
                new Option(
                        "millis",
                        "of times: seconds, millis, ticks",
                        (o, v) -> o.precision(constant(TimePrecision.class, v))));
        known.put(
                "--cursor-policy",
                new Option(
                        "empty",
                        "a cursor whose thread left the filter: position, invalid, empty, restart",
                        (o, v) -> o.cursorPolicy(constant(CursorPolicy.class, v))));
        known.put("--extra-fields", new Option("", "properties no contract mentions", (o, v) -> o.extraFields(true)));
        known.put(
                "--faults",
                new Option(
                        "storm",
                        "storm, none, or a list such as reset=0.1,slow-body=0.05",
                        (o, v) -> o.faults(faults(v))));
        known.put(
                "--too-heavy-above",
                new Option(
                        "20000",
                        "408 above so many threads in an interval; after --faults",
                        (o, v) -> o.faults(o.faults().tooHeavyAbove((long) integer(v)))));
        known.put(
                "--staff",
                new Option(
                        "10s",
                        "staff answer what guests write, so long after",
                        (o, v) -> o.messages(o.messages().staffAnswersAfter(duration(v)))));
        known.put(
                "--unmoved-threads",
                new Option(
                        "",
                        "a message does not move its thread's UpdatedUtc",
                        (o, v) -> o.messages(o.messages().movesThread(false))));
        known.put(
                "--webhook",
                new Option(
                        "http://127.0.0.1:8080/",
                        "where MessageAdded events are sent",
                        (o, v) -> o.messages(o.messages().webhook(URI.create(v)))));
        known.put("--client-token", new Option("TOKEN", "the client token", (o, v) -> o.clientToken(v)));
        known.put(
                "--access-token",
                new Option(
                        "TOKEN=UUID,UUID", "an access token and its enterprises; can be repeated", this::accessToken));
        known.put("--no-request-log", new Option("", "count requests only", (o, v) -> o.keepRequestLog(false)));
    }

    /**
     * The options these arguments ask for.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    SandboxOptions parse(List<String> arguments) {
        SandboxOptions options = new SandboxOptions().port(8089).threads(25_000);
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String name = rest.next();
            Option option = known.get(name);
            if (option == null) {
                throw new IllegalArgumentException("Unknown option " + name + "; --help lists all");
            }
            if (!option.value().isEmpty() && !rest.hasNext()) {
                throw new IllegalArgumentException(name + " needs a value, such as " + option.value());
            }
            String value = option.value().isEmpty() ? "" : rest.next();
            try {
                options = option.setting().apply(options, value);
            } catch (IllegalArgumentException | DateTimeParseException wrong) {
                throw new IllegalArgumentException(
                        name + " cannot be '" + value + "'; it is used like " + name + " " + option.value(), wrong);
            }
        }
        return options.faults(options.faults().seed(options.seed()));
    }

    String help() {
        StringBuilder help = new StringBuilder("The sandbox platform of Threadpost. Options, each with an example:\n");
        known.forEach((name, option) ->
                help.append(String.format("  %-38s %s%n", name + " " + option.value(), option.help())));
        return help.toString();
    }

    private SandboxOptions accessToken(SandboxOptions options, String value) {
        String[] parts = value.split("=", 2);
        Set<UUID> enterprises = new LinkedHashSet<>();
        for (String id : parts.length < 2 ? new String[] {SandboxOptions.ENTERPRISE.toString()} : parts[1].split(",")) {
            enterprises.add(UUID.fromString(id));
        }
        tokens.put(parts[0], enterprises);
        return options.accessTokens(tokens);
    }

    private static SandboxOptions limit(SandboxOptions options, String value) {
        String[] parts = value.split("/");
        if (parts.length != 2) {
            throw new IllegalArgumentException(value);
        }
        return options.limit(integer(parts[0]), duration(parts[1]));
    }

    private static Faults faults(String value) {
        if (value.equals("storm")) {
            return Faults.storm(0);
        }
        Faults faults = Faults.none();
        if (value.equals("none")) {
            return faults;
        }
        for (String each : value.split(",")) {
            String[] parts = each.split("=", 2);
            Chance chance = parts.length < 2 ? Chance.ALWAYS : Chance.of(number(parts[1]));
            faults = faults.with(constant(FaultKind.class, parts[0]), chance);
        }
        return faults;
    }

    private static Duration duration(String value) {
        var shortForm = SHORT_DURATION.matcher(value);
        if (!shortForm.matches()) {
            return Duration.parse(value);
        }
        long amount = Long.parseLong(shortForm.group(1));
        return switch (shortForm.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static int integer(String value) {
        return Integer.parseInt(value);
    }

    private static double number(String value) {
        return Double.parseDouble(value);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String value) {
        return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
