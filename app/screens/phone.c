/* Ten digits are a Dutch number. Another country is anybody's guess (ITU-T E.164 allows 15), so it
 * is not judged, only asked about. */
#include "screens/phone.h"

#define DUTCH_DIGITS 10
#define LONGEST_DIGITS 15

static enum phone_verdict judge_length(size_t length, size_t wanted)
{
	return length < wanted ? PHONE_TOO_SHORT : length > wanted ? PHONE_TOO_LONG : PHONE_FINE;
}

enum phone_verdict phone_judge(struct str typed, int *digits)
{
	bool plus = str_starts_with(typed, STR("+"));
	struct str number = str_slice(typed, plus ? 1 : 0, typed.len);
	*digits = (int)number.len;
	if (number.len == 0)
		return PHONE_EMPTY;
	bool country = plus;
	if (!plus && str_starts_with(number, STR("00"))) {
		country = true;
		number = str_slice(number, 2, number.len);
	}
	if (country && str_starts_with(number, STR("31")))
		return judge_length(number.len, DUTCH_DIGITS + 1);
	if (country)
		return number.len > LONGEST_DIGITS ? PHONE_TOO_LONG : PHONE_FOREIGN;
	enum phone_verdict verdict = judge_length(number.len, DUTCH_DIGITS);
	return verdict == PHONE_FINE && number.ptr[0] != '0' ? PHONE_WRONG_START : verdict;
}
