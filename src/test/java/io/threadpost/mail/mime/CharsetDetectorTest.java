package io.threadpost.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was written without saying in which charset. */
class CharsetDetectorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windows-1252 | Größe der Zimmer",
                "windows-1252 | Frühstück inklusive? Schöne Grüße",
                "windows-1252 | Señora Núñez pregunta por la habitación",
                "windows-1252 | L’été à la montagne – 100 €",
                "windows-1252 | Bjørn Ærø",
                "windows-1252 | Ü",
                "windows-1251 | Вопрос о парковке",
                "koi8-r | Бронирование номера",
                "koi8-r | Re: Бронирование, 2 номера in June",
                "windows-1253 | Καλημέρα σας, θα ήθελα ένα δωμάτιο",
                "Big5 | 您好，我們想預訂一間雙人房，謝謝您的幫助。",
                "GB18030 | 您好，我们想预订一间双人房，谢谢您的帮助。",
                "Shift_JIS | こんにちは、ツインルームを予約したいのですが。"
            })
    void isReadAsItWasWritten(String charset, String text) {
        assertThat(TextDecoder.decode(text.getBytes(Charset.forName(charset)))).isEqualTo(text);
    }
}
