/* What the screens behind the host's door share: what they are told, and the page of rows that they
 * all are. */
#pragma once
#include "screens/screen.h"
#include "ui/widgets.h"

enum host_row_kind {
	ROW_ENTRY, /* leads somewhere */
	ROW_NUMBER, /* a number and what it counts */
	ROW_TEXT, /* a sentence */
	ROW_STEP, /* a value between minus and plus */
	ROW_NOTICE, /* a sentence that asks for attention, and its answers */
};

#define HOST_ANSWERS 2

struct host_row {
	enum host_row_kind kind;
	struct str id, title, body;
	struct str less, more; /* of ROW_STEP, spoken */
	struct str answers[HOST_ANSWERS], answer_ids[HOST_ANSWERS]; /* of ROW_NOTICE; empty: none */
	const char *icon;
};

struct host_page {
	struct str list_id, act_id;
	struct str title, subtitle, act; /* act empty: no button */
	bool act_disabled;
	const struct host_row *rows;
	size_t count;
};

struct host_touch {
	bool act;
	size_t row; /* count of the page: none */
	int step; /* -1 or +1, of ROW_STEP */
	int answer; /* of ROW_NOTICE, from 0 */
};

/* Head, button and rows, which scroll where they do not fit. */
struct host_touch host_page_frame(
	const struct model *model, struct ui *ui, const struct host_page *page);
