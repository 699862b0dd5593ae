package io.threadpost.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a subject. */
class SubjectProducerTest {
    private static SubjectProducer.Options options(String prefixes) {
        return SubjectProducer.Options.of(prefixes, "EXTERNAL, Ext.", 30, "(no subject)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "Late arrival | Late arrival | Late arrival | Late arrival",
                "Re: Late arrival | Re: Late arrival | Re: Late arrival | Late arrival",
                "RE: AW: Fwd: Late | RE: AW: Fwd: Late | RE: Late | Late",
                "Re[2]: Sv : WG:Late | Re[2]: Sv : WG:Late | Re[2]: Late | Late",
                "回复：转发: Late | 回复：转发: Late | 回复： Late | Late",
                "Re: | Re: | Re: | (no subject)",
                "[EXTERNAL] Late | Late | Late | Late",
                "Re: [EXTERNAL] Re: Late | Re: Re: Late | Re: Late | Late",
                "*** external *** Late (Ext.) | Late | Late | Late",
                "[EXTERNALS] Late | [EXTERNALS] Late | [EXTERNALS] Late | [EXTERNALS] Late",
                "Reservation: Late | Reservation: Late | Reservation: Late | Reservation: Late",
                "Fwd Late | Fwd Late | Fwd Late | Fwd Late",
                "| (no subject) | (no subject) | (no subject)",
                "0123456789012345678901234567890 | 01234567890123456789012345678… | "
                        + "01234567890123456789012345678… | 01234567890123456789012345678…"
            })
    void cleaned(String subject, String keep, String one, String none) {
        String given = subject == null ? "" : subject;

        assertThat(options("keep").clean(given)).isEqualTo(keep);
        assertThat(options("one").clean(given)).isEqualTo(one);
        assertThat(options("none").clean(given)).isEqualTo(none);
    }

    @Test
    void charactersStayWhole() {
        assertThat(options("one").clean("\ud83d\ude00".repeat(40))).isEqualTo("\ud83d\ude00".repeat(29) + "…");
    }

    @Test
    void optionsThatCannotBeUsedAreRefused() {
        assertThatThrownBy(() -> SubjectProducer.Options.of("some", "", 10, "x"))
                .hasMessage("mail:subject: prefixes: `some` is not known; write keep, one or none");
        assertThatThrownBy(() -> SubjectProducer.Options.of("one", "", 0, "x"))
                .hasMessage("mail:subject: max must be 1 or more");
    }
}
