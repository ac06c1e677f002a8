/* Key sets and their two files. Both are short texts of "word value" lines, so that a person sees
 * what a file is for before trusting it:
 *
 *	buurtbord-public-keys 1		buurtbord-secret-keys 1
 *	set 1f0c...			set 1f0c...
 *	2026-11 <64 hex digits>		first 2026-11
 *	... 24 months			argon2id 3 32768 <salt>
 *					locked <nonce and secretbox of the 24 secret keys>
 *
 * The set and the first month of the locked file stand in the clear, but are also inside the box
 * (as the start of what is locked), so a changed file does not open. */
#include "crypto/keys.h"

#include "crypto/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define ARGON2_PASSES 3
#define ARGON2_KIB 32768
/* What a file may ask of us at most: a stranger's file must not exhaust a small machine. */
#define ARGON2_MOST_PASSES 10
#define ARGON2_MOST_KIB 131072

#define LOCKED_BYTES                                                                               \
	(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + sizeof(struct inside))

struct inside {
	uint8_t id[KEY_SET_ID_BYTES];
	uint8_t first_month[4]; /* least significant first */
	struct secret_key months[KEY_MONTHS];
};

int key_month(int year, int month)
{
	assert(month >= 1 && month <= 12);
	return year * 12 + month - 1;
}

void key_set_create(int first_month, struct key_set *set, struct secret_key_set *secret)
{
	memset(set, 0, sizeof(*set));
	memset(secret, 0, sizeof(*secret));
	secret_random(set->id, sizeof(set->id));
	memcpy(secret->id, set->id, sizeof(set->id));
	set->first_month = secret->first_month = first_month;
	for (int i = 0; i < KEY_MONTHS; i++) {
		struct key_pair pair = key_pair_create();
		set->months[i] = pair.open;
		secret->months[i] = pair.secret;
		secret_wipe(&pair, sizeof(pair));
	}
}

void key_set_wipe(struct secret_key_set *secret)
{
	secret_wipe(secret, sizeof(*secret));
}

const struct public_key *key_set_pick(const struct key_set *set, int month, bool *used_up)
{
	int index = month - set->first_month;
	*used_up = index >= KEY_MONTHS;
	return &set->months[index < 0 ? 0 : index >= KEY_MONTHS ? KEY_MONTHS - 1 : index];
}

static void add_hex(struct str_builder *b, const void *bytes, size_t count)
{
	str_builder_add(b, secret_to_hex(b->arena, bytes, count));
}

static void add_month(struct str_builder *b, int month)
{
	str_builder_add_format(b, "%04d-%02d", month / 12, month % 12 + 1);
}

struct str key_set_format(struct arena *arena, const struct key_set *set)
{
	struct str_builder b = {.arena = arena};
	str_builder_add(&b, STR("buurtbord-public-keys 1\nset "));
	add_hex(&b, set->id, sizeof(set->id));
	str_builder_add_char(&b, '\n');
	for (int i = 0; i < KEY_MONTHS; i++) {
		add_month(&b, set->first_month + i);
		str_builder_add_char(&b, ' ');
		add_hex(&b, set->months[i].bytes, sizeof(set->months[i].bytes));
		str_builder_add_char(&b, '\n');
	}
	return str_builder_text(&b);
}

/* Reading a file line by line. */
struct lines {
	struct str rest;
	int number; /* of the line read last */
};

/* The value after `word` on the next line. */
static bool next_value(struct lines *lines, struct str word, struct str *value, struct error *err)
{
	struct str_pair line = str_cut(lines->rest, '\n');
	lines->rest = line.tail;
	lines->number++;
	struct str_pair parts = str_cut(str_trim(line.head), ' ');
	if (!str_equal(parts.head, word))
		return error_set(err, ERROR_PARSE, "key file, line %d: \"%.*s\" expected",
			lines->number, STR_ARG(word));
	*value = str_trim(parts.tail);
	return true;
}

static bool bad_value(const struct lines *lines, struct error *err)
{
	return error_set(
		err, ERROR_PARSE, "key file, line %d: the value is not valid", lines->number);
}

static bool expect_kind(struct lines *lines, struct str kind, struct error *err)
{
	struct str version = {0};
	if (!next_value(lines, kind, &version, err))
		return false;
	return str_equal(version, STR("1")) ||
	       error_set(err, ERROR_UNSUPPORTED, "key file of version %.*s", STR_ARG(version));
}

bool key_month_parse(struct str text, int *month)
{
	struct str_pair parts = str_cut(text, '-');
	int64_t year, number;
	if (text.len != 7 || !parts.found || !str_to_int(parts.head, &year) ||
		!str_to_int(parts.tail, &number) || year < 1970 || number < 1 || number > 12)
		return false;
	*month = key_month((int)year, (int)number);
	return true;
}

/* A key to which nothing can be sealed (a point of low order) is no key. */
static bool usable(const struct public_key *key)
{
	unsigned char shared[crypto_scalarmult_BYTES];
	static const unsigned char any_scalar[crypto_scalarmult_SCALARBYTES] = {1};
	return crypto_scalarmult(shared, any_scalar, key->bytes) == 0;
}

static bool parse_month_key(struct lines *lines, int index, struct key_set *set, struct error *err)
{
	int month;
	struct str_pair head = str_cut(str_slice(lines->rest, 0, 8), ' ');
	struct str value = {0};
	if (!key_month_parse(head.head, &month))
		return error_set(err, ERROR_PARSE, "key file, line %d: a month is expected",
			lines->number + 1);
	if (!next_value(lines, head.head, &value, err))
		return false;
	if (index == 0)
		set->first_month = month;
	if (month != set->first_month + index)
		return error_set(err, ERROR_PARSE, "key file, line %d: the months do not follow on",
			lines->number);
	struct public_key *key = &set->months[index];
	return (secret_from_hex(value, key->bytes, sizeof(key->bytes)) && usable(key)) ||
	       bad_value(lines, err);
}

bool key_set_parse(struct str text, struct key_set *set, struct error *err)
{
	struct lines lines = {.rest = text};
	struct str value = {0};
	memset(set, 0, sizeof(*set));
	secret_ready();
	if (!expect_kind(&lines, STR("buurtbord-public-keys"), err) ||
		!next_value(&lines, STR("set"), &value, err))
		return false;
	if (!secret_from_hex(value, set->id, sizeof(set->id)))
		return bad_value(&lines, err);
	for (int i = 0; i < KEY_MONTHS; i++)
		if (!parse_month_key(&lines, i, set, err))
			return false;
	return str_trim(lines.rest).len == 0 ||
	       error_set(err, ERROR_PARSE, "key file, line %d: nothing is expected here",
		       lines.number + 1);
}

/* The key that a passphrase stands for. */
static void stretch(unsigned char key[crypto_secretbox_KEYBYTES], struct str passphrase,
	const unsigned char salt[crypto_pwhash_SALTBYTES], int64_t passes, int64_t kib)
{
	secret_ready();
	int failed = crypto_pwhash(key, crypto_secretbox_KEYBYTES, passphrase.ptr, passphrase.len,
		salt, (unsigned long long)passes, (size_t)kib * 1024, crypto_pwhash_ALG_ARGON2ID13);
	assert(!failed); /* only ever by lack of memory */
}

bool key_set_destroy(struct secret_key_set *secret, int month)
{
	int index = month - secret->first_month;
	if (index < 0 || index >= KEY_MONTHS)
		return false;
	secret_wipe(&secret->months[index], sizeof(secret->months[index]));
	return true;
}

bool key_set_lock(struct arena *arena, const struct secret_key_set *secret, struct str passphrase,
	struct str *text, struct error *err)
{
	if (passphrase.len < KEY_PASSPHRASE_MIN_BYTES)
		return error_set(err, ERROR_REFUSED, "a passphrase has at least %d characters",
			KEY_PASSPHRASE_MIN_BYTES);
	struct inside inside;
	memcpy(inside.id, secret->id, sizeof(inside.id));
	for (int i = 0; i < 4; i++)
		inside.first_month[i] = (uint8_t)((unsigned)secret->first_month >> (8 * i));
	memcpy(inside.months, secret->months, sizeof(inside.months));

	unsigned char salt[crypto_pwhash_SALTBYTES], key[crypto_secretbox_KEYBYTES];
	unsigned char locked[LOCKED_BYTES];
	secret_random(salt, sizeof(salt));
	secret_random(locked, crypto_secretbox_NONCEBYTES);
	stretch(key, passphrase, salt, ARGON2_PASSES, ARGON2_KIB);
	crypto_secretbox_easy(locked + crypto_secretbox_NONCEBYTES, (unsigned char *)&inside,
		sizeof(inside), locked, key);
	secret_wipe(&inside, sizeof(inside));
	secret_wipe(key, sizeof(key));

	struct str_builder b = {.arena = arena};
	str_builder_add(&b, STR("buurtbord-secret-keys 1\nset "));
	add_hex(&b, secret->id, sizeof(secret->id));
	str_builder_add(&b, STR("\nfirst "));
	add_month(&b, secret->first_month);
	str_builder_add_format(&b, "\nargon2id %d %d ", ARGON2_PASSES, ARGON2_KIB);
	add_hex(&b, salt, sizeof(salt));
	str_builder_add(&b, STR("\nlocked "));
	add_hex(&b, locked, sizeof(locked));
	str_builder_add_char(&b, '\n');
	*text = str_builder_text(&b);
	return true;
}

/* "3 32768 <salt>" */
static bool parse_argon2(struct str value, int64_t *passes, int64_t *kib,
	unsigned char salt[crypto_pwhash_SALTBYTES])
{
	struct str_pair first = str_cut(value, ' '), second = str_cut(first.tail, ' ');
	return str_to_int(first.head, passes) && str_to_int(second.head, kib) && *passes >= 1 &&
	       *passes <= ARGON2_MOST_PASSES && *kib >= 8 && *kib <= ARGON2_MOST_KIB &&
	       secret_from_hex(second.tail, salt, crypto_pwhash_SALTBYTES);
}

bool key_set_unlock(
	struct str text, struct str passphrase, struct secret_key_set *secret, struct error *err)
{
	struct lines lines = {.rest = text};
	struct str value = {0};
	unsigned char salt[crypto_pwhash_SALTBYTES], key[crypto_secretbox_KEYBYTES];
	unsigned char locked[LOCKED_BYTES];
	int64_t passes, kib;
	memset(secret, 0, sizeof(*secret));
	if (!expect_kind(&lines, STR("buurtbord-secret-keys"), err) ||
		!next_value(&lines, STR("set"), &value, err))
		return false;
	if (!secret_from_hex(value, secret->id, sizeof(secret->id)))
		return bad_value(&lines, err);
	if (!next_value(&lines, STR("first"), &value, err))
		return false;
	if (!key_month_parse(value, &secret->first_month))
		return bad_value(&lines, err);
	if (!next_value(&lines, STR("argon2id"), &value, err))
		return false;
	if (!parse_argon2(value, &passes, &kib, salt))
		return bad_value(&lines, err);
	if (!next_value(&lines, STR("locked"), &value, err))
		return false;
	if (!secret_from_hex(value, locked, sizeof(locked)))
		return bad_value(&lines, err);

	struct inside inside;
	stretch(key, passphrase, salt, passes, kib);
	bool ok = crypto_secretbox_open_easy((unsigned char *)&inside,
			  locked + crypto_secretbox_NONCEBYTES,
			  sizeof(locked) - crypto_secretbox_NONCEBYTES, locked, key) == 0;
	secret_wipe(key, sizeof(key));
	unsigned first_month = 0;
	for (int i = 0; ok && i < 4; i++)
		first_month |= (unsigned)inside.first_month[i] << (8 * i);
	ok = ok && memcmp(inside.id, secret->id, sizeof(inside.id)) == 0 &&
	     first_month == (unsigned)secret->first_month;
	if (ok)
		memcpy(secret->months, inside.months, sizeof(inside.months));
	secret_wipe(&inside, sizeof(inside));
	return ok || error_set(err, ERROR_KEY, "the passphrase does not open this key file");
}
