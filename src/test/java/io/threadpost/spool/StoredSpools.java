package io.threadpost.spool;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was ever sent to the spools of an SQLite ledger, and what became of what failed. */
public record StoredSpools(List<Item> sent, List<Failed> failed, Map<String, String> pauses) {
    /** An item as it was sent. */
    public record Item(String spool, SpoolItem item) {}

    /** An item that is dead. */
    public record Failed(String spool, String key, String error) {}

    /** @param url of a ledger, such as {@code jdbc:sqlite:state/ledger.db} */
    public static StoredSpools in(String url) throws SQLException {
        List<Item> sent = new ArrayList<>();
        List<Failed> failed = new ArrayList<>();
        Map<String, String> pauses = new LinkedHashMap<>();
        try (Connection ledger = DriverManager.getConnection(url)) {
            ResultSet row = ledger.createStatement()
                    .executeQuery("SELECT p.spool, p.state, p.size, p.alone, p.error, c.items FROM spool_parcel p"
                            + " JOIN spool_content c ON c.parcel = p.id ORDER BY p.id");
            while (row.next()) {
                String spool = row.getString(1);
                String error = row.getString(5);
                for (SpoolItem item : ItemCodec.decode(row.getBytes(6), row.getInt(3))) {
                    if (row.getString(2).equals("dead")) {
                        failed.add(new Failed(spool, item.key(), error));
                    } else if (!row.getBoolean(4)) {
                        sent.add(new Item(spool, item));
                    }
                }
            }
            ResultSet pause = ledger.createStatement().executeQuery("SELECT spool, reason FROM spool_pause");
            while (pause.next()) {
                pauses.put(pause.getString(1), pause.getString(2));
            }
        }
        return new StoredSpools(sent, failed, pauses);
    }
}
