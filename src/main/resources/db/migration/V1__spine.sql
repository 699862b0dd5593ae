-- One schema for SQLite and PostgreSQL; what differs comes in as placeholders:
--   ${identity}   a number that is never used twice
--   ${bytes}      a column of bytes
--   ${clustered}  rows stored in the order of their primary key, where the database can
-- Times ending in _ns are nanoseconds since the epoch (the platform's time), others milliseconds (this side's time).

CREATE TABLE pull_window (
    id ${identity},
    connection TEXT NOT NULL,
    kind TEXT NOT NULL,                  -- live | backfill
    start_ns BIGINT NOT NULL,
    end_ns BIGINT NOT NULL,
    state TEXT NOT NULL,                 -- open | closed | paused | cancelled
    resume_cursor TEXT,                  -- ask on from here; null: from the head
    cursor_updated TEXT,                 -- UpdatedUtc of the cursor's thread as it was seen
    pages BIGINT NOT NULL DEFAULT 0,
    threads BIGINT NOT NULL DEFAULT 0,   -- new versions committed
    idle_pages BIGINT NOT NULL DEFAULT 0, -- pages since the last new version
    idle_heads INTEGER NOT NULL DEFAULT 0, -- heads begun since the last new version
    failures INTEGER NOT NULL DEFAULT 0, -- failures in a row
    error TEXT,
    due BIGINT NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until BIGINT,
    created BIGINT NOT NULL,
    closed BIGINT
);
CREATE INDEX pull_window_open ON pull_window (connection, due) WHERE state = 'open';
CREATE INDEX pull_window_time ON pull_window (connection, start_ns);

CREATE TABLE pull_connection (
    connection TEXT NOT NULL PRIMARY KEY,
    keys_from_ns BIGINT,                 -- thread_version is complete from here on
    offset_ms BIGINT,                    -- server's clock minus ours, as trusted
    suspect_offset_ms BIGINT,            -- an offset that jumped ahead, not trusted yet
    suspect_since BIGINT,
    last_pull BIGINT,                    -- when a page was committed or a window closed
    refused BIGINT,                      -- since when the platform refuses the token or address; null: it does not
    refusal TEXT
);

CREATE TABLE thread_version (
    connection TEXT NOT NULL,
    updated_ns BIGINT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (connection, updated_ns, id)
) ${clustered};

CREATE TABLE spool_parcel (
    id ${identity},
    spool TEXT NOT NULL,
    state TEXT NOT NULL,                 -- waiting | finished | dead
    size INTEGER NOT NULL,               -- items in it
    mark INTEGER NOT NULL DEFAULT 0,     -- items that have left it
    batch BIGINT,                        -- the batch that holds it, or held it last
    upto INTEGER,                        -- the batch holds items mark (inclusive) to upto (exclusive); null: in no batch
    alone BOOLEAN NOT NULL DEFAULT FALSE, -- a failed item by itself: handed out alone
    attempts INTEGER NOT NULL DEFAULT 0,
    suspect BOOLEAN NOT NULL DEFAULT FALSE, -- failed, but perhaps by the target's fault: counts when another one passes
    due BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    created BIGINT NOT NULL,
    finished BIGINT
);
CREATE INDEX spool_parcel_fresh ON spool_parcel (spool, id) WHERE state = 'waiting' AND upto IS NULL AND NOT alone;
CREATE INDEX spool_parcel_alone ON spool_parcel (spool, due) WHERE state = 'waiting' AND upto IS NULL AND alone;
CREATE INDEX spool_parcel_batch ON spool_parcel (batch) WHERE upto IS NOT NULL;
CREATE INDEX spool_parcel_suspect ON spool_parcel (spool) WHERE suspect;
CREATE INDEX spool_parcel_finished ON spool_parcel (finished) WHERE state = 'finished';
CREATE INDEX spool_parcel_dead ON spool_parcel (spool, id) WHERE state = 'dead';

-- Apart from the parcel, since a change to a row writes the whole row again.
CREATE TABLE spool_content (
    parcel BIGINT NOT NULL PRIMARY KEY,
    items ${bytes} NOT NULL
);

CREATE TABLE spool_batch (
    number ${identity},
    spool TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    suspect BOOLEAN NOT NULL DEFAULT FALSE,
    due BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    lease_owner TEXT,
    lease_until BIGINT
);
CREATE INDEX spool_batch_due ON spool_batch (spool, due, number);

CREATE TABLE spool_pause (
    spool TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL,               -- when the first try failed
    until BIGINT NOT NULL,
    failures INTEGER NOT NULL,           -- probes that failed in a row
    reason TEXT NOT NULL
);

-- A slot is held from before a request is sent until one limit window after its answer.
CREATE TABLE request_slot (
    id ${identity},
    token TEXT NOT NULL,                 -- a hash
    sent BIGINT NOT NULL,
    answered BIGINT                      -- null: on its way
);
CREATE INDEX request_slot_token ON request_slot (token, id);

CREATE TABLE request_pause (
    token TEXT NOT NULL PRIMARY KEY,
    until BIGINT NOT NULL,
    refusals INTEGER NOT NULL            -- 429 in a row
);

-- One row, written again and again: proof that the ledger takes writes.
CREATE TABLE ledger_probe (
    id INTEGER NOT NULL PRIMARY KEY,
    written BIGINT NOT NULL
);
