package io.threadpost.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

import org.apache.camel.Exchange;

import io.threadpost.spool.SpoolConstants;

/**
 * A file to write.
 *
 * @param path relative to {@code threadpost.files.directory}
 * @param content the whole content; must not be changed
 * @param numbered whether it gets a number if a file of that name has other content; otherwise that file stays, since
 *     the name is derived from the content
 */
public record FileContent(Path path, byte[] content, boolean numbered) {
    FileContent(Path path, byte[] content) {
        this(path, content, false);
    }

    /** The only file of a batch, in the folder of the day of its first thread. */
    static FileContent ofBatch(Exchange exchange, List<ThreadFields> threads, String ending, byte[] content) {
        return new FileContent(Path.of(threads.get(0).folder(), batchName(exchange, ending, content)), content);
    }

    /**
     * A name made of the batch's number in the ledger, so that the same batch is always the same file, and of a hash of
     * the content, since another ledger counts its own batches.
     *
     * @throws IllegalArgumentException when the exchange is not a batch
     */
    static String batchName(Exchange exchange, String ending, byte[] content) {
        Long batch = exchange.getMessage().getHeader(SpoolConstants.BATCH, Long.class);
        if (batch == null) {
            throw new IllegalArgumentException(
                    "this step needs a batch: read from spool:NAME with the parameter batch");
        }
        CRC32C hash = new CRC32C();
        hash.update(content);
        return String.format(Locale.ROOT, "batch-%012d-%08x.%s", batch, hash.getValue(), ending);
    }
}
