-- Every mail that ever came in. Its identity is never purged, so that no mail becomes two threads.
CREATE TABLE mail (
    id ${identity},
    mailbox TEXT NOT NULL,
    identity TEXT NOT NULL,              -- what makes it this mail, within its mailbox
    item_key TEXT NOT NULL,              -- of its item in spool:mail, and of its add
    connection TEXT NOT NULL,
    received BIGINT NOT NULL,            -- when the mailbox got it
    staged BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL,                 -- waiting | thread | parked | failed | discarded
    changed BIGINT NOT NULL,             -- when its state did
    reason TEXT,                         -- a short word; null for one that waits or is a thread
    why TEXT,                            -- one line for people
    releases INTEGER NOT NULL DEFAULT 0, -- how often a person released it
    passed BOOLEAN NOT NULL DEFAULT FALSE, -- judged, and nothing against it: it is not judged again
    thread TEXT,                         -- the Id of its thread
    sender TEXT,                         -- plain address, in small letters; null until it was read, and when it was purged
    sender_text TEXT,                    -- as a person reads it
    subject TEXT,
    purged BIGINT                        -- when all but its identity was taken away
);
CREATE UNIQUE INDEX mail_identity ON mail (mailbox, identity);
CREATE INDEX mail_item ON mail (item_key);
CREATE INDEX mail_state ON mail (state, id);
CREATE INDEX mail_sender ON mail (sender, received) WHERE sender IS NOT NULL;
CREATE INDEX mail_kept ON mail (changed) WHERE purged IS NULL AND state IN ('thread', 'discarded');

-- The raw mail, in parts, so that none has to be in memory as a whole.
CREATE TABLE mail_raw (
    mail BIGINT NOT NULL,
    part INTEGER NOT NULL,
    bytes ${bytes} NOT NULL,
    PRIMARY KEY (mail, part)
);

-- What was read in it, as JSON.
CREATE TABLE mail_reading (
    mail BIGINT NOT NULL PRIMARY KEY,
    reading TEXT NOT NULL,
    verdict TEXT                         -- null until it was judged
);
