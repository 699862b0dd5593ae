package io.threadpost.files;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Makes a name of a file or folder from any text. The name leads to no other folder, and is valid on Windows and on
 * servers that files are copied to.
 */
final class SafeName {
    /** Bytes: file systems allow 255, and a prefix and a suffix are added. */
    private static final int LONGEST = 200;

    private static final Pattern UNSAFE =
            Pattern.compile("[\\\\/:*?\"<>|\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}]");
    /** What hides a file, and what Windows strips. */
    private static final Pattern EDGES = Pattern.compile("^[. ]+|[. ]+$");

    private static final Set<String> RESERVED = Set.of("con", "prn", "aux", "nul");
    private static final Pattern PORT = Pattern.compile("(?i)(com|lpt)[0-9]");

    private SafeName() {}

    static String of(String text) {
        String name = EDGES.matcher(UNSAFE.matcher(text).replaceAll("_")).replaceAll("");
        String stem = name.replaceFirst("\\..*", "").toLowerCase(Locale.ROOT);
        if (name.isEmpty() || RESERVED.contains(stem) || PORT.matcher(stem).matches()) {
            name = "_" + name;
        }
        return bytes(name) <= LONGEST ? name : shortened(name);
    }

    /** Keeps two long names with the same beginning apart. */
    private static String shortened(String name) {
        CRC32C hash = new CRC32C();
        hash.update(name.getBytes(StandardCharsets.UTF_8));
        int dot = name.lastIndexOf('.');
        String ending = dot > name.length() - 10 ? name.substring(dot) : "";
        String tail = String.format(Locale.ROOT, "~%08x", hash.getValue()) + ending;
        StringBuilder begin = new StringBuilder();
        name.codePoints()
                .takeWhile(c -> bytes(begin.toString()) + bytes(tail) + 4 <= LONGEST)
                .forEach(begin::appendCodePoint);
        return begin + tail;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
