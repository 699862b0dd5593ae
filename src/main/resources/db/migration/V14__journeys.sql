-- What happened to each version of a thread, and to each item of a spool, for as long as threadpost.journeys.keep says.

-- What came in with one transaction: a page of threads, or an item from a mailbox, a queue or another route.
CREATE TABLE journey_arrival (
    id ${identity},
    at BIGINT NOT NULL,
    connection TEXT,
    pull_window BIGINT NOT NULL,         -- 0: it came from no page
    page BIGINT NOT NULL,                -- of that window, from 1
    oldest_ns BIGINT NOT NULL,           -- UpdatedUtc of the oldest thread
    newest_ns BIGINT NOT NULL,
    items INTEGER NOT NULL,
    filter ${bytes} NOT NULL             -- tells which ids may be in it
);
CREATE INDEX journey_arrival_at ON journey_arrival (at);

-- Apart, so that a search by id reads the filters alone.
CREATE TABLE journey_content (
    arrival BIGINT NOT NULL PRIMARY KEY,
    items ${bytes} NOT NULL,             -- ids, times, steps, spools
    texts ${bytes} NOT NULL              -- subjects and senders
);

-- What became of the items of a batch, settled with one transaction.
CREATE TABLE journey_settlement (
    id ${identity},
    at BIGINT NOT NULL,
    spool TEXT NOT NULL,
    batch BIGINT NOT NULL,               -- 0: a person or a limit ended it
    content ${bytes} NOT NULL
);
CREATE INDEX journey_settlement_at ON journey_settlement (at);

CREATE TABLE journey_parcel (
    parcel BIGINT NOT NULL,
    settlement BIGINT NOT NULL,
    PRIMARY KEY (parcel, settlement)
) ${clustered};
CREATE INDEX journey_parcel_settlement ON journey_parcel (settlement);

-- The ways through the routes, each once a day.
CREATE TABLE journey_path (
    id BIGINT NOT NULL PRIMARY KEY,
    day BIGINT NOT NULL,                 -- days since the epoch
    steps TEXT NOT NULL                  -- as JSON
);
