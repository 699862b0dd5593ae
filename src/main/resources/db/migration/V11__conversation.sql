-- A thread that began with a mail: who its guest is, and what is known of its messages.
CREATE TABLE conversation (
    id ${identity},
    thread TEXT NOT NULL,
    connection TEXT NOT NULL,
    mailbox TEXT NOT NULL,
    mail BIGINT NOT NULL,                -- the mail that began it
    guest TEXT NOT NULL,                 -- the plain address that wrote it, in lower case
    guest_name TEXT,                     -- as its mails show it
    subject TEXT NOT NULL,               -- of that mail
    began BIGINT NOT NULL,               -- the platform's time; what the hotel wrote before is not sent
    unanswerable TEXT,                   -- why no reply goes to the guest by mail; null when one does
    authenticated BOOLEAN NOT NULL,      -- whether a trusted host has authenticated the guest in one of its mails
    stopped TEXT,                        -- why no more replies are sent; null while they are
    active BIGINT NOT NULL,              -- when a mail or a message last came in
    asked BIGINT NOT NULL DEFAULT 0,     -- when the platform was last asked for its messages
    moved BIGINT NOT NULL DEFAULT 0      -- how often the pull has seen a newer version of the thread since then
);
CREATE UNIQUE INDEX conversation_thread ON conversation (thread);
CREATE INDEX conversation_asked ON conversation (connection, asked);
CREATE INDEX conversation_moved ON conversation (connection) WHERE moved > 0;
CREATE INDEX conversation_stopped ON conversation (id) WHERE stopped IS NOT NULL;
CREATE INDEX mail_thread ON mail (thread) WHERE thread IS NOT NULL;

-- The key of reply tokens, generated once when the settings name none.
CREATE TABLE signing_key (
    id INTEGER PRIMARY KEY,
    value TEXT NOT NULL
);

-- When the sender wrote it; null when that is unknown.
ALTER TABLE mail ADD COLUMN written BIGINT;
-- What its text without quotes is recognised by: the same for the same words. Null when it was not staged.
ALTER TABLE mail ADD COLUMN fingerprint TEXT;
-- The mail of the same conversation that has to be settled before; null when it waits for none.
ALTER TABLE mail ADD COLUMN waits_for BIGINT;
CREATE INDEX mail_waits_for ON mail (waits_for) WHERE waits_for IS NOT NULL;

-- The Message-IDs that a mail names, recorded as it is staged.
CREATE TABLE mail_reference (
    mail BIGINT NOT NULL,
    message_id TEXT NOT NULL,            -- with angle brackets; for the kind token what may be a reply token
    kind TEXT NOT NULL,                  -- own | token | reply | reference
    position INTEGER NOT NULL,           -- within its kind, as written
    PRIMARY KEY (mail, kind, position)
);
CREATE INDEX mail_reference_id ON mail_reference (message_id, kind);

-- Mails of before: an answer to one of them finds its thread.
INSERT INTO mail_reference (mail, message_id, kind, position)
SELECT mail, MIN(message_id), 'own', 0 FROM mailbox_mail
WHERE mail IS NOT NULL AND message_id LIKE '<%@%>' AND message_id NOT LIKE '% %'
GROUP BY mail;

-- Which thread a mail continues, decided once: the platform may have been told.
CREATE TABLE mail_conversation (
    mail BIGINT NOT NULL PRIMARY KEY,
    thread TEXT,                         -- null for a thread of its own
    resolved TEXT,                       -- the thread that it would continue if that was not resolved or gone
    answers TEXT,                        -- a line about a thread that it may not continue
    reply TEXT,                          -- the platform's Id of the message whose reply it returns, for a bounce
    bounced TEXT,                        -- what the hotel reads of the bounce
    decided BIGINT NOT NULL
);
CREATE INDEX mail_conversation_resolved ON mail_conversation (resolved) WHERE resolved IS NOT NULL;
-- Locked while a decision is made, since two nodes must not decide about one conversation at once.
INSERT INTO mail_conversation (mail, decided) VALUES (0, 0);

-- Messages that are to be added to threads: intents, what is known about each, and outcomes.
CREATE TABLE message_add (
    id ${identity},
    connection TEXT NOT NULL,
    item_key TEXT NOT NULL,              -- of the mail, and of its item in spool:messages
    part INTEGER NOT NULL,
    mail BIGINT NOT NULL,
    thread TEXT NOT NULL,
    text TEXT,                           -- null when it is settled
    state TEXT NOT NULL,                 -- staged | adding | added | refused | discarded
    since BIGINT NOT NULL DEFAULT 0,     -- the platform's time before the first request
    attempts INTEGER NOT NULL DEFAULT 0, -- requests that were, or may have been, sent
    expires BIGINT NOT NULL DEFAULT 0,   -- from then on the last request can have no effect; this side's time
    process TEXT,                        -- whose clock that is
    read_backs INTEGER NOT NULL DEFAULT 0, -- how often the platform was asked since the last request
    touched BIGINT NOT NULL,
    message TEXT,                        -- the message that it became
    code TEXT,                           -- why it was refused, or why its item is dead
    reason TEXT
);
CREATE UNIQUE INDEX message_add_item ON message_add (connection, item_key, part);
CREATE INDEX message_add_thread ON message_add (thread, id) WHERE state IN ('staged', 'adding');
CREATE INDEX message_add_refused ON message_add (id) WHERE state = 'refused';
CREATE INDEX message_add_added ON message_add (connection) WHERE state = 'added';
-- One unresolved message in a thread: two could not be told apart.
CREATE UNIQUE INDEX message_add_adding ON message_add (thread) WHERE state = 'adding' AND code IS NULL;
CREATE INDEX message_add_mail ON message_add (mail);

-- Threads and messages pause independently of each other.
CREATE TABLE add_pauses (
    connection TEXT NOT NULL,
    operation TEXT NOT NULL DEFAULT 'threads', -- threads | messages
    refused BOOLEAN NOT NULL,            -- whether only a person can end its cause
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,               -- then one tries
    failures INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (connection, operation)
);
INSERT INTO add_pauses (connection, refused, since, until, failures, reason)
    SELECT connection, refused, since, until, failures, reason FROM add_pause;
DROP TABLE add_pause;
ALTER TABLE add_pauses RENAME TO add_pause;

-- Messages of the platform that belong to an add, and to no other one.
CREATE TABLE message_owner (
    message TEXT NOT NULL PRIMARY KEY,
    message_add BIGINT NOT NULL
);

-- Messages of the hotel that are sent to a guest, each once.
CREATE TABLE reply (
    message TEXT NOT NULL PRIMARY KEY,   -- its Id on the platform, and the key of its item in spool:replies
    connection TEXT NOT NULL,
    thread TEXT NOT NULL,
    created BIGINT NOT NULL,             -- the platform's time
    seen BIGINT NOT NULL,
    state TEXT NOT NULL,                 -- waiting | sent | withheld | bounced
    why TEXT,                            -- one line for people
    message_id TEXT,                     -- of its mail, recorded before it is sent
    recipient TEXT,
    stopped BOOLEAN NOT NULL DEFAULT FALSE, -- whether it is withheld because its conversation is stopped
    fingerprint TEXT,                    -- of its words, to recognise programs that write the same again and again
    changed BIGINT NOT NULL
);
CREATE UNIQUE INDEX reply_message_id ON reply (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX reply_thread ON reply (thread, created);
CREATE INDEX reply_recipient ON reply (recipient, changed) WHERE recipient IS NOT NULL;

-- How a connection is asked for messages of the hotel.
CREATE TABLE reply_pull (
    connection TEXT NOT NULL PRIMARY KEY,
    owner TEXT,                          -- the process that asks now
    lease BIGINT NOT NULL DEFAULT 0,     -- until when that holds
    asked BIGINT NOT NULL DEFAULT 0,     -- when it was last asked about conversations at rest; the ledger's time
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    failing BIGINT NOT NULL DEFAULT 0,   -- since when; 0 while the platform answers
    due BIGINT NOT NULL DEFAULT 0,       -- when it may be asked again after a failure
    reason TEXT                          -- one line for people; null while the platform answers
);
