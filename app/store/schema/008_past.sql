-- LOCAL: what is kept for a hub that was put back to an earlier day.

CREATE TABLE past_epoch (
	epoch BLOB PRIMARY KEY CHECK (length(epoch) = 8), -- a hub epoch that is over
	left_seq INTEGER NOT NULL,          -- up to here its log is that of the epoch that is now
	place INTEGER NOT NULL              -- the highest is the one that was left last
) WITHOUT ROWID;

CREATE TABLE given_back (
	epoch BLOB NOT NULL CHECK (length(epoch) = 8), -- a past one, of a hub
	past_seq INTEGER NOT NULL,          -- the number that an op had in it
	hub_seq INTEGER NOT NULL,           -- and has in the log now
	PRIMARY KEY (epoch, past_seq)
) WITHOUT ROWID;

CREATE TABLE kept_delta (
	id INTEGER PRIMARY KEY,             -- in the order in which they came
	epoch BLOB NOT NULL CHECK (length(epoch) = 8), -- hub epoch
	first INTEGER NOT NULL,             -- hub_seq of its first op
	last INTEGER NOT NULL,              -- and of its last
	wall_ms INTEGER NOT NULL,           -- when it came, ms since 1970 UTC
	bytes BLOB NOT NULL,                -- the frame, as the hub signed it
	UNIQUE (epoch, first)
);
