package io.threadpost.routefiles;

import static io.threadpost.routefiles.LiveRoutes.saying;
import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;

/** Files that use what other files bring are replaced together with them. */
@Proves(Promise.EDITS_ARE_SAFE)
class LiveTogetherTest extends LiveFolder {
    private static final String TEMPLATE =
            """
            - routeTemplate:
                id: speaker
                parameters:
                  - name: words
                route:
                  description: Says what it is told.
                  from:
                    uri: direct:said
                    steps:
                      - setBody:
                          expression:
                            simple:
                              expression: "%s {{words}} ${body}"
            """;
    private static final String TEMPLATED =
            """
            - templatedRoute:
                routeTemplateRef: speaker
                routeId: say
                parameters:
                  - name: words
                    value: please
            """;
    private static final String BEAN =
            """
            - beans:
                - name: greeting
                  type: java.util.HashMap
                  properties:
                    words: %s
            """;
    private static final String KAMELET =
            """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: polite
            spec:
              definition:
                title: Polite
                description: Says it politely.
                type: action
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - setBody:
                        simple: "%s ${body}"
            """;
    private static final String THROUGH_KAMELET =
            """
            - route:
                id: say
                description: Says it through a kamelet.
                from:
                  uri: direct:said
                  steps:
                    - kamelet:
                        name: polite
            """;
    private static final String CONFIGURATION =
            """
            - routeConfiguration:
                id: rescue
                onException:
                  - onException:
                      exception:
                        - java.lang.IllegalArgumentException
                      handled:
                        constant:
                          expression: "true"
                      steps:
                        - setBody:
                            expression:
                              constant:
                                expression: %s
            """;
    private static final String THROWING =
            """
            - route:
                id: say
                description: Throws.
                routeConfigurationId: rescue
                from:
                  uri: direct:said
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalArgumentException
                        message: no
            """;

    /** The one that uses comes first by name, and is loaded last. */
    private void bothAreReplaced(String brings, String text, String use, String before, String after) throws Exception {
        put("a.camel.yaml", use);
        put(brings, text.formatted("one"));
        try (LiveRoutes live = start()) {
            assertThat(live.say("a")).isEqualTo(before);
            live.write(brings, text.formatted("two"));
            await().until(() -> live.say("a").equals(after));
            assertThat(live.files.statuses()).noneMatch(RouteFileStatus::broken);
            Files.delete(routes.resolve("a.camel.yaml"));
            await().until(() -> !live.running().contains("say"));
            await().untilAsserted(() -> assertThat(live.running()).containsExactly("java"));
        }
    }

    @Test
    void aTemplate() throws Exception {
        bothAreReplaced("t.camel.yaml", TEMPLATE, TEMPLATED, "one please a", "two please a");
    }

    @Test
    void aBean() throws Exception {
        bothAreReplaced(
                "b.camel.yaml",
                BEAN,
                saying("say", "direct:said", "${ref:greeting}"),
                "{words=one} a",
                "{words=two} a");
    }

    @Test
    void aKamelet() throws Exception {
        bothAreReplaced("polite.kamelet.yaml", KAMELET, THROUGH_KAMELET, "one a", "two a");
    }

    @Test
    void aRouteConfiguration() throws Exception {
        bothAreReplaced("c.camel.yaml", CONFIGURATION, THROWING, "one", "two");
    }

    @Test
    void aTemplateThatIsRenamedInBothFilesAtOnce() throws Exception {
        put("a.camel.yaml", TEMPLATED);
        put("t.camel.yaml", TEMPLATE.formatted("one"));
        try (LiveRoutes live = start()) {
            live.write("t.camel.yaml", TEMPLATE.formatted("two").replace("speaker", "orator"));
            live.write("a.camel.yaml", TEMPLATED.replace("speaker", "orator"));
            await().until(() -> live.say("a").equals("two please a"));
            assertThat(live.files.statuses()).noneMatch(RouteFileStatus::broken);
        }
    }

    @Test
    void aTemplateThatAnotherFileStillNeedsStays() throws Exception {
        put("a.camel.yaml", TEMPLATED);
        put("t.camel.yaml", TEMPLATE.formatted("one"));
        try (LiveRoutes live = start()) {
            live.write("t.camel.yaml", TEMPLATE.formatted("two").replace("speaker", "orator"));
            await().until(() -> live.status("t.camel.yaml").broken());
            assertThat(live.say("a")).isEqualTo("one please a");
            Files.delete(routes.resolve("t.camel.yaml"));
            await().until(() -> live.status("a.camel.yaml").broken());
            assertThat(live.say("a")).isEqualTo("one please a");
            live.write("t.camel.yaml", TEMPLATE.formatted("three"));
            await().until(() -> live.say("a").equals("three please a"));
        }
    }
}
