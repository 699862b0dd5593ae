package io.threadpost.mail.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a header ends, and what its fields are, however broken it is. A bar is a line end, an underscore a blank, a
 * tilde a tab.
 */
class HeaderBlockTest {
    private static String split(String mail) throws IOException {
        HeaderBlock.Split split = HeaderBlock.split(new ByteArrayInputStream(mail.getBytes(ISO_8859_1)));
        StringBuilder all = new StringBuilder();
        for (HeaderBlock.Field field : split.fields()) {
            all.append(field.name())
                    .append('=')
                    .append(new String(field.value(), ISO_8859_1))
                    .append(';');
        }
        return all + "/" + new String(split.body().readAllBytes(), ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            value = {
                "A: 1|B:2||body|, a=1;b=2;/body|",
                "A: 1|_one|~two|B: 2||body, a=1 one~two;b=2;/body",
                "A: 1, a=1;/",
                "A: 1|, a=1;/",
                "A: 1||, a=1;/",
                "A : 1||x, a=1;/x",
                "From jo Sun Nov 22|A: 1||x, a=1;/x",
                "||A: 1||x, a=1;/x",
                "no header at all, /no header at all",
                "no header||A: 1, /no header||A: 1",
                "A: 1|wrapped|B: 2||x, a=1 wrapped;b=2;/x",
                "A: 1|body|and more, a=1;/body|and more",
                "A: 1|--boundary|B: 2||x, a=1;/--boundary|B: 2||x",
                "A: 1|: nameless|B: 2||x, a=1;b=2;/x",
                "A: 1|__|B: 2||x, a=1;b=2;/x",
                "A: 1|__|body, a=1;/body",
                "A:||x, a=;/x",
            })
    void splits(String mail, String expected) throws IOException {
        String asked = mail.replace("|", "\r\n").replace("_", " ").replace("~", "\t");

        assertThat(split(asked).replace("\r\n", "|").replace("\t", "~")).isEqualTo(expected);
        assertThat(split(asked.replace("\r\n", "\n")).replace("\n", "|").replace("\t", "~"))
                .isEqualTo(expected);
        assertThat(split(asked.replace("\r\n", "\r")).replace("\r", "|").replace("\t", "~"))
                .isEqualTo(expected);
    }

    @Test
    void byteOrderMarkIsNoPartOfIt() throws IOException {
        assertThat(split("\u00ef\u00bb\u00bfA: 1\n\nx")).isEqualTo("a=1;/x");
    }

    @Test
    void longestHeaderIsReadInTime() {
        String broken = "A: 1\n" + "x\n".repeat(520_000) + "B: 2\n";
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(split(broken + "\nbody")).startsWith("a=1 x").endsWith("/body");
            assertThat(split("\n".repeat(2_000_000))).hasSizeGreaterThan(900_000);
            assertThat(split("A: " + "x".repeat(3 << 20) + "\nB: 2\n\nbody"))
                    .startsWith("a=xxx")
                    .endsWith("\nB: 2\n\nbody");
        });
    }
}
