package io.threadpost.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;

import io.threadpost.json.RawJson;

/** One thread of a batch, as the formats read it. */
record ThreadFields(Map<?, ?> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The threads of an exchange: its body, a thread or a list of them.
     *
     * @throws IllegalArgumentException if the body is anything else
     */
    static List<ThreadFields> of(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        List<?> threads = body instanceof List<?> list ? list : List.of(body);
        return threads.stream().map(ThreadFields::one).toList();
    }

    /** @throws IllegalArgumentException when it is no thread */
    static ThreadFields one(Object body) {
        if (body instanceof Map<?, ?> fields) {
            return new ThreadFields(fields);
        }
        throw new IllegalArgumentException("a thread to be written must be JSON, a map of its fields");
    }

    /** @return a field as text; empty when it is missing or null */
    String text(String field) {
        Object value = fields.get(field);
        return value == null ? "" : value.toString();
    }

    /** @throws IllegalArgumentException when the thread has no usable {@code UpdatedUtc} */
    Instant updated() {
        String text = text("UpdatedUtc");
        try {
            return Instant.from(DateTimeFormatter.ISO_INSTANT.parse(text));
        } catch (DateTimeException e) {
            return withoutZone(text);
        }
    }

    /** @return the folder of its day in UTC, such as {@code 2026/11/22} */
    String folder() {
        ZonedDateTime day = updated().atZone(ZoneOffset.UTC);
        return String.format(Locale.ROOT, "%04d/%02d/%02d", day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    /** Appends the thread as it was received, on a line. */
    void appendLine(ByteArrayOutputStream lines) throws IOException {
        if (fields instanceof RawJson json) {
            json.onOneLine().writeTo(lines);
        } else {
            lines.write(JSON.writeValueAsBytes(fields));
        }
        lines.write('\n');
    }

    byte[] bytes() throws JsonProcessingException {
        return fields instanceof RawJson json ? json.toBytes() : JSON.writeValueAsBytes(fields);
    }

    private static Instant withoutZone(String text) {
        try {
            return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a thread to be written needs its UpdatedUtc; a transformed one, too");
        }
    }
}
