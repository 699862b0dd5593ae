-- What is in hand whenever the process ends without having stopped may be what ends it.
ALTER TABLE spool_batch ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;  -- how often its worker was gone, in a row
ALTER TABLE spool_parcel ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0; -- how often it was in hand alone when the process ended
ALTER TABLE pull_window ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;  -- how often its walker was gone since its last page
