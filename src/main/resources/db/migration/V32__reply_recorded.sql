-- When a reply's mail was recorded, just before its first try: an answer may come before the mail server's own
-- answer, which then is lost. Null for older replies.
ALTER TABLE reply ADD COLUMN recorded BIGINT;
