package io.threadpost.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTokenTest {
    private final ReplyToken tokens = new ReplyToken(new SigningKey(null, "a secret"));

    @ParameterizedTest
    @ValueSource(longs = {1, 31, 32, 12_345, Integer.MAX_VALUE, (1L << 60) - 1})
    void isRecognisedInEveryAddressThatContainsIt(long conversation) {
        String token = tokens.sign(conversation);

        assertThat(token).matches("[a-z2-7]{17,28}");
        assertThat(tokens.verify("hotel+" + token + "@example.com")).hasValue(conversation);
        assertThat(tokens.verify(token + "@reply.example.com")).hasValue(conversation);
        assertThat(tokens.verify("hotel-praha.cz+" + token.toUpperCase(Locale.ROOT) + "@EXAMPLE.com"))
                .hasValue(conversation);
    }

    @Test
    void everyChangedCharacterMakesItInvalid() {
        String token = tokens.sign(1000);

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'a' ? 'b' : 'a';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.verify("hotel+" + forged + "@example.com")).isEmpty();
        }
        assertThat(tokens.verify("hotel+" + token.substring(0, 16) + "@example.com"))
                .isEmpty();
        assertThat(tokens.verify("hotel+x" + token + "@example.com")).isEmpty();
        assertThat(tokens.verify("hotel+" + token.substring(0, 16) + "a" + token.substring(16) + "@example.com"))
                .isEmpty();
    }

    @Test
    void anotherKeyMakesAnotherToken() {
        ReplyToken others = new ReplyToken(new SigningKey(null, "another secret"));

        assertThat(tokens.verify(others.sign(7) + "@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", "hotel@example.com", "no address", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x"})
    void otherAddressesHaveNone(String address) {
        assertThat(tokens.verify(address)).isEmpty();
    }
}
