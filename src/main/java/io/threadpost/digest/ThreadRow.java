package io.threadpost.digest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A version of a thread, with the fields of a digest.
 *
 * @param connection where it was pulled from; null if unknown
 * @param id never empty
 * @param sender one line, by {@link DigestLine}
 * @param subject one line, by {@link DigestLine}
 * @param created null if unknown
 * @param createdUtc as the platform wrote it
 * @param updatedUtc as the platform wrote it
 * @param resolved null if the platform omits it
 * @param enterprise whose it is; empty if unknown
 */
record ThreadRow(
        String connection,
        String id,
        String sender,
        String subject,
        Instant created,
        String createdUtc,
        Instant updated,
        String updatedUtc,
        Boolean resolved,
        String enterprise) {

    /**
     * @param body a thread's JSON as a map
     * @throws IllegalArgumentException when it is not one, or has no usable {@code Id} or {@code UpdatedUtc}
     */
    static ThreadRow of(Object body, String connection) {
        if (!(body instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("not a JSON object");
        }
        String id = text(fields, "Id");
        String updated = text(fields, "UpdatedUtc");
        String created = text(fields, "CreatedUtc");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("no Id");
        }
        return new ThreadRow(
                connection,
                id,
                text(fields, "OriginalSender"),
                text(fields, "Subject"),
                created.isEmpty() ? null : time("CreatedUtc", created),
                created,
                time("UpdatedUtc", updated),
                updated,
                fields.get("IsResolved") instanceof Boolean resolved ? resolved : null,
                text(fields, "EnterpriseId"));
    }

    private static String text(Map<?, ?> fields, String field) {
        Object value = fields.get(field);
        return value == null ? "" : DigestLine.line(value.toString());
    }

    private static Instant time(String field, String text) {
        try {
            return text.endsWith("Z") || text.contains("+")
                    ? Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text))
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no usable " + field);
        }
    }
}
