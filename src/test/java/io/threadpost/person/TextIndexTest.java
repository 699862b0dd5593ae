package io.threadpost.person;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class TextIndexTest {
    @Test
    void overlappingTextsAreOneRange() {
        TextIndex index = TextIndex.exactly(List.of("Anna Maria", "Maria Rossi", "Rossi", "abc"));
        assertThat(index.ranges("Anna Maria Rossi, Rossi, abc, anna maria"))
                .containsExactly(new int[] {0, 16}, new int[] {18, 23}, new int[] {25, 28});
        assertThat(index.finds("Maria Rosso")).isFalse();
    }

    @Test
    void whatIsBeforeATextAndItsLetterCaseAreLookedAt() {
        TextIndex index = new TextIndex(List.of(
                new TextIndex.Entry("ian ross", "(?<![a-z])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
                new TextIndex.Entry("ÉMILE Ü", "", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
        assertThat(index.finds("brian ross")).isFalse();
        assertThat(index.ranges("Brian ross, IAN ROSS, émile ü"))
                .containsExactly(new int[] {12, 20}, new int[] {22, 29});
    }

    @Test
    void theLetterCaseOfSurrogatePairsDoesNotMatter() {
        TextIndex index = new TextIndex(List.of(new TextIndex.Entry(
                "\ud801\udc28\ud801\udc29 x", "", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
        assertThat(index.ranges("\ud801\udc00\ud801\udc29 X")).containsExactly(new int[] {0, 6});
    }

    @Test
    void aNameThatIsShorterWhenItIsComposedIsMasked() {
        PersonMatcher matcher = new PersonMatcher("guest@guest.example", List.of("Zoe\u0308"));
        assertThat(matcher.mask("Zo\u00eb and Zoe\u0308 write.")).isEqualTo("[erased] and [erased] write.");
        assertThat(matcher.findsAny("Zo\u00eb")).isTrue();
    }

    @Test
    void tenThousandSubjectsAreMaskedInTextsAndBytes() {
        List<String> subjects = IntStream.range(0, 10_000)
                .mapToObj(i -> "Übernachtung im Zimmer " + i)
                .toList();
        PersonMatcher matcher = new PersonMatcher("guest@guest.example", subjects);
        String text = "From guest@guest.example: Übernachtung im Zimmer 9999; Zimmer 1; übernachtung IM zimmer 12.";
        assertThat(matcher.mask(text)).isEqualTo("From [erased]: [erased]; Zimmer 1; [erased].");
        for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16LE)) {
            String bytes = new String("Übernachtung im Zimmer 77!".getBytes(charset), StandardCharsets.ISO_8859_1);
            assertThat(matcher.maskBytes(bytes)).as(charset.name()).startsWith("[erased]!");
        }
    }
}
