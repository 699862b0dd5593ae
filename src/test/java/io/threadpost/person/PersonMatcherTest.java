package io.threadpost.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person is found however the address and the name are written; others are not. */
class PersonMatcherTest {
    private static final String NAME = "Jan \u017d\u00e1k";

    private final PersonMatcher matcher = new PersonMatcher("o'jan+trip@xn--bcher-kva.example", List.of(NAME));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "O'Jan+Trip@XN--Bcher-kva.example",
                "<o'jan+trip@b\u00fccher.example>",
                "{\"Text\":\"Regards\\no'jan+trip@b\u00fccher.example\\nPrague\"}",
                "{\"Sender\":\"Jan \\u003Co\\u0027jan\\u002Btrip@b\\u00FCcher.example\\u003E\"}",
                "mailto:Jan%20%3Co%27jan%2Btrip%40xn--bcher-kva.example%3E",
                "Jan &lt;o&#39;jan+trip&#64;b&#252;cher.example&gt;",
                "\u8fde\u7edco'jan+trip@b\u00fccher.example\u8c22\u8c22",
                "bounce+o'jan+trip=xn--bcher-kva.example@hub.example",
                "o'jan+trip@b\u00fccher.example.",
                "o'jan+trip@b\u00fccher.example--",
            })
    void addressIsFound(String text) {
        assertThat(matcher.finds(text)).isTrue();
        assertThat(matcher.mask(text)).containsIgnoringCase("[erased]").doesNotContainIgnoringCase("jan+trip");
        for (String charset : List.of("UTF-8", "UTF-16LE", "GB18030")) {
            assertThat(matcher.findsBytes(bytes(text, charset)))
                    .as(charset)
                    .isEqualTo(!charset.startsWith("UTF-16") || plain(text));
        }
    }

    /** Escapes within UTF-16 are not looked for. */
    private static boolean plain(String text) {
        return text.toLowerCase(Locale.ROOT).matches("(?s).*o'jan\\+trip@(b\u00fccher|xn--bcher-kva)\\.example.*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xo'jan+trip@b\u00fccher.example",
                "x\\u002bo'jan+trip@b\u00fccher.example",
                "x%2Bo'jan+trip@b\u00fccher.example",
                "o'jan+trip@b\u00fccher.example.org",
                "o'jan+trip@b\u00fccher.examples",
                "o'jan@b\u00fccher.example",
            })
    void addressOfSomebodyElseIsNot(String text) {
        assertThat(matcher.finds(text)).isFalse();
        assertThat(matcher.findsBytes(bytes(text, "UTF-8"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "o'brien@hub.example|false",
                "Pat <O'Brien@hub.example>|false",
                "{\"From\":\"o\\u0027brien@hub.example\"}|false",
                "mailto:o%27brien%40hub.example|false",
                "o&#39;brien&#64;hub.example|false",
                "write to o'brien@hub.example|false",
                "<d'brien@hub.example>|false",
                "le mail d'brien@hub.example|true",
                "'brien@hub.example'|true",
                "{\"From\":\"\\u0027brien@hub.example\\u0027\"}|true",
                "mailto:%27brien%40hub.example|true",
            })
    void anApostropheWithinAnAddressIsItsPart(String text, boolean found) {
        PersonMatcher brien = new PersonMatcher("brien@hub.example", List.of());

        assertThat(brien.finds(text)).isEqualTo(found);
        assertThat(brien.findsBytes(bytes(text, "UTF-8"))).isEqualTo(found);
        assertThat(new PersonMatcher("o'brien@hub.example", List.of()).finds(text))
                .isEqualTo(text.matches("(?is).*o(?:'|%27|&#39;|.u0027)brien.*"));
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8",
        "ISO-8859-2",
        "windows-1250",
        "UTF-16LE",
        "UTF-16BE",
    })
    void nameIsMaskedInEachCharset(String charset) {
        for (String name : List.of(NAME, NAME.toUpperCase(Locale.ROOT))) {
            String text = bytes("Room for " + name + ", please", charset);
            assertThat(matcher.maskBytes(text)).doesNotContain(bytes(name, charset));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAN \u017d\u00c1K", "Jan%20%C5%BD%C3%A1k", "Jan &#x17d;&#xe1;k", "Jan \\u017D\\u00E1k"})
    void nameIsMaskedInEachSpelling(String name) {
        String decomposed = Normalizer.normalize(name, Normalizer.Form.NFD);
        assertThat(matcher.mask("a " + name + " b " + decomposed)).isEqualTo("a [erased] b [erased]");
    }

    @Test
    void fullNameIsNotFoundWithinAnotherName() {
        PersonMatcher ian = new PersonMatcher("ian@guest.example", List.of("Ian Ross"));
        String text = "Brian Rossi\\nian ross %3CIan Ross \\u201CIan Ross\\u201D";
        String masked = "Brian Rossi\\n[erased] %3C[erased] \\u201C[erased]\\u201D";

        assertThat(ian.mask(text)).isEqualTo(masked);
        assertThat(ian.maskBytes(text)).isEqualTo(masked);
        for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
            assertThat(ian.maskBytes(bytes("Brian Rossi, Ian Ross", charset)))
                    .contains(bytes("Brian Rossi,", charset))
                    .doesNotContain(bytes("Ian Ross", charset));
        }
    }

    private static String bytes(String text, String charset) {
        return new String(text.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
    }
}
