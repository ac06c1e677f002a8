/* keys and registrations: the organisation's keys, and the step from practising to real sign-ups.
 */
#include "tools/command.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "crypto/keys.h"
#include "crypto/secret.h"
#include "model/time.h"
#include "store/store.h"

#define PASSPHRASE_BYTES 256

/* One line from the terminal without showing it, or from a pipe. */
static bool read_passphrase(const char *prompt, char passphrase[PASSPHRASE_BYTES])
{
	struct termios shown, hidden;
	bool terminal = tcgetattr(STDIN_FILENO, &shown) == 0;
	if (terminal) {
		hidden = shown;
		hidden.c_lflag &= (tcflag_t)~ECHO;
		fprintf(stderr, "%s", prompt);
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	}
	setvbuf(stdin, NULL, _IONBF, 0); /* no copy of it in a buffer of stdio's */
	bool ok = fgets(passphrase, PASSPHRASE_BYTES, stdin) != NULL;
	if (terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
		fprintf(stderr, "\n");
	}
	size_t length = ok ? strcspn(passphrase, "\n") : 0;
	/* Cut off unseen, it would open nothing anywhere else. */
	if (length + 1 == PASSPHRASE_BYTES)
		ok = false;
	passphrase[length] = '\0';
	return ok;
}

/* Twice where nobody sees what is typed: a slip would lock the keys away for good. */
static bool read_new_passphrase(char passphrase[PASSPHRASE_BYTES])
{
	char again[PASSPHRASE_BYTES] = {0};
	bool ok = read_passphrase("Passphrase for the key file (8 or more): ", passphrase);
	if (ok && isatty(STDIN_FILENO))
		ok = read_passphrase("The same again: ", again) && strcmp(passphrase, again) == 0;
	secret_wipe(again, sizeof(again));
	return ok;
}

static struct str month_name(struct arena *arena, int month)
{
	return str_format(arena, "%04d-%02d", month / 12, month % 12 + 1);
}

static void print_keys(struct arena *arena, const struct key_set *keys)
{
	struct str id = secret_to_hex(arena, keys->id, sizeof(keys->id));
	printf("keys %.*s\n", STR_ARG(id));
	printf("from %.*s\n", STR_ARG(month_name(arena, keys->first_month)));
	printf("until %.*s\n", STR_ARG(month_name(arena, keys->first_month + KEY_MONTHS - 1)));
}

static bool write_key_files(struct command_context *context, const char *dir,
	const struct key_set *keys, const struct secret_key_set *secret, struct str passphrase,
	struct error *err)
{
	struct str secret_path = str_format(context->arena, "%s/" KEY_SECRET_FILE, dir);
	struct str public_path = str_format(context->arena, "%s/" STORE_KEYS_FILE, dir);
	if (env_exists(context->env, secret_path.ptr) || env_exists(context->env, public_path.ptr))
		return error_set(err, ERROR_REFUSED,
			"there are keys in %s already; a lost key cannot be made again", dir);
	struct str locked;
	return key_set_lock(context->arena, secret, passphrase, &locked, err) &&
	       env_make_directory(context->env, dir, err) &&
	       env_write_file(context->env, secret_path.ptr, locked, err) &&
	       env_write_file(
		       context->env, public_path.ptr, key_set_format(context->arena, keys), err);
}

static const char *directory_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash == path ? "/"
	       : slash       ? str_z(arena, (struct str){path, (size_t)(slash - path)})
			     : ".";
}

static int create(struct command_context *context, const char *dir)
{
	char passphrase[PASSPHRASE_BYTES] = {0};
	if (context->env->seeded)
		return command_misused("keys", "keys are never made from --seed or --clock");
	struct error err = {0};
	if (env_clock_quality(context->env) == CLOCK_UNSURE) {
		error_set(&err, ERROR_REFUSED, "the clock is not set, and keys belong to months");
		return command_refused("making keys", &err);
	}
	if (!read_new_passphrase(passphrase)) {
		secret_wipe(passphrase, sizeof(passphrase));
		return command_misused("keys", "no passphrase was given, or not twice the same");
	}
	struct key_set keys;
	struct secret_key_set secret;
	struct local_time now = local_time_from_seconds(env_wall_ms(context->env) / 1000);
	key_set_create(key_month(now.date.year, now.date.month), &keys, &secret);
	bool ok = write_key_files(context, dir, &keys, &secret, str_from(passphrase), &err);
	key_set_wipe(&secret);
	secret_wipe(passphrase, sizeof(passphrase));
	if (!ok)
		return command_refused("making keys", &err);
	print_keys(context->arena, &keys);
	fprintf(stderr,
		"Keep %s/" KEY_SECRET_FILE " on a stick, twice, and never on the kiosk.\n"
		"Then: buurtctl registrations open %s/" STORE_KEYS_FILE "\n",
		dir, dir);
	return COMMAND_DONE;
}

static bool read_keys(
	struct command_context *context, const char *path, struct key_set *keys, struct error *err)
{
	struct str text;
	return env_read_file(
		       context->env, context->arena, path, KEY_FILE_LIMIT_BYTES, &text, err) &&
	       (key_set_parse(text, keys, err) || error_wrap(err, "%s", path));
}

static int show(struct command_context *context, const char *path)
{
	struct error err;
	struct key_set keys;
	if (path) {
		if (!read_keys(context, path, &keys, &err))
			return command_refused("keys", &err);
		print_keys(context->arena, &keys);
		return COMMAND_DONE;
	}
	struct store *store = store_open(context->env, context->data_dir, &err);
	if (!store)
		return command_refused(context->data_dir, &err);
	if (store_mode(store) == STORE_PRACTICE)
		printf("practice\n");
	else if (store_mode(store) == STORE_KEYS_LOST)
		printf("lost\n");
	else
		print_keys(context->arena, store_keys(store));
	store_close(store);
	return COMMAND_DONE;
}

/* Writes nothing over the whole of a file, where it stands. Whatever then happens to its blocks is
 * up to the medium. */
static bool overwrite(const char *path, size_t length, struct error *err)
{
	FILE *file = fopen(path, "r+b");
	bool ok = file != NULL;
	for (size_t i = 0; ok && i < length; i++)
		ok = fputc('0', file) != EOF;
	ok = ok && fflush(file) == 0 && fsync(fileno(file)) == 0;
	if (file && fclose(file) != 0)
		ok = false;
	return ok || error_set(err, ERROR_DISK, "%s cannot be written over", path);
}

/* The new file is whole and beside the old one before that is touched. */
static bool replace_secret(struct command_context *context, const char *path, size_t old_length,
	struct str locked, struct error *err)
{
	const char *fresh = str_format(context->arena, "%s.new", path).ptr;
	return env_write_file(context->env, fresh, locked, err) &&
	       overwrite(path, old_length, err) &&
	       context->env->methods->rename(context->env, fresh, path, err) &&
	       env_sync_directory(context->env, directory_of(context->arena, path), err);
}

static bool destroy_month(struct command_context *context, int month, const char *path,
	struct str passphrase, struct error *err)
{
	struct str text, locked;
	struct secret_key_set secret;
	if (!env_read_file(context->env, context->arena, path, KEY_FILE_LIMIT_BYTES, &text, err) ||
		!key_set_unlock(text, passphrase, &secret, err))
		return false;
	bool ok = (key_set_destroy(&secret, month) ||
			  error_set(err, ERROR_NOT_FOUND, "this file has no key of that month")) &&
		  key_set_lock(context->arena, &secret, passphrase, &locked, err) &&
		  replace_secret(context, path, text.len, locked, err);
	key_set_wipe(&secret);
	return ok;
}

static int destroy(struct command_context *context, const char *month_text, const char *path)
{
	char passphrase[PASSPHRASE_BYTES] = {0};
	struct error err = {0};
	int month;
	if (!key_month_parse(str_from(month_text), &month))
		return command_misused("keys", "a month is written as 2026-11");
	if (!read_passphrase("Passphrase of the key file: ", passphrase)) {
		secret_wipe(passphrase, sizeof(passphrase));
		return command_misused("keys", "no passphrase was given");
	}
	bool ok = destroy_month(context, month, path, str_from(passphrase), &err);
	secret_wipe(passphrase, sizeof(passphrase));
	if (!ok)
		return command_refused("destroying a key", &err);
	printf("what was sealed in %s can be opened by nobody who has this file; do the same with "
	       "each copy of it\n",
		month_text);
	return COMMAND_DONE;
}

int command_keys(struct command_context *context)
{
	int count = context->argument_count;
	const char *verb = count > 0 ? context->arguments[0] : "";
	const char *path = count > 1 ? context->arguments[1] : NULL;
	if (strcmp(verb, "create") == 0 && count == 2)
		return create(context, path);
	if (strcmp(verb, "show") == 0 && count <= 2)
		return show(context, path);
	if (strcmp(verb, "destroy") == 0 && count == 3)
		return destroy(context, path, context->arguments[2]);
	return command_misused("keys",
		"say: keys create DIR, keys show [FILE], or keys destroy MONTH FILE (as 2026-11)");
}

/* The database has the keys that count. The file beside it is for people: it says whose kiosk this
 * is, and survives the database. Opening again with the same keys writes it again. */
static bool keep_copy(
	struct command_context *context, const struct key_set *keys, struct error *err)
{
	struct str path = str_format(context->arena, "%s/" STORE_KEYS_FILE, context->data_dir);
	return env_write_file(context->env, path.ptr, key_set_format(context->arena, keys), err);
}

int command_registrations(struct command_context *context)
{
	if (context->argument_count != 2 || strcmp(context->arguments[0], "open") != 0)
		return command_misused("registrations", "say: registrations open FILE");
	struct error err;
	struct key_set keys;
	if (!read_keys(context, context->arguments[1], &keys, &err))
		return command_refused("keys", &err);
	struct store *store = store_open(context->env, context->data_dir, &err);
	if (!store)
		return command_refused(context->data_dir, &err);
	bool ok = store_open_registrations(store, &keys, &err) && keep_copy(context, &keys, &err);
	store_close(store);
	if (!ok)
		return command_refused("opening registrations", &err);
	print_keys(context->arena, &keys);
	return COMMAND_DONE;
}
