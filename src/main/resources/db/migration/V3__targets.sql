-- Targets that were on at any time: their spools collect even when they are off.
CREATE TABLE target (
    name  VARCHAR(63) NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);
