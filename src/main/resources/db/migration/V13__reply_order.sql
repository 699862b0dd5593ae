-- A reply that the mail server refuses has the state refused.
-- The place of a reply among those of its thread that the hotel wrote at the same time.
ALTER TABLE reply ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
CREATE INDEX reply_waiting ON reply (thread, created) WHERE state = 'waiting';

-- Letters of a mail's own words, without quotes; and those of them that its author typed, without lines of the mail
-- before, such as signatures. Null when they are not known.
ALTER TABLE mail ADD COLUMN letters INTEGER;
ALTER TABLE mail ADD COLUMN typed INTEGER;
-- Whether it quotes another mail, or names a mail program of people: few other programs do.
ALTER TABLE mail ADD COLUMN by_person BOOLEAN NOT NULL DEFAULT FALSE;

-- The platform's time: what the hotel wrote until then is not pulled any more, since its replies are purged.
ALTER TABLE conversation ADD COLUMN purged BIGINT NOT NULL DEFAULT 0;
CREATE INDEX reply_settled ON reply (changed) WHERE state <> 'waiting';
