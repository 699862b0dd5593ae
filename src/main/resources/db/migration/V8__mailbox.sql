-- A mailbox that is watched: who watches it, and how it stands.
CREATE TABLE mailbox (
    name TEXT NOT NULL PRIMARY KEY,
    begins BIGINT,                       -- mails that came before this stay out
    lease_owner TEXT,
    lease_until BIGINT NOT NULL DEFAULT 0,
    looked BIGINT,                       -- when it was last looked through to the end
    down_since BIGINT,                   -- null while it works
    failures INTEGER NOT NULL DEFAULT 0, -- in a row
    until BIGINT NOT NULL DEFAULT 0,     -- nothing is tried before
    reason TEXT,
    held_since BIGINT,                   -- a person has to say how it goes on; null when nobody has to
    held_for TEXT
);

-- A numbering of its mails: as long as UIDVALIDITY, server and folder are the same, a UID is the same mail.
CREATE TABLE mailbox_era (
    id ${identity},
    mailbox TEXT NOT NULL,
    source TEXT NOT NULL,                -- user@host/folder
    validity BIGINT NOT NULL,
    began BIGINT NOT NULL,
    floor BIGINT NOT NULL,               -- UIDs below were there before, and are left alone
    existed BIGINT NOT NULL,             -- UIDs below were there when it began
    next BIGINT NOT NULL,                -- UIDs below were looked at, but for late ones
    compared BOOLEAN NOT NULL            -- whether the mails that existed were compared with those of the era before
);
CREATE INDEX mailbox_era_source ON mailbox_era (mailbox, source, validity, id);

-- Which mail lies where, and what its mailbox shows of it already.
CREATE TABLE mailbox_mail (
    era BIGINT NOT NULL,
    uid BIGINT NOT NULL,
    mailbox TEXT NOT NULL,
    mail BIGINT,                         -- its number; null for one that stays out, or could not be fetched yet
    note TEXT,                           -- why it stays out, or could not be fetched
    tries INTEGER NOT NULL DEFAULT 0,
    due BIGINT,                          -- when it is fetched again; null when it is not
    message_id TEXT,
    received BIGINT,
    size BIGINT,
    shown TEXT,                          -- the state that the mailbox shows; null for none yet
    moved_to TEXT,                       -- the folder that it was moved to; null when it was not
    moved_validity BIGINT,               -- where it lies there; null when the server has not said
    moved_uid BIGINT,
    PRIMARY KEY (era, uid)
) ${clustered};
CREATE INDEX mailbox_mail_open ON mailbox_mail (mailbox, mail)
    WHERE mail IS NOT NULL AND (shown IS NULL OR shown NOT IN ('thread', 'discarded', 'left'));
CREATE INDEX mailbox_mail_due ON mailbox_mail (era, due) WHERE due IS NOT NULL;
CREATE INDEX mailbox_mail_message ON mailbox_mail (mailbox, message_id) WHERE mail IS NOT NULL;
CREATE INDEX mailbox_mail_number ON mailbox_mail (mail) WHERE mail IS NOT NULL;
