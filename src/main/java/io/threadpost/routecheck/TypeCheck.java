package io.threadpost.routecheck;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.util.ObjectHelper;

/** Looks at classes that a file names: exceptions, types of beans, types to convert to, {@code #class:} wherever it stands. */
final class TypeCheck {
    private static final String CLASS = "#class:";
    private static final String TYPE = "#type:";
    private static final Set<String> CLASSES =
            Set.of("exceptionType", "beanType", "resultType", "unmarshalType", "collectionType", "builderClass");
    private static final Set<String> CONVERSIONS =
            Set.of("ConvertBodyDefinition", "ConvertHeaderDefinition", "ConvertVariableDefinition");

    private final RouteTypes types;
    private final Endpoints endpoints;
    private final CallCheck calls;
    private final Report report;

    TypeCheck(RouteTypes types, Endpoints endpoints, CallCheck calls, Report report) {
        this.types = types;
        this.endpoints = endpoints;
        this.calls = calls;
        this.report = report;
    }

    void check(Element element) {
        if (element.is("ConvertBodyDefinition") && element.value().is(Part.Kind.TEXT)) {
            named(element.value());
        }
        for (Part.Entry entry : element.value().entries()) {
            if (entry.name().equals("exception")) {
                entry.value().items().forEach(this::exception);
            } else if (entry.value().is(Part.Kind.TEXT) && names(element, entry.name())) {
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
        EndpointUse.of(element).forEach(this::endpoint);
    }

    /** Looks at every text of the file for a class that is named with its prefix. */
    void check(Part part) {
        switch (part.kind()) {
            case TEXT -> {
                if (part.text().strip().matches("#(class|type):.*")) {
                    named(part);
                }
            }
            case LIST -> part.items().forEach(this::check);
            case MAP ->
                part.entries().forEach(entry -> {
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

    private static boolean names(Element element, String property) {
        return CLASSES.contains(property)
                || property.equals("type")
                        && (element.is("BeanFactoryDefinition") || CONVERSIONS.contains(element.definition()));
    }

    /** Camel makes it of its message, when there is one. */
    private void thrown(Element element) {
        Optional<Part> written = element.value().at("exceptionType");
        boolean message = element.value().at("message").isPresent();
        written.flatMap(type -> types.named(name(type.text())))
                .filter(type -> type.use() == RouteTypes.Use.EXCEPTION)
                .flatMap(TypeCheck::load)
                .filter(type -> !hasConstructor(type, message))
                .ifPresent(type -> report.error(
                        written.get(),
                        report.quote(type.getName()) + " cannot be made "
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

    private void method(Element element) {
        Optional<Part> method = element.value().at("method").filter(part -> part.is(Part.Kind.TEXT));
        element.value()
                .at("beanType")
                .flatMap(type -> types.named(name(type.text())))
                .flatMap(TypeCheck::load)
                .ifPresent(type -> method.filter(name -> !EndpointUri.open(name.text()))
                        .ifPresent(name ->
                                calls.method(type, name.text().strip(), () -> new Place(name.line(), name.column()))));
    }

    private void endpoint(EndpointUse use) {
        if (!use.uri().strip().startsWith("class")
                && !use.uri().contains(CLASS)
                && !use.uri().contains(TYPE)) {
            return;
        }
        EndpointUri uri = endpoints.read(use);
        if (uri.scheme().equals("class")) {
            named(uri.path(), use.place());
        }
        uri.options().values().stream()
                .filter(value -> value.startsWith(CLASS) || value.startsWith(TYPE))
                .forEach(value -> named(value, use.place()));
    }

    private void exception(Part part) {
        String name = name(part.text());
        if (open(name) || part.text().startsWith("#") && !part.text().startsWith(CLASS)) {
            return;
        }
        if (types.named(name)
                        .filter(type -> type.use() != RouteTypes.Use.EXCEPTION)
                        .isPresent()
                || ObjectHelper.loadSimpleType(name) != null) {
            report.error(part, report.quote(name) + " is no exception", "write the name of an exception's class");
        } else if (types.named(name).isEmpty()) {
            unknown(name, part, RouteTypes.Use.EXCEPTION);
        }
    }

    private void strategy(Part part) {
        String name = name(part.text());
        if (!open(name)
                && types.named(name)
                        .filter(type -> type.use() == RouteTypes.Use.STRATEGY)
                        .isEmpty()) {
            unknown(name, part, RouteTypes.Use.STRATEGY);
        }
    }

    private void named(Part part) {
        named(part.text(), part);
    }

    private void named(String written, Part place) {
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

    private void unknown(String name, Part place, RouteTypes.Use... uses) {
        report.error(
                place, "there is no class " + report.quote(name) + " that a route may name", types.instead(name, uses));
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
