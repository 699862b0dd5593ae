-- What people did, and never with content.
CREATE TABLE audit_entry (
    id ${identity},
    at BIGINT NOT NULL,
    who TEXT NOT NULL,                   -- token | loopback, and the user that a command names
    origin TEXT NOT NULL,                -- the address that the request came from
    action TEXT NOT NULL,                -- such as spools/hold
    target TEXT NOT NULL,                -- what it was about; persons by a keyed hash
    result TEXT                          -- null when the process ended before the action did
);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE INDEX audit_entry_target ON audit_entry (target);
