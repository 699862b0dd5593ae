package io.threadpost.files;

import java.io.ByteArrayOutputStream;
import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code threadsAsNdjson}: one file per batch, one thread per line, each exactly as the platform wrote it. */
@Singleton
@Unremovable
@Named("threadsAsNdjson")
public final class ThreadsAsNdjson implements Processor {
    @Override
    public void process(Exchange exchange) throws Exception {
        List<ThreadFields> threads = ThreadFields.of(exchange);
        ByteArrayOutputStream lines = new ByteArrayOutputStream(512 * threads.size());
        for (ThreadFields thread : threads) {
            thread.appendLine(lines);
        }
        exchange.getMessage().setBody(List.of(FileContent.ofBatch(exchange, threads, "ndjson", lines.toByteArray())));
    }
}
