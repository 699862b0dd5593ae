package io.threadpost.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long things of one kind are kept in the ledger, and how much of them. Removal is announced: a thing is removed
 * for its age only after a process has announced that for the time of {@link #notice}, and by the ceiling only when it
 * is older than {@link #grace}. So neither an upgrade, nor a process that was stopped for long, nor a burst removes
 * what nobody could see.
 *
 * @param keep counted from when a thing began to wait, or was done
 * @param ceiling in the unit that the kind is counted in
 */
public record Retention(Kind kind, Duration keep, long ceiling) {
    /** What the ledger keeps for a while. */
    public enum Kind {
        /** Items that were given up, and wait for a person. */
        DEAD_ITEMS("dead-items", "threadpost.spool.dead-"),
        /** Mails that are parked or failed, and wait for a person. */
        PARKED_MAILS("parked-mails", "threadpost.mail.parked-"),
        /** Items that were delivered. */
        FINISHED_ITEMS("finished-items", "threadpost.spool.keep-"),
        /** Mails that are threads or were discarded. */
        SETTLED_MAILS("settled-mails", "threadpost.mail.keep-"),
        /** Replies that were sent, withheld, refused or returned. */
        SETTLED_REPLIES("settled-replies", "threadpost.replies.keep-");

        private final String label;
        private final String settings;

        Kind(String label, String settings) {
            this.label = label;
            this.settings = settings;
        }

        /** How metrics and health call it. */
        public String label() {
            return label;
        }

        /** The setting of its ceiling. */
        public String maxKey() {
            return settings + "max";
        }

        /** The setting of its keeping time. */
        public String keepKey() {
            return waitsForPerson() ? settings + "keep" : settings.substring(0, settings.length() - 1);
        }

        /** Whether a person can still make something of it. */
        public boolean waitsForPerson() {
            return this == DEAD_ITEMS || this == PARKED_MAILS;
        }

        /** Whether it is measured in bytes, and not counted. */
        public boolean inBytes() {
            return this == PARKED_MAILS || this == SETTLED_MAILS;
        }
    }

    private static final Duration NOTICE = Duration.ofDays(7);
    private static final Duration GRACE = Duration.ofDays(1);
    private static final int SHARE = 4;
    /** The chore runs each minute; a process that is restarted now and then has not paused. */
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /**
     * How much of a kind is kept.
     *
     * @param kept in the unit of the ceiling
     * @param expiring how many are removed for their age within the time of notice
     * @param first when the first of these is removed; null when there is none
     */
    public record Status(Retention rule, long kept, long expiring, Instant first) {
        /** @return whether the ceiling is near: four fifths are used */
        public boolean nearCeiling() {
            return kept >= rule.ceiling() - rule.ceiling() / 5;
        }
    }

    /** For how long a removal is announced before: a week, or a quarter of the time to keep. */
    public Duration notice() {
        return shorter(NOTICE);
    }

    /** For how long the ceiling removes nothing that is new: a day, or a quarter of the time to keep. */
    public Duration grace() {
        return shorter(GRACE);
    }

    private Duration shorter(Duration usual) {
        Duration share = keep.dividedBy(SHARE);
        return share.compareTo(usual) < 0 ? share : usual;
    }

    /**
     * Records that a process looks for what is to be removed, and announces it.
     *
     * @param any whether there is anything of this kind
     * @return whether removals have been announced for long enough
     */
    public boolean announced(Transaction tx, boolean any) throws SQLException {
        long now = tx.now();
        long pause = Math.max(PAUSE.toMillis(), notice().toMillis() / 2);
        Optional<Long> before = tx.one(
                "SELECT since FROM retention WHERE kind = ? AND keep = ? AND ran >= ?",
                row -> row.getLong(1),
                kind.label(),
                keep.toMillis(),
                now - pause);
        long since = before.orElse(any ? now : 0L);
        tx.update(
                "INSERT INTO retention (kind, keep, since, ran) VALUES (?, ?, ?, ?) ON CONFLICT (kind) DO UPDATE SET"
                        + " keep = excluded.keep, since = excluded.since, ran = excluded.ran",
                kind.label(),
                keep.toMillis(),
                since,
                now);
        return now - since >= notice().toMillis();
    }

    /** @return things older than that are removed, milliseconds since the epoch */
    public long expired(Transaction tx) throws SQLException {
        return tx.now() - keep.toMillis();
    }

    /** @return things older than that are announced, milliseconds since the epoch */
    public long expiring(Transaction tx) throws SQLException {
        return expired(tx) + notice().toMillis();
    }

    /** @return things older than that are removed while there is more than the ceiling, milliseconds since the epoch */
    public long removable(Transaction tx) throws SQLException {
        return tx.now() - grace().toMillis();
    }

    /** @param oldest of those that expire, milliseconds since the epoch */
    public Status status(Transaction tx, long kept, long expiring, long oldest) throws SQLException {
        if (expiring == 0) {
            return new Status(this, kept, 0, null);
        }
        long since = tx.one("SELECT since FROM retention WHERE kind = ?", row -> row.getLong(1), kind.label())
                .orElse(tx.now());
        return new Status(
                this,
                kept,
                expiring,
                Instant.ofEpochMilli(Math.max(oldest + keep.toMillis(), since + notice().toMillis())));
    }
}
