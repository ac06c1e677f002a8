/* Dates, times, amounts and rhythms as people say them. The words and their order stand in the
 * messages; here is only which message it is. Examples are Dutch / English. All memory is the
 * arena's. Lower-case forms are for inside a sentence, _start forms for its beginning. */
#pragma once
#include "i18n/i18n.h"
#include "model/recurrence.h"
#include "model/time.h"

struct str say_number(struct i18n *i18n, struct arena *arena, int64_t number);

struct str say_weekday(struct i18n *, struct arena *, enum weekday); /* dinsdag / Tuesday */
struct str say_weekday_start(struct i18n *, struct arena *, enum weekday); /* Dinsdag / Tuesday */
struct str say_weekday_short(struct i18n *, struct arena *, enum weekday); /* di / Tue */
struct str say_month(struct i18n *, struct arena *, int month); /* december / December */
struct str say_month_short(struct i18n *, struct arena *, int month); /* dec / Dec */

struct str say_day(struct i18n *, struct arena *, struct date); /* dinsdag 1 december */
struct str say_day_start(struct i18n *, struct arena *, struct date); /* Dinsdag 1 december */
struct str say_day_short(struct i18n *, struct arena *, struct date); /* di 1 dec */
struct str say_day_year(struct i18n *, struct arena *, struct date); /* dinsdag 1 december 2026 */

struct str say_time(struct i18n *, struct arena *, int hour, int minute); /* 9.30 / 9:30 */
struct str say_time_hour(struct i18n *, struct arena *, int hour, int minute); /* 9.30 uur / 9:30 */
/* half tien / half past nine; a time that is no multiple of five minutes as say_time_hour. */
struct str say_time_words(struct i18n *, struct arena *, int hour, int minute);
/* 9.30 – 11.30; past midnight the second time is the next day's. */
struct str say_time_range(struct i18n *, struct arena *, struct local_time start, int minutes);
/* dinsdag 8 december, 9.30 uur / Tuesday 8 December, 9:30 */
struct str say_moment(struct i18n *, struct arena *, struct local_time);
/* za 16 jan, 14.00 / Sat 16 Jan, 14:00 */
struct str say_moment_short(struct i18n *, struct arena *, struct local_time);

/* twee uur, anderhalf uur, een half uur, 20 minuten / two hours, ... minutes > 0. */
struct str say_duration(struct i18n *, struct arena *, int minutes);

/* 1 or 2,50 / 2.50: for a message that names the coin itself. amount >= 0. */
struct str say_amount(struct i18n *, struct arena *, double amount);
/* gratis, 1 euro, 2,50 euro; another currency by its code: 3 CHF. */
struct str say_money(struct i18n *, struct arena *, double amount, struct str currency);

/* Vandaag, Morgen, Deze week, Volgende week, Over 2 weken, In januari. Weeks begin on Monday. A
 * day that is over is said as say_day_start. Not for an unsure clock. */
struct str say_when(struct i18n *, struct arena *, struct date day, struct date today);

/* Elke dinsdag / De 1e woensdag van de maand / Eén keer. */
struct str say_rhythm(struct i18n *, struct arena *, struct rhythm);
/* Elke dinsdag, twee uur. */
struct str say_rhythm_duration(struct i18n *, struct arena *, struct rhythm, int minutes);
/* Elke dinsdag, 9.30: what an unsure clock can still say. */
struct str say_rhythm_time(struct i18n *, struct arena *, struct rhythm, int hour, int minute);

/* Digits as typed or stored (blanks and dashes are dropped) in groups: 06 12 34 56 78. Works on
 * the beginning of a number too. Keeps its order in a right-to-left text. */
struct str say_phone(struct i18n *, struct arena *, struct str phone);
/* 06 12 •• •• 78 */
struct str say_phone_masked(struct i18n *, struct arena *, struct str phone);
/* The code to write down, 4 + 4: 7KMP 4RTX. Works on the beginning too. */
struct str say_code(struct i18n *, struct arena *, struct str code);

/* koken, lezen en praten. An empty list is the empty str. */
struct str say_list(struct i18n *, struct arena *, const struct str *items, size_t count);

/* Goedemorgen from 6, goedemiddag from 12, goedenavond from 18 o'clock. */
struct str say_greeting(struct i18n *, struct arena *, int hour);
