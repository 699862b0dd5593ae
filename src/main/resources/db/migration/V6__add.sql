-- What became of each inbound message that was to be a thread. Its key is the message's identity, and is never purged.
CREATE TABLE thread_add (
    connection TEXT NOT NULL,
    item_key TEXT NOT NULL,
    state TEXT NOT NULL,                 -- adding | added | refused
    scope TEXT NOT NULL,                 -- connections with the same token share a scope
    pair TEXT,                           -- sender and subject as they are compared; only while adding
    sender TEXT,                         -- as sent; only while adding
    subject TEXT,
    since BIGINT NOT NULL,               -- the platform's time before the first request
    attempts INTEGER NOT NULL,           -- requests that were, or may have been, sent
    over BIGINT NOT NULL,                -- nothing can come of the last request any more; this side's time
    process TEXT NOT NULL,               -- who reckons with that time
    looks INTEGER NOT NULL DEFAULT 0,    -- times the platform was asked since the last request
    touched BIGINT NOT NULL,
    thread TEXT,                         -- the thread that it became
    code TEXT,                           -- why it was refused
    words TEXT,
    PRIMARY KEY (connection, item_key)
);
-- One unresolved add for each pair: two could not be told apart.
CREATE UNIQUE INDEX thread_add_pair ON thread_add (scope, pair) WHERE state = 'adding';

-- Threads that belong to an add, and to no other one.
CREATE TABLE add_thread (
    thread TEXT NOT NULL PRIMARY KEY,
    connection TEXT NOT NULL,
    item_key TEXT NOT NULL
);

-- Lengths at which the platform was seen to cut a text.
CREATE TABLE add_cut (
    scope TEXT NOT NULL,
    field TEXT NOT NULL,                 -- sender | subject
    length INTEGER NOT NULL,
    PRIMARY KEY (scope, field, length)
);

-- Connections whose adds wait: the platform refuses them, or fails again and again.
CREATE TABLE add_pause (
    connection TEXT NOT NULL PRIMARY KEY,
    refused BOOLEAN NOT NULL,            -- whether only a person can mend it
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,               -- then one tries
    failures INTEGER NOT NULL,
    reason TEXT NOT NULL
);
