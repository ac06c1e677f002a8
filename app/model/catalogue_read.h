/* Reading the fields of one record as values of C, for catalogue.c: a field that is absent, null or
 * of the wrong type gives the absent value, and the last of these is reported. */
#pragma once
#include "model/catalogue.h"

struct field_reader {
	struct arena *arena;
	const struct record *record;
	void (*complain)(void *context, const char *message); /* may be NULL */
	void *context;
};

/* "initiative <id> cost.amount: not a number". */
void field_complain(const struct field_reader *reader, uint16_t number, const char *why);

struct str field_text(const struct field_reader *reader, uint16_t number);
bool field_bool(const struct field_reader *reader, uint16_t number);
/* Within low..high, else `absent`. */
int field_int(const struct field_reader *reader, uint16_t number, int low, int high, int absent);
double field_number(const struct field_reader *reader, uint16_t number, double absent);
struct str_list field_text_list(const struct field_reader *reader, uint16_t number);
struct date field_date(const struct field_reader *reader, uint16_t number);
/* The nil UUID when absent. */
struct uuid field_uuid(const struct field_reader *reader, uint16_t number);
/* The position of a text among words that end with NULL, else `absent`. */
int field_word(
	const struct field_reader *reader, uint16_t number, const char *const *words, int absent);
/* Local times; those that do not parse are left out. */
struct local_time *field_local_times(
	const struct field_reader *reader, uint16_t number, size_t *count);
/* An array or object as it is; NULL when absent. */
const struct json *field_array(const struct field_reader *reader, uint16_t number);
const struct json *field_object(const struct field_reader *reader, uint16_t number);

/* The same for members of an object inside a field. */
int word_index(struct str text, const char *const *words, int absent);
bool json_is_true(const struct json *value);
