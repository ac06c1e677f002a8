/* Signing up. One transaction seals the contact details to the key of the month, appends the
 * request and this kiosk's decision, and counts the seats; when store_register() says true, a power
 * cut takes nothing back. The link's token and the code on the card are stored only as hashes.
 *
 * The kiosk owns the seats of its meetings. Whoever comes when seats are free gets them, unless
 * somebody is waiting already: nobody overtakes the waiting list. A decision is never withdrawn. */
#pragma once
#include "model/catalogue.h"
#include "store/store.h"

#define REGISTRATION_CODE_CHARS 8
#define REGISTRATION_TOKEN_CHARS 26
#define REGISTRATION_NAME_MAX_BYTES 200
#define REGISTRATION_PHONE_MAX_BYTES 40
#define REGISTRATION_BEST_TIME_MAX_BYTES 200
#define REGISTRATION_FLOOD_PER_HOUR 20 /* beyond it, sign-ups are marked for staff */
#define FOLLOW_BY_MAX_BYTES 80

enum registration_outcome { /* numbers are in the log */
	OUTCOME_ASKED = 0, /* not decided yet: another device gives out those seats */
	OUTCOME_CONFIRMED = 1,
	OUTCOME_WAITING = 2,
	OUTCOME_CANCELLED = 3,
};

enum follow_status { /* of an introduction; numbers are in the log */
	FOLLOW_RECEIVED = 0,
	FOLLOW_TAKEN_ALONG = 1, /* staff took the details with them */
	FOLLOW_TAKEN_UP = 2, /* by somebody, who calls */
};

struct registration_request {
	struct uuid initiative;
	struct uuid schedule; /* nil for an introduction */
	struct local_time rule_start; /* the occurrence's, zero for an introduction */
	int64_t ends_utc_s; /* of the occurrence: the details expire some days later */
	int party_size; /* with the one who asks */
	bool wants_companion;
	struct str first_name, phone, best_time; /* each may be empty */
};

struct registration_result {
	struct uuid id;
	enum registration_outcome outcome; /* not OUTCOME_CANCELLED */
	int place; /* on the waiting list, from 1; else 0 */
	char code[REGISTRATION_CODE_CHARS + 1];
	char token[REGISTRATION_TOKEN_CHARS + 1]; /* base 32 (RFC 4648), 128 bits */
	bool keys_used_up; /* sealed to the last key, whose month is over */
};

/* ERROR_REFUSED: the initiative takes no registrations (walk-in, not active), is sensitive and the
 * request holds contact details, is over, the party is too large, or the env's randomness comes
 * from a seed while registrations are real. ERROR_LIMIT: full, or a text too long. ERROR_NOT_FOUND:
 * no such initiative or schedule. Wipe the result when it has been shown. */
bool store_register(struct store *store, const struct registration_request *request,
	struct registration_result *result, struct error *err);

struct registration {
	struct uuid id, initiative, schedule;
	struct local_time rule_start;
	int party_size;
	enum registration_mode mode;
	bool wants_companion;
	enum registration_outcome outcome;
	int place; /* on the waiting list as it is now, from 1; else 0 */
	enum follow_status followed; /* see follow.h */
	char followed_by[FOLLOW_BY_MAX_BYTES + 1]; /* empty: nobody was named */
};

/* The registration of a code as somebody types it: either case, blanks and dashes ignored.
 * ERROR_NOT_FOUND when there is none. Whoever calls counts the tries. */
bool store_find_code(
	struct store *store, struct str code, struct registration *found, struct error *err);

/* Cancels, erases the sealed details, and moves up who waits, in the order of the list, until
 * somebody does not fit.
 * Cancelling again changes nothing. */
bool store_cancel(struct store *store, struct uuid id, struct error *err);

struct seats_taken {
	int taken; /* people confirmed */
	int waiting; /* registrations on the waiting list */
};
bool store_seats(struct store *store, struct uuid schedule, struct local_time rule_start,
	struct seats_taken *seats, struct error *err);

struct occurrence_seats {
	struct uuid schedule;
	struct local_time rule_start;
	struct seats_taken seats;
};
/* The same for every occurrence from that day on that has a sign-up, in one statement: by schedule
 * and start. */
bool store_all_seats(struct store *store, struct arena *arena, struct date from,
	struct occurrence_seats **all, size_t *count, struct error *err);

/* Registrations that are confirmed or waiting. -1 with err set on failure. */
int64_t store_registration_count(struct store *store, struct error *err);

/* The sealed details of a registration, for who holds the keys: the call list. box is empty when
 * there are none (any more). */
bool store_sealed(struct store *store, struct arena *arena, struct uuid id, struct str *box,
	struct error *err);
