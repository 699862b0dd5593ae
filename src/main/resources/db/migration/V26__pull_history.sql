-- Since when each enterprise of a connection is pulled.

CREATE TABLE pulled_enterprise (
    connection TEXT NOT NULL,
    enterprise TEXT NOT NULL,            -- its id, in small letters
    left_ns BIGINT NOT NULL DEFAULT 0,   -- until when it was pulled; 0: it is pulled now
    PRIMARY KEY (connection, enterprise)
);

CREATE TABLE enterprise_gap (
    connection TEXT NOT NULL,
    enterprise TEXT NOT NULL,
    start_ns BIGINT NOT NULL,            -- time that is covered for the connection, but not for this enterprise
    end_ns BIGINT NOT NULL,
    PRIMARY KEY (connection, enterprise, start_ns)
);

-- Time that passes again on the platform, since its clock was set back: audited until it has passed.
ALTER TABLE pull_connection ADD COLUMN repeated_from_ns BIGINT;
ALTER TABLE pull_connection ADD COLUMN repeated_to_ns BIGINT;
