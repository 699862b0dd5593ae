package io.threadpost.mail;

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
 * What the names of charsets in mails mean: misspelt ones are understood, and the standard's name stands for the table
 * of Windows programs, which holds more characters (as the WHATWG's encoding standard has it).
 */
final class CharsetNames {
    /** No Java charset has these names. */
    static final String UTF_7 = "utf-7";

    static final String HZ = "hz-gb-2312";

    private static final int LONGEST = 60;
    private static final Pattern LATIN = Pattern.compile("(?:isolatin|latin|l)(\\d{1,2})");
    private static final Pattern ISO = Pattern.compile("(?:iso|is)?8859(1[0-6]|[1-9]).*");
    private static final Pattern WINDOWS = Pattern.compile("(?:win|windows|cpwin|mswin|ms)(\\d{3,5})");
    private static final Pattern PAGE =
            Pattern.compile("(?:cp|ibm|dos|pc|oem|codepage|ccsid|msdos|csibm|cspc)?0*(\\d{3,5})(?:multilingual)?");
    /** Programs write what follows in a page behind the name. */
    private static final Pattern BEGINNING = Pattern.compile(
            "^(utf[78]|utf16|windows125\\d|iso8859\\d|gb2312|gbk|big5|euckr|eucjp|iso2022jp|shiftjis|koi8[ru])[a-z].*$");

    private static final Map<String, String> LATINS = Map.of(
            "1", "1", "2", "2", "3", "3", "4", "4", "5", "9", "6", "10", "7", "13", "8", "14", "9", "15", "10", "16");

    /**
     * By the name's letters and digits alone; each with the tables to be tried, the second for what the first does not
     * hold.
     */
    private static final Map<String, List<String>> MEANT = Stream.of(
                    names(
                            "utf-8",
                            "utf8",
                            "utf8n",
                            "utf8mac",
                            "utf8mb4",
                            "utf",
                            "unicode11utf8",
                            "unicode20utf8",
                            "csutf8"),
                    names("utf-16", "utf16", "unicode", "ucs2", "iso10646ucs2", "csunicode", "unicodefffe", "csutf16"),
                    names("utf-16le", "utf16le", "unicodelittle", "ucs2le"),
                    names("utf-16be", "utf16be", "unicodebig", "unicodebigunmarked", "ucs2be"),
                    names(UTF_7, "utf7", "unicode11utf7", "csutf7", "csunicode11utf7"),
                    names(HZ, "hzgb2312", "hz", "hzgb"),
                    names(
                            "us-ascii",
                            "usascii",
                            "ascii",
                            "ansix341968",
                            "ansix341986",
                            "iso646us",
                            "646",
                            "us",
                            "csascii"),
                    names(
                            "windows-1252",
                            "ansi",
                            "msansi",
                            "csisolatin1",
                            "iso88591windows30latin1",
                            "winlatin1",
                            "western"),
                    names("windows-1254", "csisolatin5", "turkish"),
                    names("iso-8859-8", "iso88598i", "iso88598e", "csisolatinhebrew", "hebrew", "visual", "logical"),
                    names("iso-8859-5", "cyrillic", "csisolatincyrillic"),
                    names("iso-8859-6", "arabic", "csisolatinarabic", "asmo708", "ecma114"),
                    names("iso-8859-7", "greek", "greek8", "csisolatingreek", "ecma118", "elot928"),
                    names("x-windows-874", "tis620", "thai", "iso885911", "tis62025291", "tis6202533"),
                    names("koi8-r", "koi8", "koi8r", "koi", "cskoi8r"),
                    names("koi8-u", "koi8u", "koi8ru"),
                    names(
                            "windows-31j",
                            "shiftjis",
                            "sjis",
                            "csshiftjis",
                            "mskanji",
                            "cswindows31j",
                            "windows31j",
                            "sjiswin",
                            "macjapanese",
                            "shiftjisx0213",
                            "shiftjis2004"),
                    names(
                            "x-windows-50221",
                            "iso2022jp",
                            "csiso2022jp",
                            "jis",
                            "iso2022jp1",
                            "iso2022jp3",
                            "iso2022jpms",
                            "iso2022jp2004",
                            "jisencoding",
                            "cswindows50221"),
                    names("x-eucJP-Open,euc-jp", "eucjp", "ujis", "euc", "eucjpms", "eucjpwin", "cseucpkdfmtjapanese"),
                    names(
                            "x-windows-949,x-johab",
                            "euckr",
                            "ksc56011987",
                            "ksc5601",
                            "ksc56011989",
                            "ksx1001",
                            "korean"),
                    names("x-windows-949", "cseuckr", "uhc", "mackorean", "isoir149", "csksc56011987", "ksc5861"),
                    names("iso-2022-kr", "iso2022kr", "csiso2022kr"),
                    names("x-johab", "johab", "ksc56011992", "ms1361"),
                    names(
                            "gb18030,x-mswin-936",
                            "gb2312",
                            "gbk",
                            "gb18030",
                            "euccn",
                            "chinese",
                            "gb231280",
                            "csgb2312",
                            "macchinesesimp",
                            "gb2312charset",
                            "isoir58",
                            "csiso58gb231280",
                            "gb",
                            "gb180302000"),
                    names("iso-2022-cn", "iso2022cn", "iso2022cngb"),
                    names("x-iso-2022-cn-cns", "iso2022cncns", "iso2022cnext"),
                    names(
                            "x-windows-950,big5-hkscs",
                            "big5",
                            "big5hkscs",
                            "csbig5",
                            "cnbig5",
                            "big5eten",
                            "macchinesetrad",
                            "big5hkscs2004",
                            "big5et",
                            "xxbig5"),
                    names("x-euc-tw", "euctw", "cns11643"),
                    names("x-macroman", "mac", "macintosh", "macroman", "appleroman", "csmacintosh", "macosroman"),
                    names(
                            "x-maccentraleurope",
                            "macce",
                            "maccentraleurope",
                            "maccentraleurroman",
                            "maclatin2",
                            "macosce"),
                    names("x-maccyrillic", "maccyrillic", "maccyrillicru"),
                    names("x-macukraine", "macukraine", "macukrainian"),
                    names("x-macgreek", "macgreek"),
                    names("x-macturkish", "macturkish"),
                    names("x-maccroatian", "maccroatian"),
                    names("x-macromania", "macromania", "macromanian"),
                    names("x-maciceland", "maciceland", "macicelandic"),
                    names("x-machebrew", "machebrew"),
                    names("x-macarabic", "macarabic"),
                    names("x-macthai", "macthai"))
            .flatMap(entry -> entry.getValue().stream()
                    .map(name -> Map.entry(name, List.of(entry.getKey().split(",")))))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** Numbers of code pages that Java has under other names. */
    private static final Map<String, String> PAGES = Map.ofEntries(
            Map.entry("65001", "utf8"),
            Map.entry("65000", "utf7"),
            Map.entry("1200", "utf16le"),
            Map.entry("1201", "utf16be"),
            Map.entry("20127", "ascii"),
            Map.entry("20866", "koi8r"),
            Map.entry("21866", "koi8u"),
            Map.entry("10000", "mac"),
            Map.entry("10007", "maccyrillic"),
            Map.entry("10029", "macce"),
            Map.entry("932", "sjis"),
            Map.entry("936", "gbk"),
            Map.entry("949", "euckr"),
            Map.entry("950", "big5"),
            Map.entry("951", "big5"),
            Map.entry("1361", "johab"),
            Map.entry("874", "tis620"),
            Map.entry("20932", "eucjp"),
            Map.entry("51932", "eucjp"),
            Map.entry("50220", "iso2022jp"),
            Map.entry("50221", "iso2022jp"),
            Map.entry("50222", "iso2022jp"),
            Map.entry("50225", "iso2022kr"),
            Map.entry("51949", "euckr"),
            Map.entry("51936", "gbk"),
            Map.entry("52936", "hz"),
            Map.entry("54936", "gb18030"),
            Map.entry("38598", "iso88598"),
            Map.entry("819", "iso88591"));

    /** The tables of Windows in place of those of ISO. */
    private static final Map<String, String> WINDOWS_OF_ISO =
            Map.of("1", "windows-1252", "9", "windows-1254", "11", "x-windows-874");

    /**
     * Java's own, by all of their names: to ask for an unknown one takes milliseconds each time, and a mail may name
     * thousands.
     */
    private static final Map<String, String> JAVA = Charset.availableCharsets().values().stream()
            .flatMap(charset -> Stream.concat(Stream.of(charset.name()), charset.aliases().stream())
                    .map(name -> Map.entry(name.toLowerCase(Locale.ROOT), charset.name())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first));

    private CharsetNames() {}

    private static Map.Entry<String, List<String>> names(String tables, String... names) {
        return Map.entry(tables, List.of(names));
    }

    /**
     * @param name as it was written in the mail; null when it was not
     * @return the names of its tables, the second for what the first does not hold; empty when nobody knows what it
     *     means
     */
    static List<String> tables(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST) {
            return List.of();
        }
        String written = name.strip().toLowerCase(Locale.ROOT).replaceFirst("^charset\\s*=\\s*", "");
        String plain = written.replaceFirst(":\\d{4}$", "").replaceAll("[^a-z0-9]", "");
        return Stream.of(plain, plain.replaceFirst("^x+(?=[a-z])", ""), plain.replaceFirst("^cs", ""))
                .map(CharsetNames::known)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> supported(written.replaceAll("[\"';,\\s]", "")).map(List::of))
                .or(() -> known(BEGINNING.matcher(plain).replaceFirst("$1")))
                .orElse(List.of());
    }

    private static Optional<List<String>> known(String plain) {
        if (MEANT.containsKey(plain)) {
            return Optional.of(MEANT.get(plain));
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

    private static Optional<List<String>> iso(String part) {
        String windows = WINDOWS_OF_ISO.get(part);
        return (windows == null ? supported("iso-8859-" + part) : Optional.of(windows)).map(List::of);
    }

    private static Optional<List<String>> page(String number) {
        if (PAGES.containsKey(number)) {
            return known(PAGES.get(number));
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
        return Optional.ofNullable(JAVA.get(name));
    }
}
