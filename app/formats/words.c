/* Small readers of small texts, strict because what passes here is called, shown or opened. */
#include "formats/words.h"

#include <string.h>

bool words_one_of(struct str words, struct str word)
{
	struct str_pair rest = {.tail = words, .found = true};
	while (rest.found) {
		rest = str_cut(rest.tail, '|');
		if (str_equal(rest.head, word))
			return true;
	}
	return false;
}

bool words_is_language(struct str code)
{
	return words_one_of(
		STR("aa|ab|ae|af|ak|am|an|ar|as|av|ay|az|ba|be|bg|bi|bm|bn|bo|br|bs|ca|ce|ch|"
		    "co|cr|cs|cu|cv|cy|da|de|dv|dz|ee|el|en|eo|es|et|eu|fa|ff|fi|fj|fo|fr|fy|"
		    "ga|gd|gl|gn|gu|gv|ha|he|hi|ho|hr|ht|hu|hy|hz|ia|id|ie|ig|ii|ik|io|is|it|"
		    "iu|ja|jv|ka|kg|ki|kj|kk|kl|km|kn|ko|kr|ks|ku|kv|kw|ky|la|lb|lg|li|ln|lo|"
		    "lt|lu|lv|mg|mh|mi|mk|ml|mn|mr|ms|mt|my|na|nb|nd|ne|ng|nl|nn|no|nr|nv|ny|"
		    "oc|oj|om|or|os|pa|pi|pl|ps|pt|qu|rm|rn|ro|ru|rw|sa|sc|sd|se|sg|si|sk|sl|"
		    "sm|sn|so|sq|sr|ss|st|su|sv|sw|ta|te|tg|th|ti|tk|tl|tn|to|tr|ts|tt|tw|ty|"
		    "ug|uk|ur|uz|ve|vi|vo|wa|wo|xh|yi|yo|za|zh|zu|ckb|dse|kmr|nds|pap|prs|"
		    "rif|rom|shi|srn|zgh"),
		code);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool words_is_phone(struct str text)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]) && !memchr(" +-()", text.ptr[i], 5))
			return false;
		digits += is_digit(text.ptr[i]);
	}
	return digits >= 3 && digits <= 15;
}

bool words_is_plain_file(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] == '/' || text.ptr[i] == '\\')
			return false;
	return text.len > 0 && text.len <= 255 && text.ptr[0] != '.';
}

int words_clock(struct str text)
{
	if (text.len != 5 || text.ptr[2] != ':')
		return -1;
	for (size_t i = 0; i < text.len; i++)
		if (i != 2 && !is_digit(text.ptr[i]))
			return -1;
	int hour = (text.ptr[0] - '0') * 10 + text.ptr[1] - '0';
	int minute = (text.ptr[3] - '0') * 10 + text.ptr[4] - '0';
	return minute < 60 && hour * 60 + minute <= 24 * 60 ? hour * 60 + minute : -1;
}
