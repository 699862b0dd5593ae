package io.threadpost.routecheck;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.util.ObjectHelper;

/** Checks classes that a file names: exceptions, types of beans, types to convert to, {@code #class:} anywhere. */
final class TypeCheck implements RouteCheck {
    private static final String CLASS = "#class:";
    private static final String TYPE = "#type:";
    private static final Set<String> CLASSES =
            Set.of("exceptionType", "beanType", "resultType", "unmarshalType", "collectionType", "builderClass");
    private static final Set<String> CONVERSIONS =
            Set.of("ConvertBodyDefinition", "ConvertHeaderDefinition", "ConvertVariableDefinition");

    private final ParsedFile file;
    private final AllowedClasses classes;
    private final MethodCallValidator calls;
    private final FindingCollector findings;

    TypeCheck(ParsedFile file) {
        this.file = file;
        this.classes = file.build().classes();
        this.calls = new MethodCallValidator(file);
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().forEach(this::check);
        prefixed(file.root());
    }

    private void check(ModelElement element) {
        if (element.is("ConvertBodyDefinition") && element.value().isText()) {
            named(element.value());
        }
        for (YamlNode.Entry entry : element.value().entries()) {
            if (entry.name().equals("exception")) {
                entry.value().items().forEach(this::exception);
            } else if (entry.value().isText() && names(element, entry.name())) {
                if (entry.name().equals("exceptionType")) {
                    exception(entry.value());
                } else {
                    named(entry.value());
                }
            }
        }
        method(element);
        if (element.is("ThrowExceptionDefinition")) {
            thrown(element);
        }
        file.endpoints(element).forEach(this::endpoint);
    }

    /** Checks every text of the file that names a class by its prefix. */
    private void prefixed(YamlNode node) {
        switch (node.kind()) {
            case TEXT -> {
                if (node.text().strip().matches("#(class|type):.*")) {
                    named(node);
                }
            }
            case LIST -> node.items().forEach(this::prefixed);
            case MAP ->
                node.entries().forEach(entry -> {
                    if (entry.name().equals("aggregationStrategy")
                            && entry.value().text().strip().startsWith(CLASS)) {
                        strategy(entry.value());
                    } else {
                        prefixed(entry.value());
                    }
                });
            case EMPTY -> {}
        }
    }

    private static boolean names(ModelElement element, String property) {
        return CLASSES.contains(property)
                || property.equals("type")
                        && (element.is("BeanFactoryDefinition") || CONVERSIONS.contains(element.definition()));
    }

    /** Camel calls the constructor with the message, when there is one. */
    private void thrown(ModelElement element) {
        Optional<YamlNode> written = element.value().at("exceptionType");
        boolean message = element.value().at("message").isPresent();
        written.flatMap(type -> classes.named(name(type.text())))
                .filter(type -> type.use() == RouteVocabulary.ClassUse.EXCEPTION)
                .flatMap(AllowedClasses.Type::load)
                .filter(type -> !hasConstructor(type, message))
                .ifPresent(type -> findings.error(
                        written.get(),
                        findings.quote(type.getName()) + " cannot be created "
                                + (message ? "from a message" : "without a message"),
                        message
                                ? "throw one that can, such as java.lang.IllegalStateException"
                                : "write `message: …`"));
    }

    private static boolean hasConstructor(Class<?> type, boolean message) {
        return Stream.of(type.getConstructors())
                .anyMatch(constructor -> Arrays.equals(
                        constructor.getParameterTypes(), message ? new Class<?>[] {String.class} : new Class<?>[0]));
    }

    private void method(ModelElement element) {
        Optional<YamlNode> method = element.value().at("method").filter(node -> node.isText());
        element.value()
                .at("beanType")
                .flatMap(type -> classes.named(name(type.text())))
                .flatMap(AllowedClasses.Type::load)
                .ifPresent(type -> method.filter(name -> !EndpointUri.hasUnknowns(name.text()))
                        .ifPresent(name -> calls.method(type, name.text().strip(), () -> name)));
    }

    private void endpoint(EndpointUse use) {
        if (!use.text().strip().startsWith("class")
                && !use.text().contains(CLASS)
                && !use.text().contains(TYPE)) {
            return;
        }
        EndpointUri uri = use.uri();
        if (uri.scheme().equals("class")) {
            named(uri.path(), use.place());
            classes.named(name(uri.path())).flatMap(AllowedClasses.Type::load).ifPresent(type -> Optional.ofNullable(
                            uri.options().get("method"))
                    .filter(method -> !EndpointUri.hasUnknowns(method))
                    .ifPresent(method -> calls.method(type, method.strip(), use::place)));
        }
        uri.options().values().stream()
                .filter(value -> value.startsWith(CLASS) || value.startsWith(TYPE))
                .forEach(value -> named(value, use.place()));
    }

    private void exception(YamlNode node) {
        String name = name(node.text());
        if (open(name) || node.text().startsWith("#") && !node.text().startsWith(CLASS)) {
            return;
        }
        if (classes.named(name)
                        .filter(type -> type.use() != RouteVocabulary.ClassUse.EXCEPTION)
                        .isPresent()
                || ObjectHelper.loadSimpleType(name) != null) {
            findings.error(
                    node, findings.quote(name) + " is not an exception", "write the name of an exception's class");
        } else if (classes.named(name).isEmpty()) {
            unknown(name, node, RouteVocabulary.ClassUse.EXCEPTION);
        }
    }

    private void strategy(YamlNode node) {
        String name = name(node.text());
        if (!open(name)
                && classes.named(name)
                        .filter(type -> type.use() == RouteVocabulary.ClassUse.STRATEGY)
                        .isEmpty()) {
            unknown(name, node, RouteVocabulary.ClassUse.STRATEGY);
        }
    }

    private void named(YamlNode node) {
        named(node.text(), node);
    }

    private void named(String written, YamlNode place) {
        String name = name(written);
        if (written.strip().matches("#(?!class:|type:).*") || open(name)) {
            return;
        }
        if (ObjectHelper.loadSimpleType(name) == null && classes.named(name).isEmpty()) {
            unknown(
                    name,
                    place,
                    RouteVocabulary.ClassUse.VALUE,
                    RouteVocabulary.ClassUse.BEAN,
                    RouteVocabulary.ClassUse.STRATEGY,
                    RouteVocabulary.ClassUse.EXCEPTION);
        }
    }

    private void unknown(String name, YamlNode place, RouteVocabulary.ClassUse... uses) {
        findings.error(
                place,
                "there is no class " + findings.quote(name) + " that a route may name",
                classes.instead(name, uses));
    }

    private static boolean open(String name) {
        return name.isEmpty() || EndpointUri.hasUnknowns(name);
    }

    /** The name without prefix, constructor arguments and factory method. */
    private static String name(String written) {
        return written.strip()
                .replaceFirst("^#(class|type):", "")
                .replaceFirst("[(#].*", "")
                .strip();
    }
}
