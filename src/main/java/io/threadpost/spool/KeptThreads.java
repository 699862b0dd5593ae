package io.threadpost.spool;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import io.threadpost.json.RawJson;

/** The threads that the spools of a ledger still keep, whatever became of them: for a process that drains none. */
public final class KeptThreads {
    private final DataSource ledger;

    public KeptThreads(DataSource ledger) {
        this.ledger = ledger;
    }

    /**
     * A thread and where it came from.
     *
     * @param connection null if none
     */
    public record Kept(RawJson thread, String connection) {}

    /**
     * Finds a thread. Reads all that the spools keep, the newest first.
     *
     * @param wanted the thread's {@code Id}, or {@code Id@UpdatedUtc} of one version
     * @return the version that was sent to a spool last, as it was sent first; empty without one
     */
    public Optional<Kept> newest(String wanted) throws SQLException {
        String id = wanted.replaceFirst("@.*", "");
        try (Connection connection = ledger.getConnection();
                Statement statement = connection.createStatement()) {
            // Else PostgreSQL's driver holds all rows in memory.
            connection.setAutoCommit(false);
            statement.setFetchSize(20);
            Kept newest = null;
            String version = "";
            ResultSet row = statement.executeQuery("SELECT p.size, c.items FROM spool_parcel p"
                    + " JOIN spool_content c ON c.parcel = p.id ORDER BY p.id DESC");
            while (row.next()) {
                byte[] items = row.getBytes(2);
                if (!new String(items, StandardCharsets.ISO_8859_1).contains(id)) {
                    continue;
                }
                for (SpoolItem item : decode(items, row.getInt(1))) {
                    if (!(item.body() instanceof RawJson thread)
                            || !text(thread, "Id").equals(id)) {
                        continue;
                    }
                    String updated = text(thread, "UpdatedUtc");
                    boolean other = !wanted.equals(id) && !wanted.equals(id + "@" + updated);
                    if (!updated.isEmpty() && !other && updated.compareTo(version) >= 0) {
                        newest = new Kept(thread, item.connection());
                        version = updated;
                    }
                }
            }
            return Optional.ofNullable(newest);
        }
    }

    /** @return empty for a parcel that cannot be read: it hides no other */
    private static List<SpoolItem> decode(byte[] items, int count) {
        try {
            return ItemCodec.decode(items, count);
        } catch (UnreadableParcelException e) {
            return List.of();
        }
    }

    /** @return empty when it is missing, or the body is not a JSON object */
    private static String text(RawJson thread, String field) {
        try {
            return thread.get(field) instanceof String text ? text : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
