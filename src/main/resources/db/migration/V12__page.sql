-- How the spools changed over the last day, for the charts of the operators' page.
CREATE TABLE spool_sample (
    at BIGINT NOT NULL,
    spool TEXT NOT NULL,
    waiting BIGINT NOT NULL,
    dead BIGINT NOT NULL,
    delivered BIGINT NOT NULL,           -- since the sample before
    PRIMARY KEY (at, spool)
) ${clustered};

-- With the spool, so that a sample counts what was delivered by the index alone.
DROP INDEX spool_parcel_finished;
CREATE INDEX spool_parcel_finished ON spool_parcel (finished, size, spool) WHERE state = 'finished';

-- Mails that wait, by mailbox.
CREATE INDEX mail_unsettled ON mail (mailbox, state) WHERE state IN ('waiting', 'parked', 'failed');
