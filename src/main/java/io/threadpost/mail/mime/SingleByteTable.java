package io.threadpost.mail.mime;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A single-byte charset that Java lacks.
 *
 * @param upper the characters of its last bytes; all before them are those of ISO 8859-1
 */
record SingleByteTable(String upper) {
    private static final Map<String, SingleByteTable> TABLES = Arrays.stream(
                    """
                    iso-8859-10 \u00a0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00adŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏ
                    iso-8859-10 ÐŅŌÓÔÕÖŨØŲÚÛÜÝÞßāáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ
                    iso-8859-14 \u00a0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00ad®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ
                    iso-8859-14 ŴÑÒÓÔÕÖṪØÙÚÛÜÝŶßàáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ
                    hp-roman8 \u00a0ÀÂÈÊËÎÏ´ˋˆ¨˜ÙÛ₤¯Ýý°ÇçÑñ¡¿¤£¥§ƒ¢âêôûáéóúàèòùäëöü
                    hp-roman8 ÅîØÆåíøæÄìÖÜÉïßÔÁÃãÐðÍÌÓÒÕõŠšÚŸÿÞþ·µ¶¾—¼½ªº«■»±\ufffd
                    kz-1048 ЂЃ‚ѓ„…†‡€‰Љ‹ЊҚҺЏђ‘’“”•–—\ufffd™љ›њқһџ\u00a0ҰұӘ¤Ө¦§Ё©Ғ«¬\u00ad®Ү°±Ііөµ¶·ё№ғ»әҢңү
                    kz-1048 АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя
                    cp1125 АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐
                    cp1125 └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъыьэюяЁёҐґЄєІіЇї·√№¤■\u00a0
                    """
                            .split("\n"))
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toUnmodifiableMap(
                    row -> row[0],
                    row -> new SingleByteTable(row[1]),
                    (first, second) -> new SingleByteTable(first.upper + second.upper)));

    static Optional<SingleByteTable> named(String name) {
        return Optional.ofNullable(TABLES.get(name));
    }

    String decode(byte[] bytes) {
        int first = 256 - upper.length();
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            int code = b & 0xff;
            text.append(code < first ? (char) code : upper.charAt(code - first));
        }
        return text.toString();
    }
}
