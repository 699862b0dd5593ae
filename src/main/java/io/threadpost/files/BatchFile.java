package io.threadpost.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.apache.camel.Exchange;

/** The one file of a batch: named by the batch's number in the ledger, so that the same batch is always the same file. */
final class BatchFile {
    private BatchFile() {}

    static void set(Exchange exchange, List<ThreadFields> threads, String ending, byte[] content) {
        Long batch = exchange.getMessage().getHeader("ThreadpostBatch", Long.class);
        if (batch == null) {
            throw new IllegalArgumentException(
                    "this step needs a batch: read from spool:NAME with the parameter batch");
        }
        Path path = Path.of(threads.get(0).folder(), String.format(Locale.ROOT, "batch-%012d.%s", batch, ending));
        exchange.getMessage().setBody(List.of(new FileContent(path, content)));
    }
}
