package io.threadpost.mail.mime;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Maps the names of charsets in mails to Java's. Misspelt names are understood, and ISO names mean the Windows
 * charsets, which have more characters (as in the WHATWG's encoding standard).
 */
final class CharsetNames {
    /** Java has no such charsets. */
    static final String UTF_7 = "utf-7";

    static final String HZ = "hz-gb-2312";

    private static final int LONGEST = 60;
    /** Shorter names differ by one letter alone. */
    private static final int SHORTEST = 4;

    private static final Pattern LATIN = Pattern.compile("(?:isolatin|latin|l)(\\d{1,2})");
    private static final Pattern ISO = Pattern.compile("(?:iso|is)?88590?(1[0-6]|[1-9]).*");
    private static final Pattern YEAR = Pattern.compile("^(.*8859.*)[:_-](?:19|20)\\d{2}$");
    private static final Pattern WINDOWS = Pattern.compile("(?:win|windows|cpwin|mswin|ms|mscp|microsoftcp)(\\d{3,5})");
    private static final Pattern PAGE =
            Pattern.compile("(?:cp|ibm|dos|pc|oem|codepage|ccsid|msdos|csibm|cspc)?0*(\\d{3,5})(?:multilingual)?");
    /** Some programs append more text to the name. */
    private static final Pattern BEGINNING =
            Pattern.compile("^(utf[78]|utf16|windows125\\d|iso8859\\d|gb2312|gbk|big5|euckr|eucjp|iso2022jp|shiftjis"
                    + "|koi8[ru])[a-z].*$");

    private static final Map<String, String> LATINS = Map.of(
            "1", "1", "2", "2", "3", "3", "4", "4", "5", "9", "6", "10", "7", "13", "8", "14", "9", "15", "10", "16");

    /** Java's charsets, the second for what the first lacks; and their names in mails, as letters and digits alone. */
    private static final Map<String, List<String>> KNOWN = table(
            """
            utf-8 = utf8 utf8n utf8mac utf8mb4 utf unicode11utf8 unicode20utf8 csutf8
            utf-16 = utf16 unicode ucs2 iso10646ucs2 csunicode unicodefffe csutf16
            utf-16le = utf16le unicodelittle ucs2le
            utf-16be = utf16be unicodebig unicodebigunmarked ucs2be
            utf-32le = utf32le ucs4le
            utf-32be = utf32be ucs4be
            iso-2022-jp-2 = iso2022jp2
            utf-7 = utf7 unicode11utf7 unicode20utf7 csutf7 csunicode11utf7
            hz-gb-2312 = hzgb2312 hz hzgb
            iso-8859-10 = csisolatin6
            iso-8859-14 = isoceltic csiso885914
            hp-roman8 = hproman8 roman8 r8 cshproman8
            kz-1048 = kz1048 strk10482002 rk1048 cskz1048
            cp1125 = cp866u ruscii
            us-ascii = iso646 iso646irv1983 iso646irv1991 isoir6 usascii ascii
            us-ascii = ansix341968 ansix341986 iso646us 646 us csascii
            windows-1250 = msee
            windows-1251 = mscyrl
            windows-1253 = msgreek
            windows-1254 = msturk
            windows-1255 = mshebr
            windows-1256 = msarab
            windows-1257 = winbaltrim
            windows-1252 = isoir100 ansi msansi csisolatin1 iso88591windows30latin1 winlatin1 western
            windows-1254 = isoir148 csisolatin5 turkish
            iso-8859-8 = iso88598i iso88598e csisolatinhebrew hebrew visual logical
            iso-8859-5 = cyrillic csisolatincyrillic
            iso-8859-6 = arabic csisolatinarabic asmo708 ecma114
            iso-8859-7 = greek greek8 csisolatingreek ecma118 elot928
            x-windows-874 = tis620 thai iso885911 tis62025291 tis6202533
            koi8-r = koi8 koi8r koi cskoi8r
            koi8-u = koi8u koi8ru
            windows-31j = shiftjis sjis csshiftjis mskanji cswindows31j windows31j sjiswin macjapanese
            windows-31j = shiftjisx0213 shiftjis2004 sjisjp
            x-windows-50221 = iso2022jp csiso2022jp jis iso2022jp1 iso2022jp3 iso2022jpms iso2022jp2004
            x-windows-50221 = jisencoding cswindows50221
            x-eucJP-Open = eucjp ujis euc eucjpms eucjpwin eucjis2004 eucjisx0213 cseucpkdfmtjapanese
            x-windows-949|x-johab = euckr ksc56011987 ksc5601 ksc56011989 ksx1001 korean
            x-windows-949 = cseuckr uhc mackorean isoir149 csksc56011987 ksc5861
            iso-2022-kr = iso2022kr csiso2022kr
            x-johab = johab ksc56011992 ms1361
            gb18030|x-mswin-936 = gb2312 gbk gb18030 euccn chinese gb231280 csgb2312 macchinesesimp
            gb18030|x-mswin-936 = gb2312charset isoir58 csiso58gb231280 gb cngb gb180302000
            iso-2022-cn = iso2022cn iso2022cngb
            x-iso-2022-cn-cns = iso2022cncns iso2022cnext
            x-windows-950|big5-hkscs = big5 big5hkscs csbig5 cnbig5 big5eten macchinesetrad big5hkscs2004 big5et
            x-windows-950|big5-hkscs = xxbig5
            x-euc-tw = euctw cns11643
            x-macroman = mac macintosh macroman appleroman csmacintosh macosroman
            x-maccentraleurope = macce maccentraleurope maccentraleurroman maclatin2 macosce
            x-maccyrillic = maccyrillic maccyrillicru
            x-macukraine = macukraine macukrainian
            x-macgreek = macgreek
            x-macturkish = macturkish
            x-maccroatian = maccroatian
            x-macromania = macromania macromanian
            x-maciceland = maciceland macicelandic
            x-machebrew = machebrew
            x-macarabic = macarabic
            x-macthai = macthai
            """);

    private static final Map<String, List<String>> DIGITS =
            KNOWN.keySet().stream().collect(Collectors.groupingBy(CharsetNames::digits));

    /** Code pages that Java has under other names. */
    private static final Map<String, List<String>> PAGES = table(
            """
            utf8 = 65001
            utf7 = 65000
            utf16le = 1200
            utf16be = 1201
            ascii = 20127
            koi8r = 20866
            koi8u = 21866
            mac = 10000
            maccyrillic = 10007
            macce = 10029
            sjis = 932
            gbk = 936 51936
            hproman8 = 1051
            ruscii = 1125
            euckr = 949 51949
            big5 = 950 951
            johab = 1361
            tis620 = 874
            eucjp = 20932 51932
            iso2022jp = 50220 50221 50222
            iso2022kr = 50225
            hz = 52936
            gb18030 = 54936
            iso88598 = 38598
            iso88591 = 819
            """);

    /** The Windows charsets in place of ISO ones. */
    private static final Map<String, String> WINDOWS_OF_ISO =
            Map.of("1", "windows-1252", "9", "windows-1254", "11", "x-windows-874");

    /**
     * Java's charsets by all their names: looking up an unknown one takes milliseconds each time, and a mail may name
     * thousands.
     */
    private static final Map<String, String> JAVA = Charset.availableCharsets().values().stream()
            .flatMap(charset -> Stream.concat(Stream.of(charset.name()), charset.aliases().stream())
                    .map(name -> Map.entry(name.toLowerCase(Locale.ROOT), charset.name())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));

    private CharsetNames() {}

    /**
     * @param lines such as {@code value|value = key key}
     * @return the values by key
     */
    private static Map<String, List<String>> table(String lines) {
        return lines.lines()
                .map(line -> line.split(" = "))
                .flatMap(
                        line -> Stream.of(line[1].split(" ")).map(key -> Map.entry(key, List.of(line[0].split("\\|")))))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * @param name the charset's name in the mail; null without one
     * @return the names of Java's charsets, the second for what the first lacks; empty for an unknown name
     */
    static List<String> tables(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST) {
            return List.of();
        }
        String written =
                name.strip().toLowerCase(Locale.ROOT).replaceFirst("^(?:charset\\s*=\\s*|[a-z]{2}_[a-z]{2}\\.)", "");
        String plain = letters(YEAR.matcher(written).replaceFirst("$1"));
        return Stream.of(plain, plain.replaceFirst("^x+(?=[a-z])", ""), plain.replaceFirst("^cs", ""))
                .map(CharsetNames::inTables)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> supported(written.replaceAll("[\"';,\\s]", "")).map(List::of))
                .or(() -> supported(written.replace('_', '-')).map(List::of))
                .or(() -> inTables(BEGINNING.matcher(plain).replaceFirst("$1")))
                .or(() -> misspelt(plain))
                .orElse(List.of());
    }

    /** @return whether the name is missing or unknown, or says no more than ASCII */
    static boolean unspecific(String name) {
        List<String> tables = tables(name);
        return tables.isEmpty() || tables.get(0).equalsIgnoreCase("us-ascii");
    }

    /** @return Java's charset; empty for an unknown name, and where Java has none */
    static Optional<Charset> charset(String name) {
        return tables(name).stream()
                .findFirst()
                .flatMap(CharsetNames::supported)
                .map(Charset::forName);
    }

    private static Optional<List<String>> inTables(String plain) {
        if (KNOWN.containsKey(plain)) {
            return Optional.of(KNOWN.get(plain));
        }
        Matcher latin = LATIN.matcher(plain);
        if (latin.matches() && LATINS.containsKey(latin.group(1))) {
            return iso(LATINS.get(latin.group(1)));
        }
        Matcher iso = ISO.matcher(plain);
        if (iso.matches()) {
            return iso(iso.group(1));
        }
        Matcher windows = WINDOWS.matcher(plain);
        if (windows.matches()) {
            return page(windows.group(1));
        }
        Matcher page = PAGE.matcher(plain);
        return page.matches() ? page(page.group(1)) : Optional.empty();
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static String digits(String name) {
        return name.replaceAll("\\D", "");
    }

    /** One letter may be missing, wrong or one too many, or two swapped; digits are part of the meaning. */
    private static Optional<List<String>> misspelt(String plain) {
        String digits = digits(plain);
        List<List<String>> meant = Stream.concat(
                        DIGITS.getOrDefault(digits, List.of()).stream(),
                        Stream.of("iso", "windows", "utf").map(word -> word + digits))
                .filter(name -> name.length() >= SHORTEST && misspelt(name, plain))
                .map(CharsetNames::inTables)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
    }

    private static boolean misspelt(String name, String written) {
        int shorter = Math.min(name.length(), written.length());
        if (Math.max(name.length(), written.length()) > shorter + 1) {
            return false;
        }
        int from = 0;
        while (from < shorter && name.charAt(from) == written.charAt(from)) {
            from++;
        }
        String meant = name.substring(from);
        String found = written.substring(from);
        boolean swapped = meant.length() > 1
                && found.length() > 1
                && meant.charAt(0) == found.charAt(1)
                && meant.charAt(1) == found.charAt(0)
                && meant.substring(2).equals(found.substring(2));
        return swapped
                || !meant.isEmpty() && meant.substring(1).equals(found)
                || !found.isEmpty() && found.substring(1).equals(meant)
                || !meant.isEmpty() && !found.isEmpty() && meant.substring(1).equals(found.substring(1));
    }

    private static Optional<List<String>> iso(String part) {
        String windows = WINDOWS_OF_ISO.get(part);
        return Optional.ofNullable(windows)
                .or(() -> supported("iso-8859-" + part))
                .or(() -> Optional.of("iso-8859-" + part)
                        .filter(name -> SingleByteTable.named(name).isPresent()))
                .map(List::of);
    }

    private static Optional<List<String>> page(String number) {
        if (PAGES.containsKey(number)) {
            return inTables(PAGES.get(number).get(0));
        }
        int iso = number.length() == 5 ? Integer.parseInt(number) - 28590 : 0;
        if (iso > 0 && iso <= 16) {
            return iso(String.valueOf(iso));
        }
        return supported("windows-" + number)
                .or(() -> supported("ibm" + number))
                .or(() -> supported("cp" + number))
                .map(List::of);
    }

    private static Optional<String> supported(String name) {
        return Optional.ofNullable(JAVA.get(name.toLowerCase(Locale.ROOT)));
    }
}
