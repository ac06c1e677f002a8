/* The words that search knows something about, in Dutch and folded. A table of the house: short,
 * read by people, and changed like any text. */
#pragma once

struct related_word {
	const char *word;
	const char *related; /* words that stand in catalogues, blank between them */
};

/* Both end with a NULL. */
extern const char *const small_words[];
extern const struct related_word related_words[];
