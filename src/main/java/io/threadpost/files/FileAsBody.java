package io.threadpost.files;

import java.io.File;
import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code fileAsBody}: makes the only file of a {@code threadsAs…} step the body, as bytes, and its path the
 * header {@code CamelFileName}, as Camel's file and SFTP components read it.
 */
@Singleton
@Unremovable
@Named("fileAsBody")
public final class FileAsBody implements Processor {
    /** @throws IllegalArgumentException when the body is not exactly one file */
    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        Object only = body instanceof List<?> list && list.size() == 1 ? list.get(0) : body;
        if (!(only instanceof FileContent file)) {
            throw new IllegalArgumentException(
                    "fileAsBody needs one file: put threadsAsNdjson or threadsAsCsv before it,"
                            + " or threadsAsJson in a route without batch");
        }
        exchange.getMessage().setBody(file.content());
        exchange.getMessage()
                .setHeader(Exchange.FILE_NAME, file.path().toString().replace(File.separatorChar, '/'));
    }
}
