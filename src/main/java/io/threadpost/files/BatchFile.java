package io.threadpost.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

import org.apache.camel.Exchange;

/**
 * The one file of a batch: named by the batch's number in the ledger, so that the same batch is always the same file,
 * and by what is in it: another ledger counts anew.
 */
final class BatchFile {
    private BatchFile() {}

    static void set(Exchange exchange, List<ThreadFields> threads, String ending, byte[] content) {
        Path path = Path.of(threads.get(0).folder(), name(exchange, ending, content));
        exchange.getMessage().setBody(List.of(new FileContent(path, content)));
    }

    /** @throws IllegalArgumentException when the exchange is no batch */
    static String name(Exchange exchange, String ending, byte[] content) {
        Long batch = exchange.getMessage().getHeader("ThreadpostBatch", Long.class);
        if (batch == null) {
            throw new IllegalArgumentException(
                    "this step needs a batch: read from spool:NAME with the parameter batch");
        }
        return String.format(Locale.ROOT, "batch-%012d-%08x.%s", batch, hash(content), ending);
    }

    private static long hash(byte[] content) {
        CRC32C hash = new CRC32C();
        hash.update(content);
        return hash.getValue();
    }
}
