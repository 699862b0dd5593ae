-- The last versions of each route file that ran, different ones, the newest last: to go back to one of them.
CREATE TABLE route_file_version (
    id ${identity},
    name   VARCHAR(255) NOT NULL,
    source TEXT NOT NULL,
    since  BIGINT NOT NULL               -- when it began to run, for the last time
);
CREATE INDEX route_file_version_name ON route_file_version (name, id);
INSERT INTO route_file_version (name, source, since) SELECT name, source, since FROM route_file ORDER BY since, name;
