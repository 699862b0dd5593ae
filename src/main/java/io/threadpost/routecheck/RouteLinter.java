package io.threadpost.routecheck;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Finds what is wrong in route files. It loads no route and touches no other system. Thread-safe. */
public final class RouteLinter {
    /** The checks of a single file, in the order of their findings about the same place. */
    private static final List<Function<ParsedFile, RouteCheck>> CHECKS = List.of(
            EndpointCheck::new,
            HttpCheck::new,
            FileEndpointCheck::new,
            ExpressionCheck::new,
            JsonTextCheck::new,
            ModelCheck::new,
            PropertyCheck::new,
            TypeCheck::new,
            OrderCheck::new,
            SecretCheck::new,
            DynamicAddressCheck::new,
            NameCheck::new,
            HeaderFilterCheck::new,
            PlaceholderCheck::new);

    /** The checks of all files together. */
    private static final List<BiFunction<Map<CheckedFile, FindingCollector>, BuildModel, RouteCheck>>
            CROSS_FILE_CHECKS = List.of(CrossFileCheck::new, FlowCheck::new);

    private final RouteContext context;
    private volatile BuildModel build;

    /** @param context asked again at each check */
    public RouteLinter(RouteContext context) {
        this.context = context;
    }

    /** Reads now what the first check would read. */
    public void warmUp() {
        build();
    }

    /** Checks one file. Any text at all gives a result, never an exception. */
    public CheckedFile check(RouteSource source) {
        FindingCollector findings = new FindingCollector(source.name(), context::holdsSecret);
        FileOutline outline = FileOutline.empty();
        try {
            Optional<YamlNode> root = new YamlReader(findings).read(source.text());
            if (root.isPresent()) {
                ParsedFile file = ParsedFile.of(source, root.get(), build(), findings);
                outline = file.outline();
                CHECKS.forEach(check -> check.apply(file).check());
            }
        } catch (RuntimeException | StackOverflowError e) {
            findings.error(
                    SourcePosition.At.WHOLE_FILE,
                    "the file cannot be checked (" + e.getClass().getSimpleName() + ")",
                    "compare it with a file that is loaded");
        }
        return new CheckedFile(source, outline, findings.findings());
    }

    /**
     * Checks files together: duplicate names, and references to what no file defines.
     *
     * @return findings in the order of the files, without those of {@link #check}
     */
    public List<RouteFinding> checkTogether(Collection<CheckedFile> files) {
        Map<CheckedFile, FindingCollector> collectors = new LinkedHashMap<>();
        files.forEach(
                file -> collectors.put(file, new FindingCollector(file.source().name(), context::holdsSecret)));
        CROSS_FILE_CHECKS.forEach(check -> check.apply(collectors, build()).check());
        return collectors.values().stream()
                .flatMap(findings -> findings.findings().stream())
                .toList();
    }

    private BuildModel build() {
        BuildModel read = build;
        if (read == null) {
            read = BuildModel.of(context);
            build = read;
        }
        return read;
    }
}
