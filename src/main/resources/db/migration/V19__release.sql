-- What a person wrote when releasing a mail, in place of what the route takes from it; null: as the route has it.
ALTER TABLE mail ADD COLUMN release_sender TEXT;
ALTER TABLE mail ADD COLUMN release_subject TEXT;

-- The latest conversations, whatever their connection.
CREATE INDEX conversation_latest ON conversation (active, id);
