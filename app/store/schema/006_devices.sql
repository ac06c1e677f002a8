-- LOCAL: what a hub keeps about its devices.

CREATE TABLE invitation (
	secret BLOB PRIMARY KEY CHECK (length(secret) = 32), -- whoever proves to know it is let in
	name TEXT NOT NULL,                 -- what staff will call the device
	place BLOB NOT NULL CHECK (length(place) = 16), -- UUID, where it stands; zeroes: not said
	until_ms INTEGER NOT NULL,          -- taken until then, ms since 1970 UTC
	device BLOB                         -- who came with it; NULL: nobody yet
) WITHOUT ROWID;

CREATE TABLE device_seen (
	device BLOB PRIMARY KEY CHECK (length(device) = 8),
	hub_seq INTEGER NOT NULL,           -- how much of the log it had
	wall_ms INTEGER NOT NULL            -- when its frames came here, ms since 1970 UTC
) WITHOUT ROWID;

CREATE TABLE device_epoch (
	device BLOB NOT NULL CHECK (length(device) = 8),
	epoch BLOB NOT NULL CHECK (length(epoch) = 8),
	previous BLOB NOT NULL CHECK (length(previous) = 8), -- it says it wrote in before; zeroes: none
	previous_last INTEGER NOT NULL,     -- and up to which seq
	PRIMARY KEY (device, epoch)
) WITHOUT ROWID;

CREATE TABLE held (
	device BLOB NOT NULL CHECK (length(device) = 8),
	epoch BLOB NOT NULL CHECK (length(epoch) = 8),
	first INTEGER NOT NULL,             -- seq of its first op; those before it did not come yet
	bytes BLOB NOT NULL,                -- the frame as it came
	PRIMARY KEY (device, epoch, first)
) WITHOUT ROWID;

CREATE TABLE chain (
	hub_seq INTEGER PRIMARY KEY,        -- see app/sync/format.md; not every number has a row
	hash BLOB NOT NULL CHECK (length(hash) = 32)
);

CREATE TABLE notice (
	id INTEGER PRIMARY KEY,
	device BLOB NOT NULL CHECK (length(device) = 8),
	kind INTEGER NOT NULL,              -- enum notice_kind
	wall_ms INTEGER NOT NULL,           -- when it was noticed
	UNIQUE (device, kind)
);
