/* Texts that must be more than texts: numbers to call, languages, times of the day. */
#pragma once
#include "base/str.h"

/* Whether `word` is one of the words in "draft|active|paused". */
bool words_one_of(struct str words, struct str word);
/* A code of ISO 639-1, or of one of the languages without two letters that are met here. */
bool words_is_language(struct str code);
/* 3 to 15 digits with blanks, + - ( and ) between them. */
bool words_is_phone(struct str text);
/* A file name without a folder, and not hidden. */
bool words_is_plain_file(struct str text);
/* Minutes since midnight of "09:30", up to "24:00"; -1 for anything else. */
int words_clock(struct str text);
