-- FOLDS: what neighbours would like to do together, and how far each wish has come.

CREATE TABLE wish (
	id BLOB PRIMARY KEY,                -- UUID
	device BLOB NOT NULL,               -- that kept it
	card TEXT NOT NULL,                 -- code of the card; unknown ones too
	code_hash BLOB NOT NULL,            -- of the code to withdraw it by, keyed by that kiosk
	commitment BLOB NOT NULL,           -- to the sealed number to call; zeroes: there is none
	saved_ms INTEGER NOT NULL,          -- by the writer's clock, ms since 1970 UTC
	expires_ms INTEGER NOT NULL,        -- counts until then; 0: saved while the clock was unsure
	hub_seq INTEGER NOT NULL,           -- op that kept it
	withdrawn_seq INTEGER NOT NULL      -- op that withdrew it; 0: it stands
) WITHOUT ROWID;
CREATE INDEX wish_by_card ON wish (card);
CREATE INDEX wish_by_code ON wish (code_hash);

CREATE TABLE route (
	card TEXT PRIMARY KEY,              -- code of the card whose wishes belong together
	step INTEGER NOT NULL,              -- of the routekaart: enum route_step
	hub_seq INTEGER NOT NULL,           -- op that set it
	wall_ms INTEGER NOT NULL            -- when that op was written
) WITHOUT ROWID;
