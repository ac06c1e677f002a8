-- LOCAL: search. Made from the folds of the catalogue (see search_index.c), not part of the state
-- hash, and made again when the value "search" of `local` is not the program's own version of it.
-- All texts are folded (model/fold_text.h).

CREATE TABLE search_document (
	id INTEGER PRIMARY KEY,             -- rowid of its text in search_text
	initiative BLOB NOT NULL UNIQUE     -- UUID; only active ones have a document
);

CREATE VIRTUAL TABLE search_text USING fts5 (
	name,                               -- of the initiative
	tagline,                            -- of the initiative
	about,                              -- themes, place, people, asks, offers
	body,                               -- summary, description, first visit
	tokenize = 'ascii', detail = 'column', columnsize = 0, prefix = '1 2 3'
);

CREATE TABLE search_source (
	entity BLOB NOT NULL,               -- UUID of a contact, place or organization
	document INTEGER NOT NULL,          -- search_document that names it
	PRIMARY KEY (entity, document)
) WITHOUT ROWID;
CREATE INDEX search_source_by_document ON search_source (document);

CREATE TABLE search_word (
	id INTEGER PRIMARY KEY,             -- rowid in search_part
	word TEXT NOT NULL UNIQUE,          -- that stands in a document, or once stood in one
	sound TEXT NOT NULL                 -- of the word: fold_sound()
);
CREATE INDEX search_word_by_sound ON search_word (sound);

-- The words by what they have inside: "groep" finds "vrouwengroep".
CREATE VIRTUAL TABLE search_part USING fts5 (
	word, tokenize = 'trigram', content = 'search_word', content_rowid = 'id', columnsize = 0
);

-- A word, and its sound, as they are and without any one letter: two words that differ by one error
-- have a slip in common.
CREATE TABLE search_slip (
	slip TEXT NOT NULL,                 -- see search_slips()
	word INTEGER NOT NULL,              -- search_word
	PRIMARY KEY (slip, word)
) WITHOUT ROWID;
