-- How far journeys were exported as traces, and by which process; no row while traces are off.
CREATE TABLE trace_export (
    id INTEGER NOT NULL PRIMARY KEY,     -- 1
    arrival BIGINT NOT NULL,             -- the last journey_arrival that was exported
    settlement BIGINT NOT NULL,          -- the last journey_settlement
    lease_owner TEXT NOT NULL,
    lease_until BIGINT NOT NULL
);
