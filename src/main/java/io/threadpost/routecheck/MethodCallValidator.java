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

/**
 * Validates what a function of simple calls by reflection: methods, and classes. Where the type of a value is known,
 * the method has to be one of that type; the type of a body or a header is not, so any method of an allowed class is
 * valid there.
 */
final class MethodCallValidator {
    private static final Pattern CONVERSION = Pattern.compile("(bodyAs|mandatoryBodyAs|messageAs)\\(([^)]*)\\)(.*)");
    private static final Pattern KEYED_CONVERSION = Pattern.compile("(headerAs|variableAs)\\([^,)]*,([^)]*)\\).*");
    private static final Pattern TYPED = Pattern.compile("(exchange|camelContext|exception)\\b(?!Property)(.*)");
    private static final Pattern BODY = Pattern.compile("(?:in\\.)?body([.?\\[].*)");
    private static final Pattern KEYED =
            Pattern.compile("(?:(?:in\\.)?headers?|exchangeProperty|variables?)[.:?\\[](.*)");
    private static final Pattern BEAN = Pattern.compile("bean:type:(.+?)(?:\\?method=|::)(.+?)(?:[?&]scope=.*)?");
    private static final Set<String> OF_ALL = Set.of("class", "getClass");
    /** Methods that Camel never calls. */
    private static final Set<String> NEVER = Set.of("equals", "finalize", "hashCode", "notify", "notifyAll", "wait");

    /** A function that looks like a method. */
    private static final String STACK_TRACE = "exception.stacktrace";

    private final AllowedClasses classes;
    private final RouteVocabulary vocabulary;
    private final FindingCollector findings;

    MethodCallValidator(ParsedFile file) {
        this.classes = file.build().classes();
        this.vocabulary = file.vocabulary();
        this.findings = file.findings();
    }

    /**
     * Validates one function.
     *
     * @param function without its braces, nested functions masked
     * @param position evaluated for a finding
     * @return whether it is valid
     */
    boolean validate(String function, Supplier<SourcePosition> position) {
        Matcher matcher = CONVERSION.matcher(function);
        if (matcher.matches()) {
            Optional<Class<?>> type = conversion(matcher.group(2), position);
            return type.isPresent() && calls(matcher.group(3), Set.of(type.get()), function, position);
        }
        matcher = KEYED_CONVERSION.matcher(function);
        if (matcher.matches()) {
            return conversion(matcher.group(2), position).isPresent();
        }
        if (function.startsWith("type:")) {
            return constant(function.substring("type:".length()).strip(), position);
        }
        if (function.startsWith("bean:type:")) {
            return bean(function, position);
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
            return calls(matcher.group(2), Set.of(start), function, position);
        }
        matcher = BODY.matcher(function);
        if (matcher.matches()) {
            return calls(matcher.group(1), null, function, position);
        }
        matcher = KEYED.matcher(function);
        return !matcher.matches() || keyed(matcher.group(1), function, position);
    }

    /** Validates a method that is called on an instance of a class, or on the class itself. */
    boolean method(Class<?> type, String method, Supplier<SourcePosition> position) {
        return method(type, method, method, position);
    }

    private boolean method(Class<?> type, String method, String function, Supplier<SourcePosition> position) {
        overloaded(type, method, position);
        return calls("." + method, Set.of(type), function, position);
    }

    /** Without arguments, Camel takes the overload that reflection lists first: another one in a native executable. */
    private void overloaded(Class<?> type, String method, Supplier<SourcePosition> position) {
        if (method.contains("(") || classes.of(type).isEmpty()) {
            return;
        }
        List<Method> overloads = Stream.of(type.getMethods())
                .filter(overload -> overload.getName().equals(method) && !overload.isBridge())
                .toList();
        if (overloads.size() > 1 && overloads.stream().allMatch(overload -> overload.getParameterCount() > 0)) {
            findings.warning(
                    position.get(),
                    "Camel calls any of the " + overloads.size() + " methods " + findings.quote(method) + " of "
                            + findings.quote(type.getName()),
                    "write the arguments, such as `" + method + "(${body})`");
        }
    }

    /** Names of headers may have dots: only what has parentheses is certainly a method. */
    private boolean keyed(String path, String function, Supplier<SourcePosition> position) {
        if (!path.contains("(") || !OgnlHelper.isValidOgnlExpression(path)) {
            return true;
        }
        List<String> steps = OgnlHelper.splitOgnl(path);
        return steps.stream()
                .skip(1)
                .filter(step -> step.contains("("))
                .allMatch(step -> calls(step, null, function, position));
    }

    private boolean calls(String path, Set<Class<?>> start, String function, Supplier<SourcePosition> position) {
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
                    refuse(name, known, called.contains("("), function, position);
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

    /** @return the types of the result, none when they are not known; empty when there is no such method */
    private Optional<Set<Class<?>>> results(String name, Set<Class<?>> known) {
        if (OF_ALL.contains(name)) {
            return Optional.of(Set.of(Class.class));
        }
        if (known == null) {
            return name.equals("length") || classes.all().stream().anyMatch(type -> has(type, name))
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
     * Methods of this name on a value of this type: those of the type, or else those of the first subtype that has any.
     */
    private List<Method> methods(Class<?> type, String name) {
        return itselfAndBelow(type)
                .map(listed -> methods(listed, name))
                .filter(methods -> !methods.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Stream<AllowedClasses.Type> itselfAndBelow(Class<?> type) {
        return Stream.concat(classes.of(type).stream(), below(type));
    }

    /** Allowed subtypes. */
    private Stream<AllowedClasses.Type> below(Class<?> type) {
        return Modifier.isFinal(type.getModifiers())
                ? Stream.empty()
                : classes.all().stream()
                        .filter(listed ->
                                listed.load().filter(type::isAssignableFrom).isPresent());
    }

    private boolean has(AllowedClasses.Type type, String name) {
        return !methods(type, name).isEmpty();
    }

    private List<Method> methods(AllowedClasses.Type type, String name) {
        return type.load().stream()
                .flatMap(loaded -> List.of(loaded.getMethods()).stream())
                .filter(method -> named(method, name) && offered(type, method))
                .toList();
    }

    private static boolean offered(AllowedClasses.Type type, Method method) {
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
            String name, Set<Class<?>> known, boolean parentheses, String function, Supplier<SourcePosition> position) {
        Set<String> names = new TreeSet<>();
        List<AllowedClasses.Type> possible = known == null
                ? List.copyOf(classes.all())
                : known.stream().flatMap(this::itselfAndBelow).toList();
        for (AllowedClasses.Type type : possible) {
            type.load().stream()
                    .flatMap(loaded -> List.of(loaded.getMethods()).stream())
                    .filter(method -> offered(type, method))
                    .forEach(method -> names.add(parentheses ? method.getName() : shortest(method)));
        }
        String field = function.startsWith("body.") && !parentheses ? "for a field, write ${body[" + name + "]}" : "";
        Optional<String> near = new NearestWord(names).likely(name).map(FindingCollector::didYouMean);
        String advice = field.isEmpty()
                ? near.orElse("call a method of a type that " + vocabulary.classesPage() + " lists")
                : near.filter(method -> Character.isLowerCase(name.charAt(0)))
                        .map(method -> method + " Or, " + field)
                        .orElse(field);
        findings.error(
                position.get(),
                "simple: no method " + findings.quote(name) + " can be called in "
                        + findings.quote("${" + function + "}"),
                advice);
    }

    private static String shortest(Method method) {
        String name = method.getName().replaceFirst("^(get|is)(?=[A-Z])", "");
        return method.getParameterCount() > 0 || name.equals(method.getName())
                ? method.getName()
                : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private boolean bean(String function, Supplier<SourcePosition> position) {
        Matcher matcher = BEAN.matcher(function);
        if (!matcher.matches()) {
            String type = function.substring("bean:type:".length()).replaceFirst("[?(].*", "");
            int dot = type.lastIndexOf('.');
            findings.error(
                    position.get(),
                    "simple: " + findings.quote("${" + function + "}") + " names no method",
                    "write it like ${bean:type:" + (dot > 0 ? type.substring(0, dot) : "java.util.UUID") + "?method="
                            + (dot > 0 ? type.substring(dot + 1) : "randomUUID") + "}");
            return false;
        }
        Optional<Class<?>> type = namedClass(matcher.group(1).strip(), position);
        return type.isPresent() && method(type.get(), matcher.group(2), function, position);
    }

    private boolean constant(String text, Supplier<SourcePosition> position) {
        if (classes.named(text).isPresent() || ObjectHelper.loadSimpleType(text) != null) {
            return true;
        }
        int dot = text.lastIndexOf('.');
        Optional<AllowedClasses.Type> type = classes.named(text.substring(0, Math.max(0, dot)));
        if (type.isEmpty()) {
            unknown(text, position);
            return false;
        }
        List<String> fields = new ArrayList<>();
        type.get().load().ifPresent(loaded -> List.of(loaded.getFields()).stream()
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(field -> fields.add(field.getName())));
        String field = text.substring(dot + 1);
        if (fields.contains(field)) {
            return true;
        }
        findings.error(
                position.get(),
                "simple: " + findings.quote(type.get().name()) + " has no constant " + findings.quote(field),
                findings.instead(field, fields));
        return false;
    }

    private Optional<Class<?>> conversion(String written, Supplier<SourcePosition> position) {
        return namedClass(written.strip().replaceAll("^['\"]|['\"]$", ""), position);
    }

    /** @return the class of this name; empty when routes may not name it, which is reported then */
    Optional<Class<?>> namedClass(String name, Supplier<SourcePosition> position) {
        Class<?> simple = ObjectHelper.loadSimpleType(name);
        if (simple != null) {
            return Optional.of(simple);
        }
        Optional<AllowedClasses.Type> type = classes.named(name);
        if (type.isEmpty()) {
            unknown(name, position);
        }
        return type.flatMap(AllowedClasses.Type::load);
    }

    private void unknown(String name, Supplier<SourcePosition> position) {
        findings.error(
                position.get(),
                "simple: there is no class " + findings.quote(name) + " that a route may name",
                classes.instead(
                        name,
                        RouteVocabulary.ClassUse.VALUE,
                        RouteVocabulary.ClassUse.BEAN,
                        RouteVocabulary.ClassUse.EXCEPTION));
    }
}
