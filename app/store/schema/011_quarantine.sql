-- LOCAL: what a hub heard from devices after it had struck them off.

CREATE TABLE quarantine (
	device BLOB NOT NULL CHECK (length(device) = 8),
	epoch BLOB NOT NULL CHECK (length(epoch) = 8),
	first INTEGER NOT NULL,             -- seq of the first op that does not count
	ops INTEGER NOT NULL,               -- how many do not
	wall_ms INTEGER NOT NULL,           -- when the frame came, ms since 1970 UTC
	bytes BLOB NOT NULL,                -- the frame as it came
	PRIMARY KEY (device, epoch, first)
) WITHOUT ROWID;
