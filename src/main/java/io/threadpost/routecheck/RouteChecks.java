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

    private final RouteContext routeContext;
    private final CamelJars jars = new CamelJars(RouteChecks.class.getClassLoader());
    private final ComponentModels componentModels = new ComponentModels(jars);
    private final StepModels models = new StepModels(jars);
    private final RouteTypes types = new RouteTypes();
    private final Placeholders placeholders;
    private volatile Grammar grammar;

    /** What is read once: it takes a fraction of a second. */
    private record Grammar(YamlDslSchema schema, List<String> simpleFunctions, NameCheck.Camel names) {}

    /** @param surroundings asked again at each check */
    public RouteChecks(RouteContext routeContext) {
        this.routeContext = routeContext;
        this.placeholders = new Placeholders(routeContext);
    }

    /** Reads now what the first check would read. */
    public void warmUp() {
        grammar();
    }

    /** Looks at one file by itself. Any text at all gives a result, never an exception. */
    public CheckedFile check(RouteSource routeSource) {
        FindingCollector findingCollector = new FindingCollector(routeSource.name(), routeContext);
        FileOutline fileOutline = FileOutline.NONE;
        try {
            Optional<YamlNode> file = new YamlReader(findingCollector).read(routeSource.text());
            if (file.isPresent()) {
                fileOutline = look(routeSource, file.get(), findingCollector);
            }
        } catch (RuntimeException | StackOverflowError e) {
            findingCollector.error(
                    0,
                    0,
                    "the file cannot be checked (" + e.getClass().getSimpleName() + ")",
                    "compare it with a file that is loaded");
        }
        return new CheckedFile(routeSource, fileOutline, findingCollector.findings());
    }

    /**
     * Looks at files together: names that stand twice or nowhere.
     *
     * @return findings in the order of the files; what {@link #check} said is not among them
     */
    public List<RouteFinding> together(Collection<CheckedFile> files) {
        return new CrossFileCheck(files, routeContext).findings();
    }

    private FileOutline look(RouteSource routeSource, YamlNode file, FindingCollector findingCollector) {
        YamlDslSchema yamlDslSchema = grammar().schema();
        SourceText text = SourceText.of(routeSource.text());
        boolean kamelet = routeSource.name().endsWith(KAMELET);
        KameletFile asKamelet = new KameletFile(file, yamlDslSchema, findingCollector);
        List<ModelElement> elements =
                kamelet ? asKamelet.check() : new SchemaCheck(yamlDslSchema, findingCollector).check(file);
        Set<String> parameters = kamelet ? asKamelet.parameters() : Set.of();

        EndpointReader endpointReader = new EndpointReader(componentModels, placeholders);
        FileOutline fileOutline =
                new OutlineReader(endpointReader).read(file, elements, kamelet ? asKamelet.name() : Optional.empty());
        CallCheck calls = new CallCheck(types, findingCollector);
        SimpleCheck simple =
                new SimpleCheck(findingCollector, placeholders, text, grammar().simpleFunctions(), calls);
        TypeCheck typeCheck = new TypeCheck(types, endpointReader, calls, findingCollector);
        EndpointCheck endpointCheck =
                new EndpointCheck(endpointReader, simple, text, beans(fileOutline), findingCollector);
        OrderCheck order = new OrderCheck(endpointReader, findingCollector);
        PropertyCheck properties = new PropertyCheck(models, findingCollector);
        ExpressionCheck expressions = new ExpressionCheck(jars, simple, findingCollector);
        ModelCheck model = new ModelCheck(jars, componentModels, findingCollector);
        SecretCheck secrets = new SecretCheck(routeContext, componentModels, findingCollector);
        OutsideCheck outside = new OutsideCheck(findingCollector);
        for (ModelElement modelElement : elements) {
            EndpointUse.of(modelElement).forEach(endpointCheck::check);
            expressions.check(modelElement);
            model.check(modelElement);
            properties.check(modelElement);
            typeCheck.check(modelElement);
            order.check(modelElement);
            secrets.check(modelElement);
            outside.check(modelElement);
        }
        typeCheck.check(file);
        secrets.check(file);
        new NameCheck(grammar().names(), routeContext, elements, text, findingCollector).check(elements);
        new HeaderFilterCheck(findingCollector).check(elements);
        new SettingCheck(routeContext, text, findingCollector).check(file, parameters);
        return fileOutline;
    }

    private static Set<String> beans(FileOutline fileOutline) {
        return fileOutline.beans().stream().map(FileOutline.Name::name).collect(Collectors.toSet());
    }

    private Grammar grammar() {
        Grammar read = grammar;
        if (read == null) {
            read = new Grammar(new YamlDslSchema(jars), SimpleCheck.functions(jars), NameCheck.Camel.of(jars));
            grammar = read;
        }
        return read;
    }
}
