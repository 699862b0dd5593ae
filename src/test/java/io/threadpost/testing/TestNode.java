package io.threadpost.testing;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.All;
import org.apache.camel.Component;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.CamelDefaults;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;

/**
 * One process without Quarkus: a plain Camel context over a real ledger, and the classes of some packages, constructed
 * as injection does. Several on one PostgreSQL are several nodes.
 */
public class TestNode implements AutoCloseable {
    private static final Map<String, String> USUAL = Map.of(
            "threadpost.connector.address", "http://localhost:1",
            "threadpost.connector.client-token", "client",
            "threadpost.connections.main.access-token", "access");

    public final DefaultCamelContext camel = new DefaultCamelContext();
    public final Settings settings;
    private final Map<Class<?>, Object> beans = new LinkedHashMap<>();
    private final List<Class<?>> types = new ArrayList<>();

    /** @param settings by key, each map over those before it */
    @SafeVarargs
    public TestNode(Ledger ledger, Map<String, String>... settings) {
        this(merged(settings), ledger);
    }

    private TestNode(Map<String, String> given, Ledger ledger) {
        this(ledger, TestSettings.of(given));
        given.forEach(camel.getPropertiesComponent()::addOverrideProperty);
    }

    public TestNode(Ledger ledger, Settings settings) {
        this.settings = settings;
        Stream.of(ledger, settings, camel, new SimpleMeterRegistry()).forEach(bean -> beans.put(bean.getClass(), bean));
        camel.getShutdownStrategy().setTimeout(10);
        new CamelDefaults().configure(camel);
    }

    private static Map<String, String> merged(Map<String, String>[] settings) {
        Map<String, String> all = new HashMap<>(USUAL);
        Stream.of(settings).forEach(all::putAll);
        return all;
    }

    /** Injects this one instead of constructing one. */
    public final <T> void replace(Class<T> type, T bean) {
        beans.put(type, bean);
    }

    /**
     * Adds the components, steps and Java routes of packages, by their names.
     *
     * @param packages such as {@code spool}
     */
    public final void addAll(String... packages) throws Exception {
        List<Class<?>> added = new ArrayList<>();
        for (String name : packages) {
            added.addAll(classes(name));
        }
        types.addAll(added);
        for (Class<?> type : added) {
            Named named = type.getAnnotation(Named.class);
            if (named != null) {
                bind(named.value(), get(type));
            } else if (RoutesBuilder.class.isAssignableFrom(type) && isBean(type)) {
                camel.addRoutes((RoutesBuilder) get(type));
            }
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Produces.class) && method.isAnnotationPresent(Named.class)) {
                    bind(method.getAnnotation(Named.class).value(), call(method, get(type)));
                }
            }
        }
    }

    private void bind(String name, Object bean) {
        if (bean instanceof Component component) {
            camel.addComponent(name, component);
        } else {
            camel.getRegistry().bind(name, bean);
        }
    }

    private static boolean isBean(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && Stream.of(type.getAnnotations())
                        .map(Annotation::annotationType)
                        .anyMatch(annotation -> annotation == Singleton.class
                                || annotation.getName().endsWith("ApplicationScoped"));
    }

    private static List<Class<?>> classes(String name) throws IOException, URISyntaxException {
        Path root = Path.of(Settings.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve("io/threadpost").resolve(name.replace('.', '/')))) {
            for (Path file : files.sorted().toList()) {
                String simple = file.getFileName().toString();
                if (simple.endsWith(".class") && !simple.equals("package-info.class")) {
                    classes.add(Class.forName("io.threadpost." + name + "." + simple.replace(".class", "")));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return classes;
    }

    /** @return the one instance of this node, which is constructed by the constructor that injection uses */
    public final <T> T get(Class<T> type) {
        Object found = beans.get(type);
        if (found == null) {
            found = beans.values().stream().filter(type::isInstance).findFirst().orElse(null);
        }
        if (found == null) {
            found = construct(type);
            beans.put(type, found);
        }
        return type.cast(found);
    }

    private Object construct(Class<?> type) {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        Constructor<?> constructor = Stream.of(constructors)
                .filter(one -> constructors.length == 1 || one.isAnnotationPresent(Inject.class))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no constructor of " + type + " is for injection"));
        constructor.setAccessible(true);
        try {
            return constructor.newInstance(arguments(constructor));
        } catch (InvocationTargetException e) {
            throw new AssertionError(constructor + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Object call(Method method, Object bean) {
        method.setAccessible(true);
        try {
            return method.invoke(bean, arguments(method));
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Object[] arguments(Executable executable) {
        Object[] arguments = new Object[executable.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            Parameter parameter = executable.getParameters()[i];
            arguments[i] = parameter.isAnnotationPresent(All.class)
                    ? all((Class<?>) ((ParameterizedType) parameter.getParameterizedType()).getActualTypeArguments()[0])
                    : get(parameter.getType());
        }
        return arguments;
    }

    /** Of the packages that were added. */
    private List<Object> all(Class<?> wanted) {
        List<Object> found = new ArrayList<>();
        types.stream()
                .filter(type -> wanted.isAssignableFrom(type) && isBean(type))
                .forEach(type -> found.add(get(type)));
        return found;
    }

    /** Loads a route file that is shipped. */
    public final void loadShipped(String file) throws Exception {
        load(ResourceHelper.resolveResource(
                camel, "file:" + Path.of("routes", file).toAbsolutePath()));
    }

    /** Loads routes that are written in the test. */
    public final void load(String yaml) throws Exception {
        load(ResourceHelper.fromString("more.camel.yaml", yaml));
    }

    public final void load(Resource yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(yaml);
    }

    /**
     * Delivers threads into a spool as one page does.
     *
     * @param threads each as its JSON
     */
    public final void put(String spool, List<String> threads) {
        get(Spools.class).deliver(spool, threads.stream().map(TestNode::item).toList());
    }

    public final void put(String spool, SpoolItem... items) {
        get(Spools.class).deliver(spool, List.of(items));
    }

    private static SpoolItem item(String thread) {
        RawJson json = new RawJson(thread.getBytes(StandardCharsets.UTF_8));
        return new SpoolItem(json.get("Id") + "@" + json.get("UpdatedUtc"), "main", Map.of(), json);
    }

    /** Stops the context, and then what ends with the process. */
    @Override
    public void close() {
        camel.stop();
        for (Object bean : List.copyOf(beans.values())) {
            for (Method method : bean.getClass().getDeclaredMethods()) {
                if (method.isAnnotationPresent(PreDestroy.class)) {
                    call(method, bean);
                }
            }
        }
    }
}
