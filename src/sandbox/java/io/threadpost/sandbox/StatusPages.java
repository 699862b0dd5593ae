package io.threadpost.sandbox;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Pages about the simulator itself, for people and for processes that compare their effects with the truth. */
final class StatusPages {
    private static final int SLICE = 10_000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ThreadStore store;
    private final ThreadJson json;
    private final RequestLog log;
    private final RateLimit limit;
    private final Growth growth;
    private final Map<String, Supplier<String>> more = new ConcurrentSkipListMap<>();
    private final Map<String, Supplier<HtmlPage>> pages = new ConcurrentSkipListMap<>();

    StatusPages(ThreadStore store, ThreadJson json, RequestLog log, RateLimit limit, Growth growth) {
        this.store = store;
        this.json = json;
        this.log = log;
        this.limit = limit;
        this.growth = growth;
    }

    /**
     * Shows one more line.
     *
     * @param line asked for each time the page is asked for
     */
    void show(String what, Supplier<String> line) {
        more.put(what, line);
    }

    /**
     * Shows another page.
     *
     * @param path below {@code /sandbox/}
     * @param page asked for each time the page is asked for
     */
    void showPage(String path, Supplier<HtmlPage> page) {
        pages.put(path, page);
    }

    /** The page at this path, or null where there is none. */
    WireAnswer answer(WireRequest request) throws IOException {
        Supplier<HtmlPage> page = pages.get(request.path());
        if (page != null && request.method().equals("GET")) {
            return page.get().toAnswer();
        }
        return switch (request.method() + " " + request.path()) {
            case "GET /" -> WireAnswer.of(200, "text/plain; charset=utf-8", status());
            case "GET /sandbox/stats" -> WireAnswer.of(200, "application/json", stats());
            case "GET /sandbox/versions" -> WireAnswer.streamed("text/plain; charset=utf-8", this::versions);
            case "POST /sandbox/quiet" -> {
                growth.stop();
                yield WireAnswer.of(204, null, new byte[0]);
            }
            default -> null;
        };
    }

    private byte[] status() {
        Map<Integer, Long> byStatus = log.byStatus();
        StringBuilder page = new StringBuilder("The sandbox platform of Threadpost\n\n");
        page.append("threads            ").append(store.size()).append('\n');
        page.append("requests           ")
                .append(byStatus.values().stream().mapToLong(Long::longValue).sum())
                .append('\n');
        page.append("refused (client)   ")
                .append(log.byRefusal().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .append('\n');
        page.append("429                ")
                .append(byStatus.getOrDefault(429, 0L))
                .append('\n');
        page.append("most in one window ").append(limit.most()).append('\n');
        page.append("too early          ").append(limit.early()).append("\n\n");
        more.forEach((what, line) -> page.append(String.format("%-18s %s%n", what, line.get())));
        page.append(more.isEmpty() ? "" : "\n");
        pages.keySet().forEach(path -> page.append(path).append("  "));
        page.append("/sandbox/conversations  /sandbox/stats  /sandbox/versions  POST /sandbox/quiet\n");
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] stats() throws IOException {
        ObjectNode stats = mapper.createObjectNode();
        stats.put("threads", store.size());
        stats.set("requestsByStatus", mapper.valueToTree(log.byStatus()));
        stats.set("refusals", mapper.valueToTree(log.byRefusal()));
        stats.set("faults", mapper.valueToTree(log.byFault()));
        stats.put("maxInWindow", limit.most());
        stats.put("earlyAfter429", limit.early());
        return mapper.writeValueAsBytes(stats);
    }

    /** In slices, so that no request waits long; consistent only while the platform does not grow. */
    private void versions(OutputStream out) throws IOException {
        int size = store.size();
        for (int from = 0; from < size; from += SLICE) {
            JsonBuffer lines = new JsonBuffer(SLICE * 64);
            for (int slot = from; slot < Math.min(size, from + SLICE); slot++) {
                if (store.isVisible(slot)) {
                    json.version(lines, store.version(slot)).raw("\n");
                }
            }
            out.write(lines.toBytes());
        }
    }
}
