package io.threadpost.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Sources;
import io.threadpost.routecheck.CamelJars;
import io.threadpost.routecheck.RouteVocabulary;
import io.threadpost.vocabulary.ThreadpostVocabulary;

/** The reference lists what there is. Where a table differs, the failure shows the rows to paste. */
class RoutesPageTest {
    private static final RouteVocabulary VOCABULARY = new ThreadpostVocabulary();
    private static final Page PAGE = Page.of("docs/reference.md");
    private static final Page CLASSES = Page.of("docs/reference/classes.md");
    private static final Map<String, Supplier<List<String>>> TABLES = Map.of(
            "Steps", Tables::steps,
            "Endpoints", Tables::options,
            "Direct endpoints", Tables::direct,
            "Spools", Tables::spools,
            "Headers", Tables::headers,
            "Exchange properties", Tables::properties,
            "Settings", Tables::settings,
            "Types of values", () -> Tables.types(RouteVocabulary.ClassUse.VALUE),
            "Exceptions", () -> Tables.types(RouteVocabulary.ClassUse.EXCEPTION),
            "Strategies and beans",
                    () -> Tables.types(RouteVocabulary.ClassUse.STRATEGY, RouteVocabulary.ClassUse.BEAN));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Steps",
                "Endpoints",
                "Direct endpoints",
                "Spools",
                "Headers",
                "Exchange properties",
                "Settings",
                "Types of values",
                "Exceptions",
                "Strategies and beans"
            })
    void theTableIsAsTheCodeIs(String section) {
        Page page = PAGE.has(section) ? PAGE : CLASSES;
        List<String> rows = page.section(section)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();

        assertThat(String.join("\n", rows))
                .isEqualTo(String.join("\n", TABLES.get(section).get()));
    }

    @Test
    void noNameInAnExchangeIsMissing() {
        assertThat(VOCABULARY.exchangeNames().stream().map(RouteVocabulary.ExchangeName::name))
                .containsExactlyInAnyOrderElementsOf(Tables.namesInTheCode());
    }

    @Test
    void componentsAndLanguagesOfCamelAreInThisBuild() {
        CamelJars jars = new CamelJars(getClass().getClassLoader());

        assertThat(jars.names(CamelJars.Kind.COMPONENT)).containsAll(words("The components: "));
        assertThat(jars.names(CamelJars.Kind.LANGUAGE)).containsAll(words("The languages: "));
    }

    @Test
    void languagesThatAreRefusedAreThoseOfTheCheck() {
        String check = Sources.text(Sources.room("routecheck").resolve("ExpressionCheck.java"));
        String list = check.replaceAll("(?s).*COMPILED =\\s*Set\\.of\\((.*?)\\);.*", "$1");
        Set<String> compiled = Pattern.compile("\"(\\w+)\"")
                .matcher(list)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(words("Refused: ")).isEqualTo(compiled);
    }

    /** The words in backquotes of the paragraph that begins so. */
    private static Set<String> words(String beginning) {
        String text = PAGE.text();
        int start = text.indexOf("\n" + beginning);
        assertThat(start).as(beginning).isPositive();
        return Pattern.compile("`([a-zA-Z-]+)`")
                .matcher(text.substring(start, text.indexOf("\n\n", start + 1)))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
