package io.threadpost.add;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.add.LearnedTruncations.FieldTruncations;
import io.threadpost.add.LearnedTruncations.Likeness;

/** What a platform may make of a text, and how it is recognised. */
class LearnedTruncationsTest {
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
        assertThat(new FieldTruncations(Set.of()).compare(SENT, found)).isEqualTo(likeness);
    }

    @ParameterizedTest
    @CsvSource({"20", "17", "16", "18", "19"})
    void whereOneWasCutAnotherOneIsKnownAgain(int length) {
        String other = "Some other question with a suitcase 🧳 in it";
        FieldTruncations learned = new FieldTruncations(
                FieldTruncations.seen(SENT, SENT.substring(0, length).strip()));
        assertThat(learned.compare(SENT, SENT.substring(0, length).strip())).isEqualTo(Likeness.SAME);
        assertThat(learned.compare(other, other.substring(0, length).strip())).isEqualTo(Likeness.SAME);
        assertThat(learned.compare(other, other.substring(0, 9))).isEqualTo(Likeness.BEGINNING);
    }

    @Test
    void aTextThatWasNotCutTeachesNothing() {
        assertThat(FieldTruncations.seen(SENT, SENT)).isEmpty();
        assertThat(FieldTruncations.seen(SENT, "something else")).isEmpty();
    }

    @Test
    void theShortestCutDecidesWhichTextsCannotBeToldApart() {
        FieldTruncations cuts = new FieldTruncations(Set.of(18, 30));
        assertThat(cuts.shortest(SENT)).isEqualTo("A question about");
        assertThat(cuts.shortest("short")).isEqualTo("short");
    }

    @ParameterizedTest
    @CsvSource({"'\t a \r\n b\u00A0c ', a b c", "e\u0301, é", "'', ''"})
    void aTextBecomesOneLine(String raw, String text) {
        assertThat(ThreadTexts.normalized(raw)).isEqualTo(text);
    }

    @Test
    void halvesOfCharactersAreReplacedAndWhatIsTooLongIsCut() {
        assertThat(ThreadTexts.normalized("a\uD83E b\uDDF3")).isEqualTo("a\uFFFD b\uFFFD");
        assertThat(ThreadTexts.normalized(null)).isEmpty();
        assertThat(ThreadTexts.capped("🧳".repeat(255))).isEqualTo("🧳".repeat(255));
        assertThat(ThreadTexts.capped("🧳".repeat(256))).isEqualTo("🧳".repeat(254) + "…");
    }
}
