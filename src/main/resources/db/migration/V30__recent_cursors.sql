-- The last cursors with their UpdatedUtc, resume_cursor last: where a resumed window goes on when the platform drops
-- it.
ALTER TABLE pull_window ADD COLUMN recent_cursors TEXT;
