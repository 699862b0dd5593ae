-- Since when the removal of a kind of thing has been announced: what is removed was in health for a while before.
CREATE TABLE retention (
    kind TEXT NOT NULL PRIMARY KEY,
    keep BIGINT NOT NULL,                -- milliseconds, as set when it was announced
    since BIGINT NOT NULL,               -- 0: there was nothing to announce
    ran BIGINT NOT NULL                  -- when a process last looked for what is to be removed
);

CREATE INDEX spool_parcel_dead_age ON spool_parcel (COALESCE(failed, created)) WHERE state = 'dead';
CREATE INDEX mail_parked_age ON mail (changed, bytes) WHERE state IN ('parked', 'failed');

-- With what a ceiling counts, so that counting reads the index alone.
DROP INDEX spool_parcel_finished;
CREATE INDEX spool_parcel_finished ON spool_parcel (finished, size) WHERE state = 'finished';
DROP INDEX mail_kept;
CREATE INDEX mail_kept ON mail (changed, bytes) WHERE purged IS NULL AND state IN ('thread', 'discarded');
