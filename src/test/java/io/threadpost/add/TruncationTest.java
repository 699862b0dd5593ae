package io.threadpost.add;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.add.Truncation.Likeness;

/** What a platform may make of a text, and how it is known again. */
class TruncationTest {
    private static final String SENT = "A question about 🧳 and a view of the sea";

    @ParameterizedTest
    @CsvSource({
        "A question about 🧳 and a view of the sea, SAME",
        "'  a QUESTION  about 🧳 and a view of the sea ', SAME",
        "A question about 🧳 and, BEGINNING",
        "A question about 🧳 and…, BEGINNING",
        "A question about 🧳 and..., BEGINNING",
        "A question about \uFFFD, BEGINNING",
        "A question about 🧳 and a view of the sea and more, OTHER",
        "Another question, OTHER",
        "'', OTHER"
    })
    void aTextIsTheSameOrABeginningOrAnother(String found, Likeness likeness) {
        assertThat(Truncation.NONE.compare(SENT, found)).isEqualTo(likeness);
    }

    @ParameterizedTest
    @CsvSource({"20", "17", "16", "18", "19"})
    void whereOneWasCutAnotherOneIsKnownAgain(int length) {
        String other = "Some other question with a suitcase 🧳 in it";
        Truncation learned =
                new Truncation(Truncation.seen(SENT, SENT.substring(0, length).strip()));
        assertThat(learned.compare(SENT, SENT.substring(0, length).strip())).isEqualTo(Likeness.SAME);
        assertThat(learned.compare(other, other.substring(0, length).strip())).isEqualTo(Likeness.SAME);
        assertThat(learned.compare(other, other.substring(0, 9))).isEqualTo(Likeness.BEGINNING);
    }

    @Test
    void aTextThatWasNotCutTeachesNothing() {
        assertThat(Truncation.seen(SENT, SENT)).isEmpty();
        assertThat(Truncation.seen(SENT, "something else")).isEmpty();
    }

    @Test
    void theShortestCutDecidesWhichTextsCannotBeToldApart() {
        Truncation truncation = new Truncation(Set.of(18, 30));
        assertThat(truncation.shortest(SENT)).isEqualTo("A question about");
        assertThat(truncation.shortest("short")).isEqualTo("short");
    }

    @ParameterizedTest
    @CsvSource({"'\t a \r\n b\u00A0c ', a b c", "e\u0301, é", "'', ''"})
    void aTextBecomesOneLine(String raw, String text) {
        assertThat(NormalizedText.of(raw)).isEqualTo(text);
    }

    @Test
    void halvesOfCharactersAreReplacedAndWhatIsTooLongIsCut() {
        assertThat(NormalizedText.of("a\uD83E b\uDDF3")).isEqualTo("a\uFFFD b\uFFFD");
        assertThat(NormalizedText.of(null)).isEmpty();
        assertThat(NormalizedText.capped("🧳".repeat(255))).isEqualTo("🧳".repeat(255));
        assertThat(NormalizedText.capped("🧳".repeat(256))).isEqualTo("🧳".repeat(254) + "…");
    }
}
