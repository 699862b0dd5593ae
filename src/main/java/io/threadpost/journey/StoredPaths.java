package io.threadpost.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.WeakHashMap;

import io.threadpost.json.JsonCodec;
import io.threadpost.ledger.Transaction;
import io.threadpost.steptrace.Step;
import io.threadpost.steptrace.StepPath;

/**
 * The distinct paths of journeys, as rows of the ledger. The id of a path follows from its steps and from the day, so
 * that nodes agree on it, and paths that are no longer used can be deleted.
 */
final class StoredPaths {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Map<StepPath, Known> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param stored whether its row was seen in the ledger: it may have been rolled back */
    private record Known(long day, long id, String steps, boolean stored) {}

    /**
     * Stores paths with the caller's transaction.
     *
     * @return their ids
     */
    Map<StepPath, Long> store(Transaction tx, Collection<StepPath> paths) throws SQLException {
        long day = tx.now() / DAY;
        Map<StepPath, Long> ids = new LinkedHashMap<>();
        // In order, so that two nodes insert the same new paths in the same order.
        Map<Long, StepPath> missing = new TreeMap<>();
        for (StepPath path : paths) {
            Known one = known.get(path);
            if (one == null || one.day != day) {
                String steps = tx.redacted(encode(path));
                one = new Known(day, id(day, steps), steps, false);
                known.put(path, one);
            }
            ids.put(path, one.id);
            if (!one.stored) {
                missing.put(one.id, path);
            }
        }
        for (Map.Entry<Long, StepPath> entry : missing.entrySet()) {
            Known one = known.get(entry.getValue());
            boolean stored = tx.exists("SELECT 1 FROM journey_path WHERE id = ?", one.id);
            if (stored) {
                known.put(entry.getValue(), new Known(day, one.id, one.steps, true));
            } else {
                tx.update(
                        "INSERT INTO journey_path (id, day, steps) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        one.id,
                        day,
                        one.steps);
            }
        }
        return ids;
    }

    /** Deletes the paths that only journeys before that time can have. */
    static void forget(Transaction tx, long before) throws SQLException {
        tx.update("DELETE FROM journey_path WHERE day < ?", before / DAY - 1);
    }

    /** @return the steps of a path; empty when it is unknown */
    static List<JourneyStep> steps(Transaction tx, long id) throws SQLException {
        String text = id == 0
                ? null
                : tx.one("SELECT steps FROM journey_path WHERE id = ?", row -> row.getString(1), id)
                        .orElse(null);
        if (text == null) {
            return List.of();
        }
        List<JourneyStep> steps = new ArrayList<>();
        for (Object step : (List<?>) decoded(text)) {
            Map<?, ?> fields = (Map<?, ?>) step;
            steps.add(new JourneyStep(
                    text(fields, "route"),
                    text(fields, "id"),
                    text(fields, "step"),
                    text(fields, "description"),
                    text(fields, "file"),
                    fields.get("line") instanceof Number line ? line.intValue() : null,
                    text(fields, "outcome"),
                    text(fields, "branch")));
        }
        return steps;
    }

    private static String encode(StepPath path) {
        List<Map<String, Object>> steps = new ArrayList<>();
        for (StepPath.Visit visit : path.visits()) {
            Step step = visit.step();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("route", step.route());
            fields.put("id", step.id());
            fields.put("step", step.text());
            fields.put("description", step.description());
            fields.put("file", step.file());
            fields.put("line", step.line() > 0 ? step.line() : null);
            fields.put("outcome", visit.outcome().name().toLowerCase(Locale.ROOT));
            fields.put("branch", visit.branch());
            fields.values().removeIf(value -> value == null);
            steps.add(fields);
        }
        return new String(JsonCodec.encode(steps), StandardCharsets.UTF_8);
    }

    private static Object decoded(String text) {
        try {
            return JsonCodec.decode(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        return value == null ? null : value.toString();
    }

    private static long id(long day, String steps) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((day + " " + steps).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
