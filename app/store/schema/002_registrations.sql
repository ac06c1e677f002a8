-- FOLDS: how far a question has come, and which sign-ups came in a flood.

ALTER TABLE registration ADD COLUMN marked INTEGER NOT NULL DEFAULT 0; -- 1: staff look twice
ALTER TABLE registration ADD COLUMN followed INTEGER NOT NULL DEFAULT 0; -- enum follow_status
ALTER TABLE registration ADD COLUMN followed_by TEXT NOT NULL DEFAULT ''; -- who took it up
CREATE INDEX registration_by_order ON registration (hub_seq);

-- LOCAL: what has left this kiosk.

ALTER TABLE sealed ADD COLUMN collected INTEGER NOT NULL DEFAULT 0; -- 1: taken along by staff
