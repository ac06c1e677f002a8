-- SYNCED: in `op`, hub_seq from 2^60 up is a number of this kiosk's own, given to an op that its hub
-- has not numbered yet ("pending"). Such ops are folded after all others.

CREATE INDEX op_by_base ON op (base) WHERE hub_seq >= 1152921504606846976;

-- LOCAL: the hub that numbers this store's ops. Without a row, the store numbers them itself.

CREATE TABLE hub (
	id INTEGER PRIMARY KEY CHECK (id = 1), -- there is one row
	epoch BLOB NOT NULL CHECK (length(epoch) = 8),  -- whose numbers these are
	hub_seq INTEGER NOT NULL,           -- the log is whole up to here
	chain BLOB NOT NULL CHECK (length(chain) = 32), -- over the log up to here
	state BLOB NOT NULL CHECK (length(state) = 32)  -- state hash up to here, nothing pending folded
);

CREATE TABLE undo (
	id INTEGER PRIMARY KEY,             -- the last one is taken back first
	changes BLOB NOT NULL               -- of the folds, by pending ops: a changeset of SQLite's
);
