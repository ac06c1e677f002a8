-- SYNCED: the log. The only truth; everything under FOLDS can be made from it again.

CREATE TABLE writer (
	id INTEGER PRIMARY KEY,             -- short name of this pair, within this database only
	device BLOB NOT NULL CHECK (length(device) = 8), -- whose ops these are
	epoch BLOB NOT NULL CHECK (length(epoch) = 8),   -- random, drawn at each start of a program
	UNIQUE (device, epoch)
);

CREATE TABLE op (
	hub_seq INTEGER PRIMARY KEY,        -- 1, 2, 3, ... without a gap within the hub epoch
	writer INTEGER NOT NULL REFERENCES writer (id),
	seq INTEGER NOT NULL,               -- 1, 2, 3, ... within the writer
	wall_ms INTEGER NOT NULL,           -- writer's clock, ms since 1970 UTC
	clock INTEGER NOT NULL,             -- enum clock_quality of that clock
	kind INTEGER NOT NULL,              -- enum op_kind; an unknown one is kept and not folded
	entity_type INTEGER NOT NULL,       -- enum entity_type, or ENTITY_REGISTRATION
	entity BLOB NOT NULL CHECK (length(entity) = 16), -- UUID
	field INTEGER NOT NULL,             -- number of the field that OP_SET sets, else 0
	base INTEGER NOT NULL,              -- hub_seq of the version that the writer saw, 0: none
	value BLOB,                         -- OP_SET: compact JSON, NULL unsets; else see payload.h
	UNIQUE (writer, seq)
);

-- FOLDS: what the log says now. Changed only by folding an op, in the op's own transaction.

CREATE TABLE fold_state (
	id INTEGER PRIMARY KEY CHECK (id = 1), -- there is one row
	hub_seq INTEGER NOT NULL,           -- last op folded
	hash BLOB NOT NULL CHECK (length(hash) = 32) -- sum of the hashes of all rows below
);

CREATE TABLE field (
	entity_type INTEGER NOT NULL,       -- enum entity_type; unknown ones too
	entity BLOB NOT NULL,               -- UUID
	number INTEGER NOT NULL,            -- number of the field; unknown ones too
	value BLOB,                         -- compact JSON; NULL: unset, its version still counts
	hub_seq INTEGER NOT NULL,           -- op that set it: the version of the field
	wall_ms INTEGER NOT NULL,           -- when that op was written, for edits that cross
	PRIMARY KEY (entity_type, entity, number)
) WITHOUT ROWID;

CREATE TABLE conflict (
	hub_seq INTEGER PRIMARY KEY,        -- op that lost, whose value waits for staff
	entity_type INTEGER NOT NULL,       -- of the field in question
	entity BLOB NOT NULL,               -- UUID
	number INTEGER NOT NULL             -- number of the field
);

CREATE TABLE registration (
	id BLOB PRIMARY KEY,                -- UUID
	device BLOB NOT NULL,               -- that asked
	initiative BLOB NOT NULL,           -- UUID
	schedule BLOB NOT NULL,             -- UUID; zeroes for an introduction
	occurrence INTEGER NOT NULL,        -- start as the rule gives it, s on the wall since 1970
	party_size INTEGER NOT NULL,        -- people, the one who asks included
	mode INTEGER NOT NULL,              -- enum registration_mode
	companion INTEGER NOT NULL,         -- 1: wants somebody to walk along
	code_hash BLOB NOT NULL,            -- of the code on the card, keyed by this kiosk
	token_hash BLOB NOT NULL,           -- of the token in the link
	commitment BLOB NOT NULL,           -- to the sealed details; zeroes: there are none
	expires_ms INTEGER NOT NULL,        -- when the details go, ms since 1970 UTC; 0: not dated yet
	hub_seq INTEGER NOT NULL,           -- op that asked: the order of the waiting list
	outcome INTEGER NOT NULL,           -- enum registration_outcome
	place INTEGER NOT NULL,             -- on the waiting list when decided, from 1; else 0
	decided_seq INTEGER NOT NULL        -- op that decided; 0: none yet
) WITHOUT ROWID;
CREATE INDEX registration_by_occurrence ON registration (schedule, occurrence, hub_seq);
CREATE INDEX registration_by_code ON registration (code_hash);

-- LOCAL: of this kiosk alone, never on a stick.

CREATE TABLE local (
	name TEXT PRIMARY KEY,              -- what it is: see store/inside.h
	value BLOB NOT NULL                 -- its bytes
) WITHOUT ROWID;

CREATE TABLE sealed (
	registration BLOB PRIMARY KEY,      -- UUID
	salt BLOB NOT NULL,                 -- 16 bytes of the commitment
	box BLOB NOT NULL,                  -- contact details, sealed to the key of the month
	saved_ms INTEGER NOT NULL,          -- ms since 1970 UTC, by this kiosk's clock
	expires_ms INTEGER NOT NULL,        -- erased from then on; 0: saved while the clock was unsure
	retention_days INTEGER NOT NULL     -- to date it by, once the clock is sure
) WITHOUT ROWID;
CREATE INDEX sealed_by_expiry ON sealed (expires_ms);
