/* The table of formats. A new format is one row here and one pair of files beside this one. */
#include "formats/format.h"

#include "formats/buurtlijst.h"
#include "formats/buurtlijst_check.h"

static const struct format table[] = {
	{
		.name = "buurtlijst",
		.title = "the catalogue as JSON, lossless",
		.read = buurtlijst_read,
		.write = buurtlijst_write,
		.check = buurtlijst_check,
	},
};

enum { TABLE_COUNT = sizeof(table) / sizeof(table[0]) };

const struct format *formats(size_t *count)
{
	*count = TABLE_COUNT;
	return table;
}

const struct format *format_by_name(struct str name)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (str_equal_z(name, table[i].name))
			return &table[i];
	return NULL;
}

const char *complaint_level_name(enum complaint_level level)
{
	static const char *const names[] = {
		[COMPLAINT_INFO] = "info",
		[COMPLAINT_WARNING] = "warning",
		[COMPLAINT_ERROR] = "error",
	};
	return names[level];
}
