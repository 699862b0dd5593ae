package io.threadpost.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerException;
import io.threadpost.ledger.LedgerKey;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** The operator actions in the ledger. */
@Singleton
public final class AuditLog {
    private static final Logger LOG = Logger.getLogger(AuditLog.class);
    private static final int LONGEST = 300;
    private static final String COLUMNS = "SELECT id, at, who, origin, action, target, result FROM audit_entry";
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:()\"]+@[^\\s<>,;:()\"@]*\\.[\\p{L}\\p{N}-]+");

    private final Ledger ledger;
    private final LedgerKey key;
    private final Settings settings;

    AuditLog(Ledger ledger, LedgerKey key, Settings settings) {
        this.ledger = ledger;
        this.key = key;
        this.settings = settings;
    }

    /**
     * Who acts.
     *
     * @param who how the operator was admitted, and the user that a command names
     * @param origin the address that the request came from
     */
    public record Operator(String who, String origin) {}

    /**
     * Runs an action and records it. The entry is written with the first change of the action and completed when it
     * ends; an action that changes nothing, or is refused, is recorded when it ends.
     *
     * @param target what it is about; addresses in it are replaced by their keyed hashes
     * @param result what the action did, in a few words without content
     * @param failure likewise, for an action that throws
     */
    public <T> T record(
            Operator operator,
            String action,
            String target,
            Supplier<T> work,
            Function<T, String> result,
            Function<Throwable, String> failure) {
        AtomicLong entry = new AtomicLong();
        Ledger.Work<Long> begin = tx -> {
            entry.set(insert(tx, operator, action, target));
            return entry.get();
        };
        T done;
        try {
            done = ledger.joining(begin, work);
        } catch (RuntimeException | Error e) {
            try {
                end(begin, entry, action, failure.apply(e));
            } catch (LedgerException unrecorded) {
                e.addSuppressed(unrecorded);
            }
            throw e;
        }
        end(begin, entry, action, result.apply(done));
        return done;
    }

    private void end(Ledger.Work<Long> begin, AtomicLong entry, String action, String result) {
        boolean begun = entry.get() != 0;
        try {
            ledger.write(tx -> {
                // A transaction that was rolled back has left no row.
                int known = tx.update(
                        "UPDATE audit_entry SET result = ? WHERE id = ? AND result IS NULL AND action = ?",
                        cut(result),
                        entry.get(),
                        cut(action));
                return known == 1
                        ? known
                        : tx.update("UPDATE audit_entry SET result = ? WHERE id = ?", cut(result), begin.in(tx));
            });
        } catch (LedgerException e) {
            if (!begun) {
                throw e;
            }
            LOG.warnf("the result of an operator action is not in the audit log: %s", e.getMessage());
        }
    }

    private long insert(Transaction tx, Operator operator, String action, String target) throws SQLException {
        return tx.insert(
                "INSERT INTO audit_entry (at, who, origin, action, target) VALUES (?, ?, ?, ?, ?) RETURNING id",
                tx.now(),
                cut(tx.redacted(operator.who())),
                cut(operator.origin()),
                cut(action),
                cut(hashed(tx, target)));
    }

    /** @return the text with every address replaced by how the audit log names that person */
    private String hashed(Transaction tx, String text) throws SQLException {
        StringBuilder hashed = new StringBuilder();
        Matcher found = ADDRESS.matcher(text);
        int copied = 0;
        while (found.find()) {
            hashed.append(text, copied, found.start()).append(person(tx, found.group()));
            copied = found.end();
        }
        return tx.redacted(hashed.append(text.substring(copied)).toString());
    }

    /** @return how the audit log names the person with that address */
    public String person(Transaction tx, String address) throws SQLException {
        return "person:" + key.hash(tx, "person", address.strip().toLowerCase(Locale.ROOT));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /**
     * @param before only entries with smaller numbers
     * @return the newest entries first
     */
    public List<AuditEntry> list(long before, int limit) {
        return ledger.read(
                tx -> tx.list(COLUMNS + " WHERE id < ? ORDER BY id DESC" + " LIMIT " + limit, AuditLog::entry, before));
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7));
    }

    /** Removes the entries that were kept for {@code threadpost.audit.keep}. */
    public void purge() {
        long keep = settings.get(SettingsCatalogue.AUDIT_KEEP).toMillis();
        ledger.write(tx -> tx.update("DELETE FROM audit_entry WHERE at < ?", tx.now() - keep));
    }
}
