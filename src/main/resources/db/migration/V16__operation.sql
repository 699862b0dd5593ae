-- How this ledger came to be: restored from a backup, moved from another database. The last row holds.
CREATE TABLE ledger_history (
    id ${identity},
    event TEXT NOT NULL,                 -- restored | moved-here | moved-away
    at BIGINT NOT NULL,
    taken BIGINT NOT NULL,               -- from when its content is: when the backup was taken; for a move the same as at
    other TEXT NOT NULL                  -- the backup's file, or the URL of the other ledger, without secrets
);

-- The processes that use this ledger.
CREATE TABLE node (
    id TEXT NOT NULL PRIMARY KEY,        -- the first part of each lease's owner
    name TEXT NOT NULL,                  -- the host's
    pid BIGINT NOT NULL,
    version TEXT NOT NULL,
    started BIGINT NOT NULL,             -- the ledger's clock, as all times here
    seen BIGINT NOT NULL,                -- its last heartbeat
    clock_ms BIGINT NOT NULL,            -- its clock minus the ledger's
    stopped BIGINT                       -- when it stopped gracefully; null for one that runs or was killed
);

-- What health reports to people: one row for each thing that is down.
CREATE TABLE alert (
    id ${identity},
    check_name TEXT NOT NULL,            -- such as threadpost-spools
    subject TEXT NOT NULL,               -- such as the spool's name
    state TEXT NOT NULL,                 -- pending | raised
    reason TEXT NOT NULL,                -- one line for people, the latest one
    since BIGINT NOT NULL,               -- since when it is down
    seen BIGINT NOT NULL                 -- when a node last saw it down
);
CREATE UNIQUE INDEX alert_subject ON alert (check_name, subject);

-- Messages to people that are to be sent, in their order, each by one channel.
CREATE TABLE alert_message (
    id ${identity},
    channel TEXT NOT NULL,               -- "webhook", or "mail to" and an address
    created BIGINT NOT NULL,
    content TEXT NOT NULL,               -- JSON
    attempts INTEGER NOT NULL DEFAULT 0,
    due BIGINT NOT NULL,
    owner TEXT,                          -- the node that sends it now
    lease_until BIGINT NOT NULL DEFAULT 0,
    sent BIGINT,                         -- null while it waits
    error TEXT
);
CREATE INDEX alert_message_waiting ON alert_message (channel, id) WHERE sent IS NULL;
CREATE INDEX alert_message_sent ON alert_message (channel, sent) WHERE sent IS NOT NULL;
