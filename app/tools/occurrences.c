/* occurrences: what is on between two days, one line each. */
#include "tools/command.h"

#include <stdio.h>
#include <stdlib.h>

#include "model/recurrence.h"
#include "store/store.h"

static void complain(void *context, const char *message)
{
	(void)context;
	fprintf(stderr, "buurtctl: %s\n", message);
}

/* "INITIATIVE SCHEDULE 2026-12-01T09:30:00+01:00", and "cancelled REASON" where so. */
static void print_occurrence(struct arena *arena, const struct occurrence *o)
{
	struct str initiative = uuid_format(arena, o->schedule->initiative->id);
	struct str schedule = uuid_format(arena, o->schedule->id);
	int offset_minutes = abs(o->offset_s) / 60;
	const struct local_time *t = &o->start;
	printf("%.*s %.*s %04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", STR_ARG(initiative),
		STR_ARG(schedule), t->date.year, t->date.month, t->date.day, t->hour, t->minute,
		t->second, o->offset_s < 0 ? '-' : '+', offset_minutes / 60, offset_minutes % 60);
	if (o->cancelled)
		printf(" cancelled%s%.*s", o->reason.len ? " " : "", STR_ARG(o->reason));
	printf("\n");
}

int command_occurrences(struct command_context *context)
{
	const char *from_text = command_option(context, "--from");
	const char *to_text = command_option(context, "--to");
	struct date from, to;
	if (context->argument_count != 0 || !from_text || !to_text)
		return command_misused("occurrences", "give --from DATE and --to DATE");
	if (!date_parse(str_from(from_text), &from) || !date_parse(str_from(to_text), &to))
		return command_misused("occurrences", "a date looks like 2026-12-01");
	if (date_compare(from, to) > 0)
		return command_misused("occurrences", "--from comes after --to");
	struct error err;
	struct record *records;
	size_t count;
	struct store *store = store_open(context->env, context->data_dir, &err);
	if (!store)
		return command_refused(context->data_dir, &err);
	bool ok = store_records(store, context->arena, &records, &count, &err);
	store_close(store);
	if (!ok)
		return command_refused("reading the catalogue", &err);
	const struct catalogue *catalogue =
		catalogue_build(context->arena, records, count, complain, NULL);
	struct occurrence_list list =
		catalogue_occurrences(context->arena, catalogue, from, to, complain, NULL);
	for (size_t i = 0; i < list.count; i++)
		print_occurrence(context->arena, &list.items[i]);
	return COMMAND_DONE;
}
