package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Without a vocabulary, the linter checks plain Camel routes and knows no step, name or class of Threadpost. */
class PlainCamelTest {
    private final RouteLinter linter = new RouteLinter(new RouteContext() {
        @Override
        public Optional<String> setting(String key) {
            return Optional.empty();
        }

        @Override
        public Collection<String> settings() {
            return List.of("orders.queue");
        }

        @Override
        public boolean holdsSecret(String text) {
            return false;
        }
    });

    @Test
    void aGoodRouteHasNoFindings() {
        assertThat(
                        findings(
                                """
                        - route:
                            id: orders
                            description: Logs orders.
                            from:
                              uri: direct:orders
                              steps:
                                - setHeader: {name: Threadpostal, constant: a}
                                - log: "${body} ${header.Threadpostal}"
                        """))
                .isEmpty();
    }

    @Test
    void ownNamesAreUnknown() {
        assertThat(
                        findings(
                                """
                        - route:
                            id: orders
                            description: Uses what the application would add.
                            from:
                              uri: direct:orders
                              steps:
                                - process: {ref: writeFiles}
                                - throwException: {exceptionType: io.threadpost.ledger.LedgerException, message: x}
                                - log: "{{orders.quue}}"
                        """))
                .containsExactly(
                        "orders.camel.yaml:8:43: error: there is no class `io.threadpost.ledger.LedgerException`"
                                + " that a route may name; the documentation lists them; java.lang.Exception is any",
                        "orders.camel.yaml:9:17: error: unknown setting `orders.quue`; did you mean `orders.queue`?",
                        "orders.camel.yaml:7:26: error: there is no step `writeFiles`; correct or remove it");
    }

    private List<String> findings(String yaml) {
        CheckedFile file = linter.check(new RouteSource("orders.camel.yaml", yaml));
        return Stream.concat(file.findings().stream(), linter.checkTogether(List.of(file)).stream())
                .map(RouteFinding::text)
                .toList();
    }
}
