-- FOLDS: which wishes came in a flood.

ALTER TABLE wish ADD COLUMN marked INTEGER NOT NULL DEFAULT 0; -- 1: staff look twice
CREATE INDEX wish_by_order ON wish (device, hub_seq);
