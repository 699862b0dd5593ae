package io.threadpost.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class RawJsonTest {
    @Test
    void itsTextIsWhatWasReceived() {
        String text = "{ \"b\" : 1.10,\n\"a\":\"\\u00e4\" }";

        assertThat(json(text)).hasToString(text);
        assertThat(json(text).toBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void itIsAMapOfItsFieldsInTheirOrder() {
        assertThat(json("{\"b\":1,\"a\":null,\"c\":{\"d\":[true]}}"))
                .containsExactly(
                        new SimpleEntry<>("b", 1),
                        new SimpleEntry<>("a", null),
                        new SimpleEntry<>("c", Map.of("d", List.of(true))));
    }

    @Test
    void numbersAreNeverRounded() {
        RawJson json = json("{\"price\":1.10,\"large\":123456789012345678901234567890,\"long\":9007199254740993}");

        assertThat(json.get("price")).isEqualTo(new BigDecimal("1.10"));
        assertThat(json.get("large")).isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(json.get("long")).isEqualTo(9007199254740993L);
    }

    @Test
    void itIsAPartOfALargerTextWithoutACopy() {
        byte[] page = "[{\"a\":1},{\"a\":2}]".getBytes(StandardCharsets.UTF_8);

        assertThat(new RawJson(page, 9, 7)).hasToString("{\"a\":2}").containsEntry("a", 2);
    }

    @Test
    void aFieldThatIsSetLeavesAllElseAsItWasWritten() {
        RawJson json = json("{ \"n\" : 1.10e2 ,\n \"a\":\"\\u00e4\" , \"d\":{\"a\":[1,{}]},\"z\":0.0 }");

        assertThat(json.with(Map.of("a", "ü\"")))
                .hasToString("{ \"n\" : 1.10e2 ,\n \"a\":\"ü\\\"\" , \"d\":{\"a\":[1,{}]},\"z\":0.0 }");
        assertThat(json.with(Map.of("n", 7))).asString().startsWith("{ \"n\" : 7 ,\n \"a\"");
        assertThat(json.with(Map.of("d", List.of("é"))))
                .hasToString("{ \"n\" : 1.10e2 ,\n \"a\":\"\\u00e4\" , \"d\":[\"é\"],\"z\":0.0 }");
        assertThat(json.with(Map.of("z", true))).asString().endsWith("\"z\":true }");
        assertThat(json.with(Map.of("new", 1))).asString().endsWith("\"z\":0.0 ,\"new\":1}");
        assertThat(json("{}").with(Map.of("new", 1))).hasToString("{\"new\":1}");
        assertThat(json("{\"ä\":1,\"b\":2}").with(Map.of("b", 3))).hasToString("{\"ä\":1,\"b\":3}");
        assertThat(json.with(Map.of())).hasToString(json.toString());
    }

    @Test
    void fieldsOfWhatIsNoObjectCannotBeSet() {
        for (String text : List.of("[\"secret\"]", "\"secret\"", "{\"secret\"", "{\"a\":secret}", "")) {
            assertThatThrownBy(() -> json(text).with(Map.of("a", 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
        }
    }

    @Test
    void itCannotBeChanged() {
        assertThatThrownBy(() -> json("{}").put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> json("{\"a\":1}").clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whatIsNoObjectIsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> json("[\"secret\"]").get("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    private static RawJson json(String text) {
        return new RawJson(text.getBytes(StandardCharsets.UTF_8));
    }
}
