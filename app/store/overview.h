/* The day in numbers, for the host: nothing here names anybody. */
#pragma once
#include "model/time.h"
#include "store/store.h"

/* The host's day: the date on the wall, and from when until when it lasts. */
struct store_day {
	struct date date;
	int64_t from_ms, until_ms; /* UTC; until_ms belongs to the next day */
};

struct store_overview {
	int new_today; /* sign-ups, questions and wishes with a number saved today that stand */
	int waiting; /* sign-ups on a waiting list, from today on */
	int coming_today; /* people with a seat today */
	int open_questions; /* that nobody took up */
	int marked; /* sign-ups and wishes that stand and have not expired: saved in a flood */
	int uncollected; /* sealed details that staff have not taken along */
	int64_t oldest_uncollected_ms; /* 0: none, or saved while nobody knew the time */
	int64_t last_collected_ms; /* 0: never */
};

bool store_overview(struct store *store, const struct store_day *day,
	struct store_overview *overview, struct error *err);

/* Staff took the sealed details along: all that are here now count as collected, at this moment.
 * They stay until they expire. */
bool store_mark_collected(struct store *store, struct error *err);
