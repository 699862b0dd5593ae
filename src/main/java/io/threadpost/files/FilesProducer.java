package io.threadpost.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.ExchangeHelper;

import io.threadpost.spool.Rejections;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;

/**
 * Producer of {@code files:FORMAT}. Evaluates folder and name for each thread; threads with the same path share a file,
 * in the order of the batch. The body stays unchanged.
 */
final class FilesProducer extends DefaultProducer {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final FilesOptions options;
    private final WriteFiles files;

    FilesProducer(Endpoint endpoint, FilesOptions options, WriteFiles files) {
        super(endpoint);
        this.options = options;
        this.files = files;
    }

    /**
     * A thread to write.
     *
     * @param index its position in the batch; negative if there is no batch
     */
    private record Row(int index, ThreadFields thread, String key, String connection) {
        String text(String field) {
            return switch (field) {
                case SpoolConstants.KEY -> key == null ? "" : key;
                case SpoolConstants.CONNECTION -> connection == null ? "" : connection;
                default -> thread.text(field);
            };
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Map<Path, List<Row>> rows = new LinkedHashMap<>();
        Object body = exchange.getMessage().getBody();
        if (body instanceof List<?> list) {
            List<?> items = exchange.getProperty(SpoolConstants.ITEMS, List.of(), List.class);
            for (int i = 0; i < list.size(); i++) {
                SpoolItem spoolItem = i < items.size() ? (SpoolItem) items.get(i) : null;
                add(exchange, list.get(i), spoolItem, i, rows);
            }
            if (list.isEmpty() && options.name() != null) {
                // A tick without threads is reported, too.
                rows.put(place(evaluating(exchange, null, null, null), null), List.of());
            }
        } else {
            add(exchange, body, null, -1, rows);
        }
        List<FileContent> contents = new ArrayList<>();
        for (Map.Entry<Path, List<Row>> file : rows.entrySet()) {
            contents.add(content(exchange, file.getKey(), file.getValue()));
        }
        receipt(exchange, files.write(contents), rows.values());
    }

    /** Each thread was delivered as the file that it is in. */
    private static void receipt(Exchange exchange, List<String> written, Collection<List<Row>> rows) {
        if (written.size() == 1) {
            exchange.setProperty(SpoolConstants.RECEIPT, written.get(0));
            return;
        }
        if (!(exchange.getMessage().getBody() instanceof List<?> list)) {
            return;
        }
        String[] receipts = new String[list.size()];
        Iterator<String> paths = written.iterator();
        for (List<Row> file : rows) {
            String path = paths.next();
            file.forEach(row -> receipts[row.index()] = path);
        }
        exchange.setProperty(SpoolConstants.RECEIPT, Arrays.asList(receipts));
    }

    /**
     * Rejects a thread of a batch that cannot be written, so that the others are.
     *
     * @param index its position in the batch; negative if there is no batch
     */
    private void add(Exchange exchange, Object body, SpoolItem spoolItem, int index, Map<Path, List<Row>> rows) {
        try {
            String key = spoolItem == null
                    ? exchange.getMessage().getHeader(SpoolConstants.KEY, String.class)
                    : spoolItem.key();
            String connection = spoolItem == null
                    ? exchange.getMessage().getHeader(SpoolConstants.CONNECTION, String.class)
                    : spoolItem.connection();
            Row row = new Row(index, ThreadFields.one(body), key, connection);
            Path place = place(evaluating(exchange, body, row, row.thread().updated()), row.thread());
            rows.computeIfAbsent(place, path -> new ArrayList<>()).add(row);
        } catch (RuntimeException e) {
            if (index < 0 || exchange.getProperty(SpoolConstants.REJECTIONS) == null) {
                throw e;
            }
            Rejections.of(exchange).add(index, "cannot be written: " + e.getMessage());
        }
    }

    /**
     * The exchange for the expressions of a path: the thread as the body, its key and connection, and its day as the
     * variable {@code day}.
     */
    private Exchange evaluating(Exchange exchange, Object body, Row row, Instant updated) {
        Exchange copy = ExchangeHelper.createCopy(exchange, true);
        copy.getMessage().setBody(body);
        if (row != null) {
            copy.getMessage().setHeader(SpoolConstants.KEY, row.key());
            copy.getMessage().setHeader(SpoolConstants.CONNECTION, row.connection());
        }
        String tick = exchange.getMessage().getHeader("ThreadpostTick", String.class);
        Instant time = tick == null ? updated : Instant.parse(tick);
        if (time != null) {
            copy.setVariable("day", time.atZone(options.zone()).toLocalDate().toString());
        }
        return copy;
    }

    private Path place(Exchange exchange, ThreadFields thread) {
        Path folder = options.folder() != null
                ? options.folder().of(exchange)
                : Path.of(thread == null || options.name() != null ? "" : thread.folder());
        if (options.name() != null) {
            return folder.resolve(options.name().of(exchange));
        }
        return options.format() == FilesOptions.Format.JSON ? folder.resolve(ThreadsAsJson.name(thread)) : folder;
    }

    private FileContent content(Exchange exchange, Path place, List<Row> rows) throws IOException {
        byte[] content = bytes(rows);
        boolean named = options.name() != null || options.format() == FilesOptions.Format.JSON;
        return named
                ? new FileContent(place, content, options.name() != null)
                : new FileContent(
                        place.resolve(
                                FileContent.batchName(exchange, options.format().ending(), content)),
                        content);
    }

    private byte[] bytes(List<Row> rows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * (rows.size() + 1));
        if (options.mark()) {
            bytes.write(MARK);
        }
        if (options.format() == FilesOptions.Format.CSV) {
            String table = options.table()
                    .text(rows.stream()
                            .<Function<String, String>>map(row -> row::text)
                            .toList());
            bytes.write(table.getBytes(options.charset()));
        } else if (options.format() == FilesOptions.Format.JSON && rows.size() == 1) {
            bytes.write(rows.get(0).thread().bytes());
        } else {
            for (Row row : rows) {
                row.thread().appendLine(bytes);
            }
        }
        return bytes.toByteArray();
    }
}
