-- Dedupe keys, one row for each page: a row for each version would be written to as many places of its table.
-- Keys of before stay in thread_version, and count until they are purged.
CREATE TABLE thread_version_block (
    id ${identity},
    connection TEXT NOT NULL,
    first_ns BIGINT NOT NULL,            -- the earliest UpdatedUtc in it
    last_ns BIGINT NOT NULL,             -- the latest
    size INTEGER NOT NULL,               -- versions in it
    versions ${bytes} NOT NULL
);
CREATE INDEX thread_version_block_id ON thread_version_block (connection, id);
CREATE INDEX thread_version_block_time ON thread_version_block (connection, first_ns, last_ns, size);
