/* What is wrong with a telephone number as somebody typed it: digits, with at most a plus before
 * them. */
#pragma once
#include "base/str.h"

enum phone_verdict {
	PHONE_FINE,
	PHONE_EMPTY,
	PHONE_TOO_SHORT, /* a Dutch number with fewer than 10 digits */
	PHONE_TOO_LONG,
	PHONE_WRONG_START, /* 10 digits, but no 0 before them */
	PHONE_FOREIGN, /* may be right: it is asked once */
};

/* digits: how many the visitor typed, the plus not counted. Dutch numbers have 10 digits with a 0
 * in front (Nummerplan telefoon- en ISDN-diensten), or 9 after +31 or 0031. */
enum phone_verdict phone_judge(struct str typed, int *digits);
