package io.threadpost.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code threadsAsCsv}: one file per batch, UTF-8, with the documented fields. {@code files:csv} does the same
 * with options.
 */
@Singleton
@Unremovable
@Named("threadsAsCsv")
public final class ThreadsAsCsv implements Processor {
    private static final CsvTable TABLE = new CsvTable(CsvTable.columns(""), ',');

    @Override
    public void process(Exchange exchange) {
        List<ThreadFields> threads = ThreadFields.of(exchange);
        String table = TABLE.text(threads.stream()
                .<Function<String, String>>map(thread -> thread::text)
                .toList());
        exchange.getMessage()
                .setBody(
                        List.of(FileContent.ofBatch(exchange, threads, "csv", table.getBytes(StandardCharsets.UTF_8))));
    }
}
