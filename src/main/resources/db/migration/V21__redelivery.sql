-- What was pulled when a re-delivery began: what is pulled later goes to the spool by itself.
ALTER TABLE redelivery ADD COLUMN gaps TEXT;        -- time not covered: first and last nanosecond of each gap, by blanks
ALTER TABLE redelivery ADD COLUMN last_page BIGINT; -- the last page_digest; null: begun before this was recorded
