package io.threadpost.routecheck;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks at what flows from route to route: who takes from where, and what is sent to where nobody takes from. */
final class FlowCheck {
    /** Endpoints within the process: somebody else has to take from them. */
    private static final Set<String> INNER = Set.of("direct", "seda", "spool");

    private static final Set<String> ALONE = Set.of("direct", "seda", "spool", "windows", "file");

    private final Map<CheckedFile, FindingCollector> reports;

    FlowCheck(Map<CheckedFile, FindingCollector> reports) {
        this.reports = reports;
    }

    void check() {
        consumers();
        Set<String> taken = new ConsumedEndpoints(
                        reports.keySet().stream().map(CheckedFile::outline).toList())
                .names();
        reports.forEach(
                (file, findingCollector) -> file.outline().to().forEach(name -> sent(name, taken, findingCollector)));
        circles();
    }

    private static void sent(FileOutline.Name name, Set<String> taken, FindingCollector findingCollector) {
        String scheme = scheme(name.name());
        if (!INNER.contains(scheme) || taken.contains(name.name()) || EndpointUri.open(name.name())) {
            return;
        }
        List<String> like = taken.stream()
                .filter(known -> scheme(known).equals(scheme))
                // Never a guess: it changes the platform.
                .filter(known -> !NamedSteps.endpoints().contains(known))
                .toList();
        if (like.stream().anyMatch(EndpointUri::open)) {
            // It may be the one that somebody takes from by a setting without a value here.
            return;
        }
        String advice = findingCollector.instead(name.name(), like);
        findingCollector.warning(
                name.line(),
                name.column(),
                "no route takes from " + findingCollector.quote(name.name()),
                advice.startsWith("did") ? advice : "add a route with `from: " + scheme + ":…`, or correct the name");
    }

    /** Routes that call each other in a circle go round until the memory is used up. */
    private void circles() {
        Map<String, Set<String>> calls = new HashMap<>();
        reports.keySet().forEach(file -> file.outline().to().stream()
                .filter(name -> scheme(name.name()).equals("direct"))
                .forEach(name -> calls.computeIfAbsent(caller(file.outline(), name), from -> new TreeSet<>())
                        .add(name.name())));
        reports.forEach((file, findingCollector) -> file.outline().to().stream()
                .filter(name -> scheme(name.name()).equals("direct"))
                .filter(name -> reaches(calls, name.name(), caller(file.outline(), name), new TreeSet<>()))
                .forEach(name -> findingCollector.error(
                        name.line(),
                        name.column(),
                        "from " + findingCollector.quote(name.name()) + " the way leads back here, round and round",
                        "send it elsewhere, or into a spool")));
    }

    private static boolean reaches(Map<String, Set<String>> calls, String from, String to, Set<String> seen) {
        return from.equals(to)
                || seen.add(from)
                        && calls.getOrDefault(from, Set.of()).stream().anyMatch(next -> reaches(calls, next, to, seen));
    }

    /** The endpoint of the route in which something stands: the last one that is taken from before it. */
    private static String caller(FileOutline file, FileOutline.Name at) {
        return file.from().stream()
                .filter(from -> from.line() < at.line() || from.line() == at.line() && from.column() < at.column())
                .reduce((first, second) -> second)
                .map(FileOutline.Name::name)
                .orElse("");
    }

    /**
     * Camel starts no second route on the same endpoint; a spool with other parameters is another one to Camel, and the
     * same to us.
     */
    private void consumers() {
        Map<String, String> wholes = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        NamedSteps.endpoints().forEach(name -> names.put(name, "Threadpost itself"));
        reports.forEach((file, findingCollector) -> file.outline().uses().stream()
                .filter(use -> use.kind() == FileOutline.Use.Kind.CONSUMER)
                .map(FileOutline.Use::name)
                .filter(use -> ALONE.contains(scheme(use.name())))
                .forEach(use -> {
                    String bare = EndpointUri.of(use.name()).bare();
                    String place = file.source().name() + ":" + use.line();
                    String whole = wholes.putIfAbsent(use.name(), place);
                    String name = names.putIfAbsent(bare, place);
                    if (use.name().contains("multipleConsumers=true")) {
                        return;
                    }
                    boolean refused = whole != null || name != null && bare.startsWith("direct:");
                    if (refused) {
                        findingCollector.error(
                                use.line(),
                                use.column(),
                                "another route takes from " + findingCollector.quote(bare) + " already, in "
                                        + (whole == null ? name : whole),
                                "keep one of them, or give one another name");
                    } else if (name != null && bare.startsWith("spool:")) {
                        findingCollector.warning(
                                use.line(),
                                use.column(),
                                "another route takes from " + findingCollector.quote(bare) + " as well, in " + name,
                                "each item goes to one of them only: keep one");
                    }
                }));
    }

    private static String scheme(String uri) {
        int colon = uri.indexOf(':');
        return colon < 0 ? uri : uri.substring(0, colon);
    }
}
