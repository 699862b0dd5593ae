package io.threadpost.routecheck;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.util.ObjectHelper;

/**
 * Looks at classes that a file names: exceptions, types of beans, types to convert to, {@code #class:} wherever it
 * stands.
 */
final class TypeCheck {
    private static final String CLASS = "#class:";
    private static final String TYPE = "#type:";
    private static final Set<String> CLASSES =
            Set.of("exceptionType", "beanType", "resultType", "unmarshalType", "collectionType", "builderClass");
    private static final Set<String> CONVERSIONS =
            Set.of("ConvertBodyDefinition", "ConvertHeaderDefinition", "ConvertVariableDefinition");

    private final RouteTypes types;
    private final EndpointReader endpointReader;
    private final CallCheck calls;
    private final FindingCollector findingCollector;

    TypeCheck(RouteTypes types, EndpointReader endpointReader, CallCheck calls, FindingCollector findingCollector) {
        this.types = types;
        this.endpointReader = endpointReader;
        this.calls = calls;
        this.findingCollector = findingCollector;
    }

    void check(ModelElement modelElement) {
        if (modelElement.is("ConvertBodyDefinition") && modelElement.value().is(YamlNode.Kind.TEXT)) {
            named(modelElement.value());
        }
        for (YamlNode.Entry entry : modelElement.value().entries()) {
            if (entry.name().equals("exception")) {
                entry.value().items().forEach(this::exception);
            } else if (entry.value().is(YamlNode.Kind.TEXT) && names(modelElement, entry.name())) {
                if (entry.name().equals("exceptionType")) {
                    exception(entry.value());
                } else {
                    named(entry.value());
                }
            }
        }
        method(modelElement);
        if (modelElement.is("ThrowExceptionDefinition")) {
            thrown(modelElement);
        }
        EndpointUse.of(modelElement).forEach(this::endpoint);
    }

    /** Looks at every text of the file for a class that is named with its prefix. */
    void check(YamlNode yamlNode) {
        switch (yamlNode.kind()) {
            case TEXT -> {
                if (yamlNode.text().strip().matches("#(class|type):.*")) {
                    named(yamlNode);
                }
            }
            case LIST -> yamlNode.items().forEach(this::check);
            case MAP ->
                yamlNode.entries().forEach(entry -> {
                    if (entry.name().equals("aggregationStrategy")
                            && entry.value().text().strip().startsWith(CLASS)) {
                        strategy(entry.value());
                    } else {
                        check(entry.value());
                    }
                });
            case EMPTY -> {}
        }
    }

    private static boolean names(ModelElement modelElement, String property) {
        return CLASSES.contains(property)
                || property.equals("type")
                        && (modelElement.is("BeanFactoryDefinition")
                                || CONVERSIONS.contains(modelElement.definition()));
    }

    /** Camel makes it of its message, when there is one. */
    private void thrown(ModelElement modelElement) {
        Optional<YamlNode> written = modelElement.value().at("exceptionType");
        boolean message = modelElement.value().at("message").isPresent();
        written.flatMap(type -> types.named(name(type.text())))
                .filter(type -> type.use() == RouteTypes.Use.EXCEPTION)
                .flatMap(TypeCheck::load)
                .filter(type -> !hasConstructor(type, message))
                .ifPresent(type -> findingCollector.error(
                        written.get(),
                        findingCollector.quote(type.getName()) + " cannot be made "
                                + (message ? "of a message" : "without a message"),
                        message
                                ? "throw one that can, such as java.lang.IllegalStateException"
                                : "write `message: …`"));
    }

    private static boolean hasConstructor(Class<?> type, boolean message) {
        return Stream.of(type.getConstructors())
                .anyMatch(constructor -> Arrays.equals(
                        constructor.getParameterTypes(), message ? new Class<?>[] {String.class} : new Class<?>[0]));
    }

    private static Optional<Class<?>> load(RouteTypes.Type type) {
        return Optional.ofNullable(ObjectHelper.loadClass(type.name(), TypeCheck.class.getClassLoader()));
    }

    private void method(ModelElement modelElement) {
        Optional<YamlNode> method =
                modelElement.value().at("method").filter(yamlNode -> yamlNode.is(YamlNode.Kind.TEXT));
        modelElement
                .value()
                .at("beanType")
                .flatMap(type -> types.named(name(type.text())))
                .flatMap(TypeCheck::load)
                .ifPresent(type -> method.filter(name -> !EndpointUri.open(name.text()))
                        .ifPresent(name -> calls.method(
                                type, name.text().strip(), () -> new SourcePosition(name.line(), name.column()))));
    }

    private void endpoint(EndpointUse use) {
        if (!use.uri().strip().startsWith("class")
                && !use.uri().contains(CLASS)
                && !use.uri().contains(TYPE)) {
            return;
        }
        EndpointUri uri = endpointReader.read(use);
        if (uri.scheme().equals("class")) {
            named(uri.path(), use.place());
        }
        uri.options().values().stream()
                .filter(value -> value.startsWith(CLASS) || value.startsWith(TYPE))
                .forEach(value -> named(value, use.place()));
    }

    private void exception(YamlNode yamlNode) {
        String name = name(yamlNode.text());
        if (open(name) || yamlNode.text().startsWith("#") && !yamlNode.text().startsWith(CLASS)) {
            return;
        }
        if (types.named(name)
                        .filter(type -> type.use() != RouteTypes.Use.EXCEPTION)
                        .isPresent()
                || ObjectHelper.loadSimpleType(name) != null) {
            findingCollector.error(
                    yamlNode,
                    findingCollector.quote(name) + " is no exception",
                    "write the name of an exception's class");
        } else if (types.named(name).isEmpty()) {
            unknown(name, yamlNode, RouteTypes.Use.EXCEPTION);
        }
    }

    private void strategy(YamlNode yamlNode) {
        String name = name(yamlNode.text());
        if (!open(name)
                && types.named(name)
                        .filter(type -> type.use() == RouteTypes.Use.STRATEGY)
                        .isEmpty()) {
            unknown(name, yamlNode, RouteTypes.Use.STRATEGY);
        }
    }

    private void named(YamlNode yamlNode) {
        named(yamlNode.text(), yamlNode);
    }

    private void named(String written, YamlNode place) {
        String name = name(written);
        if (written.strip().matches("#(?!class:|type:).*") || open(name)) {
            return;
        }
        if (ObjectHelper.loadSimpleType(name) == null && types.named(name).isEmpty()) {
            unknown(
                    name,
                    place,
                    RouteTypes.Use.VALUE,
                    RouteTypes.Use.BEAN,
                    RouteTypes.Use.STRATEGY,
                    RouteTypes.Use.EXCEPTION);
        }
    }

    private void unknown(String name, YamlNode place, RouteTypes.Use... uses) {
        findingCollector.error(
                place,
                "there is no class " + findingCollector.quote(name) + " that a route may name",
                types.instead(name, uses));
    }

    private static boolean open(String name) {
        return name.isEmpty() || EndpointUri.open(name);
    }

    /** Without the prefix, arguments of the constructor, and the method that makes it. */
    private static String name(String written) {
        return written.strip()
                .replaceFirst("^#(class|type):", "")
                .replaceFirst("[(#].*", "")
                .strip();
    }
}
