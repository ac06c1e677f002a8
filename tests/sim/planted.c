#include "sim/planted.h"

#include <stdlib.h>
#include <string.h>

enum bug bug_planted;

#define BUG_ROW(name, what) [BUG_##name] = {#name, what},
static const struct {
	const char *name, *what;
} bugs[BUG_END] = {[BUG_NONE] = {"NONE", "none"}, BUG_LIST(BUG_ROW)};

const char *planted_name(enum bug bug)
{
	return bugs[bug].name;
}

const char *planted_what(enum bug bug)
{
	return bugs[bug].what;
}

bool planted_find(const char *name, enum bug *bug)
{
	for (int i = 1; i < BUG_END; i++) {
		if (strcmp(bugs[i].name, name) != 0 && strtol(name, NULL, 10) != i)
			continue;
		*bug = (enum bug)i;
		return true;
	}
	return false;
}
