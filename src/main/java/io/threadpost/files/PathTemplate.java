package io.threadpost.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * The option for folders or a file's name, with expressions. The result of an expression stays within its segment of
 * the path.
 */
final class PathTemplate {
    private final List<Expression> pieces = new ArrayList<>();

    /**
     * @param option its name, for people
     * @param text with slashes between folders, and simple expressions
     * @throws IllegalArgumentException if it leads out of the directory, in one line for people
     */
    PathTemplate(String option, String text, CamelContext camel) {
        if (text.startsWith("/") || text.contains("\\") || text.matches("[A-Za-z]:.*")) {
            throw new IllegalArgumentException(
                    option + " `" + text + "` leads elsewhere; it is a place below threadpost.files.directory");
        }
        for (String piece : pieces(text)) {
            if (piece.equals("..") || piece.equals(".")) {
                throw new IllegalArgumentException(option + " `" + text + "` cannot have `" + piece + "` in it");
            }
            Expression expression = camel.resolveLanguage("simple").createExpression(piece);
            expression.init(camel);
            pieces.add(expression);
        }
    }

    Path of(Exchange exchange) {
        Path path = Path.of("");
        for (Expression piece : pieces) {
            String text = piece.evaluate(exchange, String.class);
            path = path.resolve(SafeName.of(text == null ? "" : text));
        }
        return path;
    }

    /** Splits at slashes outside of expressions. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += text.startsWith("${", i) ? 1 : c == '}' && depth > 0 ? -1 : 0;
            if (c == '/' && depth == 0) {
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        pieces.removeIf(String::isBlank);
        return pieces;
    }

    /**
     * Makes a name of a file or folder from any text. The name leads to no other folder, and is valid on Windows and on
     * servers that files are copied to.
     */
    private static final class SafeName {
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
}
