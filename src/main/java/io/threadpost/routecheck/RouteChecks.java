package io.threadpost.routecheck;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.threadpost.settings.CamelJars;

/** Looks at route files. Nothing is loaded and no system is touched. May be used by several threads. */
public final class RouteChecks {
    private static final String KAMELET = ".kamelet.yaml";

    private final Surroundings surroundings;
    private final CamelJars jars = new CamelJars(RouteChecks.class.getClassLoader());
    private final Components components = new Components(jars);
    private final StepModels models = new StepModels(jars);
    private final RouteTypes types = new RouteTypes();
    private final Placeholders placeholders;
    private volatile Grammar grammar;

    /** What is read once: it takes a fraction of a second. */
    private record Grammar(Schema schema, List<String> simpleFunctions, NameCheck.Camel names) {}

    /** @param surroundings asked again at each check */
    public RouteChecks(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.placeholders = new Placeholders(surroundings);
    }

    /** Reads now what the first check would read. */
    public void warmUp() {
        grammar();
    }

    /** Looks at one file by itself. Any text at all gives a result, never an exception. */
    public Checked check(Source source) {
        Report report = new Report(source.name(), surroundings);
        Outline outline = Outline.NONE;
        try {
            Optional<Part> file = new YamlReader(report).read(source.text());
            if (file.isPresent()) {
                outline = look(source, file.get(), report);
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

    /**
     * Looks at files together: names that stand twice or nowhere.
     *
     * @return findings in the order of the files; what {@link #check} said is not among them
     */
    public List<Finding> together(Collection<Checked> files) {
        return new Together(files, surroundings).findings();
    }

    private Outline look(Source source, Part file, Report report) {
        Schema schema = grammar().schema();
        SourceText text = SourceText.of(source.text());
        boolean kamelet = source.name().endsWith(KAMELET);
        KameletFile asKamelet = new KameletFile(file, schema, report);
        List<Element> elements = kamelet ? asKamelet.check() : new SchemaCheck(schema, report).check(file);
        Set<String> parameters = kamelet ? asKamelet.parameters() : Set.of();

        Endpoints endpoints = new Endpoints(components, placeholders);
        Outline outline =
                new OutlineReader(endpoints).read(file, elements, kamelet ? asKamelet.name() : Optional.empty());
        CallCheck calls = new CallCheck(types, report);
        SimpleCheck simple =
                new SimpleCheck(report, placeholders, text, grammar().simpleFunctions(), calls);
        TypeCheck typeCheck = new TypeCheck(types, endpoints, calls, report);
        EndpointCheck endpointCheck = new EndpointCheck(endpoints, simple, text, beans(outline), report);
        OrderCheck order = new OrderCheck(endpoints, report);
        PropertyCheck properties = new PropertyCheck(models, report);
        ExpressionCheck expressions = new ExpressionCheck(jars, simple, report);
        ModelCheck model = new ModelCheck(jars, components, report);
        SecretCheck secrets = new SecretCheck(surroundings, components, report);
        OutsideCheck outside = new OutsideCheck(report);
        for (Element element : elements) {
            EndpointUse.of(element).forEach(endpointCheck::check);
            expressions.check(element);
            model.check(element);
            properties.check(element);
            typeCheck.check(element);
            order.check(element);
            secrets.check(element);
            outside.check(element);
        }
        typeCheck.check(file);
        secrets.check(file);
        new NameCheck(grammar().names(), surroundings, elements, text, report).check(elements);
        new DoorCheck(report).check(elements);
        new SettingCheck(surroundings, text, report).check(file, parameters);
        return outline;
    }

    private static Set<String> beans(Outline outline) {
        return outline.beans().stream().map(Outline.Name::name).collect(Collectors.toSet());
    }

    private Grammar grammar() {
        Grammar read = grammar;
        if (read == null) {
            read = new Grammar(new Schema(jars), SimpleCheck.functions(jars), NameCheck.Camel.of(jars));
            grammar = read;
        }
        return read;
    }
}
