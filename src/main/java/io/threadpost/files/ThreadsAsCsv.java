package io.threadpost.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.text.PlainText;

/**
 * The step {@code threadsAsCsv}: one file a batch after RFC 4180, UTF-8, with a header line and the documented fields. A cell that
 * a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets do not show.
 */
@Singleton
@Unremovable
@Named("threadsAsCsv")
final class ThreadsAsCsv implements Processor {
    private static final List<String> COLUMNS =
            List.of("Id", "OriginalSender", "Subject", "CreatedUtc", "UpdatedUtc", "IsResolved");
    /**
     * What makes a formula of a cell, by OWASP's list, and the full-width forms that some spreadsheets take, too; also behind
     * blanks and characters that nobody sees, which spreadsheets strip.
     */
    private static final Pattern FORMULA = Pattern.compile("^(?:[\\t\\r\\n]|[\\p{Z}\\p{C}]*[=+@＝＋－＠-])");

    @Override
    public void process(Exchange exchange) {
        List<ThreadFields> threads = ThreadFields.of(exchange);
        StringBuilder lines = new StringBuilder(256 * threads.size());
        line(lines, COLUMNS);
        for (ThreadFields thread : threads) {
            line(
                    lines,
                    COLUMNS.stream()
                            .map(thread::text)
                            .map(ThreadsAsCsv::harmless)
                            .map(ThreadsAsCsv::readable)
                            .toList());
        }
        BatchFile.set(exchange, threads, "csv", lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void line(StringBuilder lines, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            lines.append(i == 0 ? "" : ",").append(quoted(cells.get(i)));
        }
        lines.append("\r\n");
    }

    private static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** Ends of lines stay, quoted, as they are; what only looks like one, or turns the text round, does not. */
    private static String readable(String cell) {
        return Arrays.stream(cell.split("\r", -1)).map(PlainText::harmless).collect(Collectors.joining("\r"));
    }

    private static String harmless(String cell) {
        return FORMULA.matcher(cell).find() ? "'" + cell : cell;
    }
}
