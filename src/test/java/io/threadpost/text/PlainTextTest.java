package io.threadpost.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Nothing that somebody wrote moves or hides what stands around it. */
class PlainTextTest {
    private static final String WRITTEN = "a\u202eb\u2066c\u0085d\u2028e\u2029f\u009bg\u001b[2Jh\u0000i\rj\ufeffk";

    @Test
    void lineIsOneLine() {
        assertThat(PlainText.line(WRITTEN + "\nl\ud800", 100)).isEqualTo("abc d e f g [2Jh i jk l\ufffd");
        assertThat(PlainText.line(WRITTEN, 3)).isEqualTo("abc");
        assertThat(PlainText.line("ab c", 3)).isEqualTo("ab");
    }

    @Test
    void linesEndInOneWay() {
        assertThat(PlainText.lines(WRITTEN + "\r\nl", 100)).isEqualTo("abc\nd\ne\nfg[2Jhi\njk\nl");
    }

    @Test
    void harmlessTextKeepsItsLines() {
        assertThat(PlainText.harmless(WRITTEN + "\n\tl")).isEqualTo("abc d e f g [2Jh i jk\n\tl");
        String plain = new String("Nováková, 予約\n\tשלום");
        assertThat(PlainText.harmless(plain)).isSameAs(plain);
        assertThat(PlainText.harmless(null)).isNull();
    }
}
