package io.threadpost.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/**
 * The options of {@code files:FORMAT}.
 *
 * @param folder below {@code threadpost.files.directory}; null for the day of the threads
 * @param name of a file; null for one derived from the content
 * @param mark whether a file begins with the byte order mark, by which spreadsheets recognize UTF-8
 */
record FilesOptions(
        Format format,
        PathTemplate folder,
        PathTemplate name,
        CsvTable table,
        Charset charset,
        boolean mark,
        ZoneId zone) {
    /** The format of a file. */
    enum Format {
        JSON,
        NDJSON,
        CSV;

        /** @throws IllegalArgumentException when there is none, in one line for people */
        static Format of(String text) {
            for (Format format : values()) {
                if (format.ending().equals(text)) {
                    return format;
                }
            }
            throw new IllegalArgumentException(
                    "there is no format `" + text + "`; write files:json, files:ndjson or files:csv");
        }

        String ending() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException when it is no single character, in one line for people */
    static char separator(String text) {
        return switch (text) {
            case "", "comma" -> ',';
            case "tab", "\t" -> '\t';
            case "semicolon" -> ';';
            default -> {
                if (text.length() != 1 || List.of("\"", "\n", "\r").contains(text)) {
                    throw new IllegalArgumentException(
                            "separator `" + text + "` is no separator; write one character, comma, semicolon or tab");
                }
                yield text.charAt(0);
            }
        };
    }

    /** @throws IllegalArgumentException when there is none, in one line for people */
    static Charset charset(String text) {
        try {
            return text.isEmpty() || marked(text) ? StandardCharsets.UTF_8 : Charset.forName(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "there is no charset `" + text + "`; write one such as UTF-8 or windows-1250");
        }
    }

    static boolean marked(String charset) {
        return charset.equalsIgnoreCase("UTF-8-BOM");
    }

    /** @throws IllegalArgumentException when there is none, in one line for people */
    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text.isEmpty() ? "UTC" : text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no zone `" + text + "`; write one like Europe/Prague");
        }
    }
}
