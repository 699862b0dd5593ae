package io.threadpost.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** The step {@code threadsAsJson}: one file per version of a thread, the JSON exactly as the platform wrote it. */
@Singleton
@Unremovable
@Named("threadsAsJson")
public final class ThreadsAsJson implements Processor {
    private static final int LONGEST = 80;

    @Override
    public void process(Exchange exchange) throws Exception {
        List<FileContent> files = new ArrayList<>();
        for (ThreadFields thread : ThreadFields.of(exchange)) {
            files.add(new FileContent(Path.of(thread.folder(), name(thread)), thread.bytes()));
        }
        exchange.getMessage().setBody(files);
    }

    /** Time first, so that a folder lists in order. No colons: some file systems refuse them. */
    static String name(ThreadFields thread) {
        return thread.updated().toString().replace(':', '-') + "_" + safe(thread.text("Id")) + ".json";
    }

    /** By the API an id is a UUID; any other text names a file in this folder as well. */
    private static String safe(String id) {
        if (!id.isEmpty() && id.length() <= LONGEST && id.matches("[A-Za-z0-9-]+")) {
            return id;
        }
        // No usable id has an underscore: otherwise one id could be the substitute of another.
        return "x_" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }
}
