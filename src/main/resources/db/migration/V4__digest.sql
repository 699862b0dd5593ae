-- A spool that is drained at times: when it opens next, and what belongs to the tick that it is open for.
CREATE TABLE spool_tick (
    spool TEXT NOT NULL PRIMARY KEY,
    timetable TEXT NOT NULL,             -- cron and zone that next was computed by
    next BIGINT NOT NULL,                -- when it opens next
    opened BIGINT,                       -- when it was opened; null: it is closed
    upto BIGINT NOT NULL DEFAULT 0,      -- parcels up to this one belong to the tick
    parts INTEGER NOT NULL DEFAULT 0     -- batches formed for the tick
);

-- A batch that was formed at a tick: the same part, whenever it comes again.
ALTER TABLE spool_batch ADD COLUMN tick BIGINT;
ALTER TABLE spool_batch ADD COLUMN part INTEGER;
ALTER TABLE spool_batch ADD COLUMN parts INTEGER;
