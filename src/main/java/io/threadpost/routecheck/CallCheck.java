package io.threadpost.routecheck;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.OgnlHelper;

import io.threadpost.settings.NearestWord;

/**
 * Looks at what a function of simple calls by reflection: methods by their name, and classes. As long as the type of a
 * value is known, the method has to be one of that type; that of a body or a header is not, so it may be one of any
 * type on the list.
 */
final class CallCheck {
    private static final Pattern CONVERSION = Pattern.compile("(bodyAs|mandatoryBodyAs|messageAs)\\(([^)]*)\\)(.*)");
    private static final Pattern KEYED_CONVERSION = Pattern.compile("(headerAs|variableAs)\\([^,)]*,([^)]*)\\).*");
    private static final Pattern TYPED = Pattern.compile("(exchange|camelContext|exception)\\b(?!Property)(.*)");
    private static final Pattern BODY = Pattern.compile("(?:in\\.)?body([.?\\[].*)");
    private static final Pattern KEYED =
            Pattern.compile("(?:(?:in\\.)?headers?|exchangeProperty|variables?)[.:?\\[](.*)");
    private static final Pattern BEAN = Pattern.compile("bean:type:(.+?)(?:\\?method=|::)(.+?)(?:[?&]scope=.*)?");
    private static final Set<String> OF_ALL = Set.of("class", "getClass");
    /** Camel does not call them. */
    private static final Set<String> NEVER = Set.of("equals", "finalize", "hashCode", "notify", "notifyAll", "wait");

    /** A function that looks like a method of the exception. */
    private static final String STACK_TRACE = "exception.stacktrace";

    private final RouteTypes types;
    private final FindingCollector findingCollector;

    CallCheck(RouteTypes types, FindingCollector findingCollector) {
        this.types = types;
        this.findingCollector = findingCollector;
    }

    /**
     * Looks at one function.
     *
     * @param function without its braces, functions inside of it replaced
     * @param place asked for when there is something to be told
     * @return whether nothing stands against it
     */
    boolean check(String function, Supplier<SourcePosition> place) {
        Matcher matcher = CONVERSION.matcher(function);
        if (matcher.matches()) {
            Optional<Class<?>> type = conversion(matcher.group(2), place);
            return type.isPresent() && calls(matcher.group(3), Set.of(type.get()), function, place);
        }
        matcher = KEYED_CONVERSION.matcher(function);
        if (matcher.matches()) {
            return conversion(matcher.group(2), place).isPresent();
        }
        if (function.startsWith("type:")) {
            return constant(function.substring("type:".length()).strip(), place);
        }
        if (function.startsWith("bean:type:")) {
            return bean(function, place);
        }
        if (function.equals(STACK_TRACE)) {
            return true;
        }
        matcher = TYPED.matcher(function);
        if (matcher.matches()) {
            Class<?> start =
                    switch (matcher.group(1)) {
                        case "exchange" -> Exchange.class;
                        case "camelContext" -> CamelContext.class;
                        default -> Throwable.class;
                    };
            return calls(matcher.group(2), Set.of(start), function, place);
        }
        matcher = BODY.matcher(function);
        if (matcher.matches()) {
            return calls(matcher.group(1), null, function, place);
        }
        matcher = KEYED.matcher(function);
        return !matcher.matches() || keyed(matcher.group(1), function, place);
    }

    /** Looks at a method that is called on an instance of this class, or on the class itself. */
    boolean method(Class<?> type, String method, Supplier<SourcePosition> place) {
        return calls("." + method, Set.of(type), method, place);
    }

    /** The name of a header may have dots in it, so that only what has parentheses is a method for sure. */
    private boolean keyed(String path, String function, Supplier<SourcePosition> place) {
        if (!path.contains("(") || !OgnlHelper.isValidOgnlExpression(path)) {
            return true;
        }
        List<String> steps = OgnlHelper.splitOgnl(path);
        return steps.stream()
                .skip(1)
                .filter(step -> step.contains("("))
                .allMatch(step -> calls(step, null, function, place));
    }

    private boolean calls(String path, Set<Class<?>> start, String function, Supplier<SourcePosition> place) {
        if (path.isBlank() || !OgnlHelper.isValidOgnlExpression(path)) {
            return true;
        }
        Set<Class<?>> known = start;
        for (String step : OgnlHelper.splitOgnl(path)) {
            String written = OgnlHelper.removeLeadingOperators(step);
            var index = OgnlHelper.isOgnlIndex(written);
            String called = index == null ? written : index.getKey();
            if (called != null && !called.isBlank()) {
                String name = called.replaceFirst("\\(.*", "").strip();
                Optional<Set<Class<?>>> results = results(name, known);
                if (results.isEmpty()) {
                    refuse(name, known, called.contains("("), function, place);
                    return false;
                }
                known = results.get().isEmpty() ? null : results.get();
            }
            if (index != null) {
                known = null;
            }
        }
        return true;
    }

    /** @return empty when there is no such method; no types when nobody can tell what it gives */
    private Optional<Set<Class<?>>> results(String name, Set<Class<?>> known) {
        if (OF_ALL.contains(name)) {
            return Optional.of(Set.of(Class.class));
        }
        if (known == null) {
            return name.equals("length") || types.all().stream().anyMatch(type -> has(type, name))
                    ? Optional.of(Set.of())
                    : Optional.empty();
        }
        Set<Class<?>> results = new HashSet<>();
        boolean open = false;
        boolean found = false;
        for (Class<?> type : known) {
            if (type.isArray() && name.equals("length")) {
                found = true;
                results.add(Integer.class);
            }
            List<Method> methods = methods(type, name);
            for (Method method : methods) {
                found = true;
                open |= method.getReturnType() == Object.class || method.getGenericReturnType() instanceof TypeVariable;
                results.add(ObjectHelper.convertPrimitiveTypeToWrapperType(method.getReturnType()));
            }
        }
        return found ? Optional.of(open ? Set.of() : results) : Optional.empty();
    }

    /**
     * Methods of this name that a value of this type may have: its own, or else those of the first type below it that
     * has any.
     */
    private List<Method> methods(Class<?> type, String name) {
        return itselfAndBelow(type)
                .map(listed -> methods(listed, name))
                .filter(methods -> !methods.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Stream<RouteTypes.Type> itselfAndBelow(Class<?> type) {
        return Stream.concat(types.of(type).stream(), below(type));
    }

    /** Classes on the list of which a value of this type may be. */
    private Stream<RouteTypes.Type> below(Class<?> type) {
        return Modifier.isFinal(type.getModifiers())
                ? Stream.empty()
                : types.all().stream()
                        .filter(listed ->
                                load(listed).filter(type::isAssignableFrom).isPresent());
    }

    private boolean has(RouteTypes.Type type, String name) {
        return !methods(type, name).isEmpty();
    }

    private List<Method> methods(RouteTypes.Type type, String name) {
        return load(type).stream()
                .flatMap(loaded -> List.of(loaded.getMethods()).stream())
                .filter(method -> named(method, name) && offered(type, method))
                .toList();
    }

    private static boolean offered(RouteTypes.Type type, Method method) {
        return type.offers(method.getName()) && !NEVER.contains(method.getName());
    }

    private static boolean named(Method method, String name) {
        String full = method.getName();
        return full.equals(name) || full.equals(getter("get", name)) || full.equals(getter("is", name));
    }

    private static String getter(String prefix, String name) {
        return name.isEmpty() ? "" : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private void refuse(
            String name, Set<Class<?>> known, boolean parentheses, String function, Supplier<SourcePosition> place) {
        Set<String> names = new TreeSet<>();
        List<RouteTypes.Type> possible = known == null
                ? List.copyOf(types.all())
                : known.stream().flatMap(this::itselfAndBelow).toList();
        for (RouteTypes.Type type : possible) {
            load(type).stream()
                    .flatMap(loaded -> List.of(loaded.getMethods()).stream())
                    .filter(method -> offered(type, method))
                    .forEach(method -> names.add(parentheses ? method.getName() : shortest(method)));
        }
        String field = function.startsWith("body.") && !parentheses ? "for a field, write ${body[" + name + "]}" : "";
        Optional<String> near = new NearestWord(names).likely(name).map(method -> "did you mean `" + method + "`?");
        String advice = field.isEmpty()
                ? near.orElse("call a method of a type that docs/reference/classes.md lists")
                : near.filter(method -> Character.isLowerCase(name.charAt(0)))
                        .map(method -> method + " Or, " + field)
                        .orElse(field);
        findingCollector.error(
                place.get().line(),
                place.get().column(),
                "simple: no method " + findingCollector.quote(name) + " can be called in "
                        + findingCollector.quote("${" + function + "}"),
                advice);
    }

    private static String shortest(Method method) {
        String name = method.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
        return method.getParameterCount() > 0 || name.equals(method.getName())
                ? method.getName()
                : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private boolean bean(String function, Supplier<SourcePosition> place) {
        Matcher matcher = BEAN.matcher(function);
        if (!matcher.matches()) {
            String type = function.substring("bean:type:".length()).replaceFirst("[?(].*", "");
            int dot = type.lastIndexOf('.');
            findingCollector.error(
                    place.get().line(),
                    place.get().column(),
                    "simple: " + findingCollector.quote("${" + function + "}") + " does not say which method",
                    "write it like ${bean:type:" + (dot > 0 ? type.substring(0, dot) : "java.util.UUID") + "?method="
                            + (dot > 0 ? type.substring(dot + 1) : "randomUUID") + "}");
            return false;
        }
        Optional<Class<?>> type = named(matcher.group(1).strip(), place);
        return type.isPresent() && calls("." + matcher.group(2), Set.of(type.get()), function, place);
    }

    private boolean constant(String text, Supplier<SourcePosition> place) {
        if (types.named(text).isPresent() || ObjectHelper.loadSimpleType(text) != null) {
            return true;
        }
        int dot = text.lastIndexOf('.');
        Optional<RouteTypes.Type> type = types.named(text.substring(0, Math.max(0, dot)));
        if (type.isEmpty()) {
            unknown(text, place);
            return false;
        }
        List<String> fields = new ArrayList<>();
        load(type.get()).ifPresent(loaded -> List.of(loaded.getFields()).stream()
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> fields.add(field.getName())));
        String field = text.substring(dot + 1);
        if (fields.contains(field)) {
            return true;
        }
        findingCollector.error(
                place.get().line(),
                place.get().column(),
                "simple: " + findingCollector.quote(type.get().name()) + " has no constant "
                        + findingCollector.quote(field),
                findingCollector.instead(field, fields));
        return false;
    }

    private Optional<Class<?>> conversion(String written, Supplier<SourcePosition> place) {
        return named(written.strip().replaceAll("^['\"]|['\"]$", ""), place);
    }

    /** Looks at a class that is named. @return empty when a route may not, and the report says so */
    Optional<Class<?>> named(String name, Supplier<SourcePosition> place) {
        Class<?> simple = ObjectHelper.loadSimpleType(name);
        if (simple != null) {
            return Optional.of(simple);
        }
        Optional<RouteTypes.Type> type = types.named(name);
        if (type.isEmpty()) {
            unknown(name, place);
        }
        return type.flatMap(CallCheck::load);
    }

    private void unknown(String name, Supplier<SourcePosition> place) {
        findingCollector.error(
                place.get().line(),
                place.get().column(),
                "simple: there is no class " + findingCollector.quote(name) + " that a route may name",
                types.instead(name, RouteTypes.Use.VALUE, RouteTypes.Use.BEAN, RouteTypes.Use.EXCEPTION));
    }

    /** Nothing of the class runs. Only later releases of Java have some of those on the list. */
    private static Optional<Class<?>> load(RouteTypes.Type type) {
        return Optional.ofNullable(ObjectHelper.loadClass(type.name(), CallCheck.class.getClassLoader()));
    }
}
