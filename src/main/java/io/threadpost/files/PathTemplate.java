package io.threadpost.files;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
}
