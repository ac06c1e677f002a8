-- LOCAL: whose sealed details were destroyed, so that none come back: by an old stick, from a
-- back-up, or with a kiosk of an earlier day. Ids only. The same list stands in a file beside the
-- database (erasure_file.c).

CREATE TABLE erasure (
	entity BLOB PRIMARY KEY CHECK (length(entity) = 16), -- UUID of a sign-up or wish
	entity_type INTEGER NOT NULL,       -- ENTITY_REGISTRATION or ENTITY_WISH; unknown ones too
	erased_ms INTEGER NOT NULL,         -- ms since 1970 UTC, by the clock of who erased
	heard BLOB,                         -- hub epoch of the hub that has it too; NULL: unknown
	filed INTEGER NOT NULL DEFAULT 0    -- 1: stands in the file
) WITHOUT ROWID;
CREATE INDEX erasure_by_filed ON erasure (filed) WHERE filed = 0;
