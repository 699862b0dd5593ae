-- What a person wants to know about an item that failed, without reading its content.
ALTER TABLE spool_parcel ADD COLUMN item_key TEXT;               -- of an item by itself; null in all other parcels
ALTER TABLE spool_parcel ADD COLUMN connection TEXT;
ALTER TABLE spool_parcel ADD COLUMN failures INTEGER NOT NULL DEFAULT 0; -- failed tries, those included that count against nobody
ALTER TABLE spool_parcel ADD COLUMN failed BIGINT;               -- when it failed last; it was created when it failed first

CREATE INDEX spool_parcel_dead_id ON spool_parcel (id) WHERE state = 'dead';
CREATE INDEX spool_parcel_dead_key ON spool_parcel (item_key) WHERE state = 'dead';
-- Discarded by a person: kept for a while like finished ones.
CREATE INDEX spool_parcel_discarded ON spool_parcel (finished) WHERE state = 'discarded';

-- Many that were replayed together are due at the same time.
DROP INDEX spool_parcel_alone;
CREATE INDEX spool_parcel_alone ON spool_parcel (spool, due, id) WHERE state = 'waiting' AND upto IS NULL AND alone;

-- A spool that a person holds: nothing is handed out, whatever its target does.
CREATE TABLE spool_hold (
    spool TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL,
    reason TEXT NOT NULL
);
