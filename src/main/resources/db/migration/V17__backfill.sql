-- A backfill: an interval that is pulled behind live pulls, cut into windows.
CREATE TABLE backfill (
    id ${identity},
    connection TEXT NOT NULL,
    origin TEXT NOT NULL,                 -- operator | start | gaps | audit
    start_ns BIGINT NOT NULL,
    end_ns BIGINT NOT NULL,
    enterprises TEXT,                     -- ids separated by blanks; null: all that the connection pulls
    state TEXT NOT NULL,                  -- running | paused | cancelled | finished
    planned_ns BIGINT NOT NULL DEFAULT 0, -- width of all its windows
    drained_ns BIGINT NOT NULL DEFAULT 0, -- width of the windows that are drained
    pages BIGINT NOT NULL DEFAULT 0,      -- pages committed
    threads BIGINT NOT NULL DEFAULT 0,    -- new versions committed
    requested BIGINT NOT NULL,
    finished BIGINT,
    sampled BIGINT NOT NULL,              -- when the rates were measured last
    sampled_pages BIGINT NOT NULL DEFAULT 0,
    sampled_threads BIGINT NOT NULL DEFAULT 0,
    pages_rate DOUBLE PRECISION NOT NULL DEFAULT 0,   -- pages a second, over the minute before
    threads_rate DOUBLE PRECISION NOT NULL DEFAULT 0  -- new versions a second, over the minute before
);

-- The backfill that a window belongs to, until the window is drained; null for live windows.
ALTER TABLE pull_window ADD COLUMN backfill BIGINT;
CREATE INDEX pull_window_backfill ON pull_window (backfill) WHERE backfill IS NOT NULL;

-- What the platform listed when a window was pulled: enough to tell later whether a thread is missing.
ALTER TABLE pull_window ADD COLUMN recorded BOOLEAN NOT NULL DEFAULT FALSE; -- all its pages are in page_digest
CREATE TABLE page_digest (
    id ${identity},
    window_id BIGINT NOT NULL,
    connection TEXT NOT NULL,
    from_ns BIGINT NOT NULL,              -- the first and the last UpdatedUtc of the page
    to_ns BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    fingerprints ${bytes} NOT NULL        -- 4 bytes for each version of the page, in order
);
CREATE INDEX page_digest_time ON page_digest (connection, to_ns);
CREATE INDEX page_digest_committed ON page_digest (committed);

-- Windows that are drained and whose pages are all recorded, before they are merged.
CREATE TABLE drained_window (
    id BIGINT NOT NULL PRIMARY KEY,
    connection TEXT NOT NULL,
    start_ns BIGINT NOT NULL,
    end_ns BIGINT NOT NULL,
    closed BIGINT NOT NULL
);
CREATE INDEX drained_window_closed ON drained_window (closed);
CREATE INDEX drained_window_time ON drained_window (connection, end_ns);

CREATE TABLE coverage_audit (
    id ${identity},
    connection TEXT NOT NULL,
    start_ns BIGINT NOT NULL,
    end_ns BIGINT NOT NULL,
    audited BIGINT NOT NULL,
    listed BIGINT NOT NULL,               -- threads that the platform listed
    missing BIGINT NOT NULL,              -- of these, threads that were never committed
    backfill BIGINT                       -- pulls what is missing; null when nothing is
);

-- Re-deliveries: threads that were delivered before go to one spool again.
CREATE TABLE redelivery (
    id ${identity},
    connection TEXT NOT NULL,
    spool TEXT NOT NULL,
    through TEXT,                         -- the endpoint whose route decides; null: every thread goes
    start_ns BIGINT,                      -- null: threads are named by their ids
    end_ns BIGINT,
    state TEXT NOT NULL,                  -- running | paused | cancelled | finished
    phase TEXT NOT NULL,                  -- ledger | platform: where threads are taken from now
    parcel BIGINT NOT NULL DEFAULT 0,     -- parcels up to this one were searched
    last_parcel BIGINT NOT NULL,          -- the last one to search
    reached_ns BIGINT,                    -- the platform's interval was asked for down to here
    ids BIGINT NOT NULL DEFAULT 0,        -- ids that were asked for
    left_ids BIGINT NOT NULL DEFAULT 0,   -- of these, not searched yet
    from_ledger BIGINT NOT NULL DEFAULT 0,
    from_platform BIGINT NOT NULL DEFAULT 0,
    held_back BIGINT NOT NULL DEFAULT 0,  -- threads that the route did not send to the spool
    failed BIGINT NOT NULL DEFAULT 0,     -- threads that the route failed on, dead in the spool
    requested BIGINT NOT NULL,
    finished BIGINT,
    due BIGINT NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    lease_owner TEXT,
    lease_until BIGINT
);

-- Thread ids that a re-delivery asks for and has not searched at the platform yet.
CREATE TABLE redelivery_thread (
    redelivery BIGINT NOT NULL,
    thread TEXT NOT NULL,
    PRIMARY KEY (redelivery, thread)
) ${clustered};

-- Items that a running re-delivery has handled, or found waiting: no version goes twice.
CREATE TABLE redelivery_item (
    redelivery BIGINT NOT NULL,
    item_key TEXT NOT NULL,
    PRIMARY KEY (redelivery, item_key)
) ${clustered};
