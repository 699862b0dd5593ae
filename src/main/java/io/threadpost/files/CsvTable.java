package io.threadpost.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.threadpost.text.PlainText;

/**
 * Threads as a table after RFC 4180, with a header line. A cell that a spreadsheet would take for a formula begins with
 * an apostrophe, which spreadsheets do not show.
 *
 * @param columns in their order
 * @param separator between two cells
 */
record CsvTable(List<Column> columns, char separator) {
    static final List<String> FIELDS =
            List.of("Id", "OriginalSender", "Subject", "CreatedUtc", "UpdatedUtc", "IsResolved");
    /**
     * The beginnings that make a cell a formula, from OWASP's list, and the full-width forms that some spreadsheets
     * accept; also after blanks and invisible characters, which spreadsheets strip.
     */
    private static final Pattern FORMULA = Pattern.compile("^(?:[\\t\\r\\n]|[\\p{Z}\\p{C}]*[=+@＝＋－＠-])");

    /** A column: its heading and its field. */
    record Column(String heading, String field) {}

    /**
     * @param text fields, separated by commas, each optionally with a heading, as {@code Guest=OriginalSender}; empty
     *     for all
     */
    static List<Column> columns(String text) {
        List<Column> columns = new ArrayList<>();
        for (String column : text.isBlank() ? FIELDS : List.of(text.split(","))) {
            int equals = column.indexOf('=');
            String field = column.substring(equals + 1).strip();
            String heading = equals < 0 ? field : column.substring(0, equals).strip();
            if (field.isEmpty() || heading.isEmpty()) {
                throw new IllegalArgumentException(
                        "columns `" + text + "` cannot be read; write them like Guest=OriginalSender, Subject");
            }
            columns.add(new Column(heading, field));
        }
        return columns;
    }

    /** @param rows each returns the text of a field */
    String text(List<Function<String, String>> rows) {
        StringBuilder lines = new StringBuilder(256 * (rows.size() + 1));
        line(lines, columns.stream().map(Column::heading).toList());
        for (Function<String, String> row : rows) {
            line(
                    lines,
                    columns.stream()
                            .map(Column::field)
                            .map(row)
                            .map(CsvTable::harmless)
                            .map(CsvTable::readable)
                            .toList());
        }
        return lines.toString();
    }

    private void line(StringBuilder lines, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                lines.append(separator);
            }
            lines.append(quoted(cells.get(i)));
        }
        lines.append("\r\n");
    }

    private String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == separator || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** Keeps line ends, quoted; removes what only looks like one, and marks that change the direction of the text. */
    private static String readable(String cell) {
        return Arrays.stream(cell.split("\r", -1)).map(PlainText::harmless).collect(Collectors.joining("\r"));
    }

    private static String harmless(String cell) {
        return FORMULA.matcher(cell).find() ? "'" + cell : cell;
    }
}
