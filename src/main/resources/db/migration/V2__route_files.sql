-- The last source of each route file that ran.
CREATE TABLE route_file (
    name   VARCHAR(255) NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    since  BIGINT NOT NULL
);
