package io.threadpost.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalLong;

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
        assertThat(verify("hotel+" + token + "@example.com")).hasValue(conversation);
        assertThat(verify(token + "@reply.example.com")).hasValue(conversation);
        assertThat(verify("hotel-praha.cz+" + token.toUpperCase(Locale.ROOT) + "@EXAMPLE.com"))
                .hasValue(conversation);
    }

    @Test
    void everyChangedCharacterMakesItInvalid() {
        String token = tokens.sign(1000);

        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'a' ? 'b' : 'a';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(verify("hotel+" + forged + "@example.com")).isEmpty();
        }
        assertThat(verify("hotel+" + token.substring(0, 16) + "@example.com")).isEmpty();
        assertThat(verify("hotel+x" + token + "@example.com")).isEmpty();
        assertThat(verify("hotel+" + token.substring(0, 16) + "a" + token.substring(16) + "@example.com"))
                .isEmpty();
    }

    private OptionalLong verify(String address) {
        return ReplyToken.candidates(address).stream()
                .map(tokens::verify)
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    @Test
    void anotherKeyMakesAnotherToken() {
        ReplyToken others = new ReplyToken(new SigningKey(null, "another secret"));

        assertThat(verify(others.sign(7) + "@example.com")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "@", "hotel@example.com", "no address", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x"})
    void otherAddressesHaveNone(String address) {
        assertThat(verify(address)).isEmpty();
    }
}
