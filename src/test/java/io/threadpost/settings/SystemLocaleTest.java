package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemLocaleTest {
    @Test
    void lettersThatTheLocaleDoesNotHaveAreSaidWithTheOneThatHasThem() {
        SystemLocale c = new SystemLocale("ANSI_X3.4-1968");

        assertThat(c.refusal("out/Vl\u00e1kna"))
                .contains("`out/Vl\u00e1kna` has characters that do not exist in the locale of this process (US-ASCII);"
                        + " start it with LC_ALL=C.UTF-8");
        assertThat(c.refusal("/srv/Vl\uFFFD\uFFFDkna")).isPresent();
        assertThat(c.refusal("out/threads")).isEmpty();
        assertThat(new SystemLocale("ISO-8859-1").refusal("out/Vl\u00e1kna")).isEmpty();
        assertThat(new SystemLocale("UTF-8").refusal("out/Vl\u00e1kna\uFFFD")).isEmpty();
    }
}
