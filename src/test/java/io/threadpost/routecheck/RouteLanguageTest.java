package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.bean.BeanComponent;
import org.apache.camel.component.bean.BeanInfo;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.testing.Probe;

/**
 * What routes say in simple, in jsonpath and by the names of classes: the check takes it and Camel does it, or the
 * check refuses it. Whatever Camel looked at by reflection for that is registered, so that a native executable does the
 * same.
 */
class RouteLanguageTest {
    private static final Path REGISTERED =
            Path.of("src/main/resources/META-INF/native-image/io.threadpost/routes/reflect-config.json");
    private static final RouteLinter CHECKS = new RouteLinter(TestRouteContext.usual());
    private static final Set<String> LOADED = new TreeSet<>();
    private static CamelContext camel;

    static Stream<Probe> probes() {
        return Probe.all().stream();
    }

    @BeforeAll
    static void start() {
        camel = new DefaultCamelContext();
        camel.setClassResolver(new DefaultClassResolver(camel) {
            @Override
            protected Class<?> loadClass(String name, ClassLoader loader) {
                Class<?> found = super.loadClass(name, loader);
                if (found != null && ObjectHelper.loadSimpleType(name) == null) {
                    LOADED.add(name);
                }
                return found;
            }
        });
        camel.start();
    }

    @AfterAll
    static void everythingThatWasLookedAtIsRegistered() throws Exception {
        Set<String> registered = new TreeSet<>();
        new ObjectMapper()
                .readTree(REGISTERED.toFile())
                .forEach(entry -> registered.add(entry.path("name").asText()));
        Set<String> lookedAt = new TreeSet<>(LOADED);
        // What Camel is made of; its extensions for Quarkus register that.
        lookedAt.removeIf(name -> name.matches(
                "org\\.apache\\.camel\\..*(Component|Factory|Language|DataFormat|Loader|Configurer|Adapter)"));
        introspected().forEach(type -> above(type, lookedAt));
        camel.stop();

        assertThat(registered).containsAll(lookedAt);
    }

    @ParameterizedTest
    @MethodSource("probes")
    void isDoneOrRefused(Probe probe) throws Exception {
        CheckedFile checkedFile =
                CHECKS.check(new RouteSource(probe.name() + ".camel.yaml", probe.file("direct:" + probe.name())));
        List<RouteFinding> findings = new ArrayList<>(checkedFile.findings());
        findings.addAll(CHECKS.checkTogether(List.of(checkedFile)));
        List<String> errors = findings.stream()
                .filter(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR)
                .map(RouteFinding::text)
                .toList();

        if (probe.refused().isPresent()) {
            assertThat(errors).anyMatch(error -> error.contains(probe.refused().get()));
        } else {
            assertThat(errors).isEmpty();
            assertThat(findings)
                    .extracting(RouteFinding::text)
                    .as("what a native executable may do otherwise")
                    .noneMatch(finding -> finding.contains("Camel calls any of the"));
            Exchange result = run(probe);
            if (probe.fails().isPresent()) {
                assertThat(result.getException())
                        .hasStackTraceContaining(probe.fails().get());
            } else {
                assertThat(result.getException()).isNull();
                String text = result.getMessage().getBody(String.class);
                assertThat(probe.expects(text)).as("%s comes out", text).isTrue();
            }
        }
    }

    private static Exchange run(Probe probe) throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        ResourceHelper.fromString(probe.name() + ".camel.yaml", probe.file("direct:" + probe.name())));
        return camel.createProducerTemplate().request("direct:" + probe.name(), exchange -> {});
    }

    /** Types that Camel took apart to call a method. */
    private static List<Class<?>> introspected() throws Exception {
        Field field = BeanComponent.class.getDeclaredField("beanInfoCache");
        field.setAccessible(true);
        Map<?, ?> cache = (Map<?, ?>) field.get(camel.getComponent("bean", BeanComponent.class));
        List<Class<?>> types = new ArrayList<>();
        cache.values().forEach(info -> types.add(((BeanInfo) info).getType()));
        // Of the program, it is another context.
        types.remove(DefaultCamelContext.class);
        assertThat(types).hasSizeGreaterThan(20);
        return types;
    }

    private static void above(Class<?> type, Set<String> names) {
        if (type != null && type != Object.class && names.add(type.getName())) {
            above(type.getSuperclass(), names);
            Stream.of(type.getInterfaces()).forEach(each -> above(each, names));
        }
    }
}
