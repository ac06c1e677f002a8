/* Signs somebody up on a board that is not running, as the screen would: sign_up DATA NAME PHONE.
 * Prints the id, the code, and bytes of the sealed box in hex. The board gets an initiative that
 * takes introductions, when it has none. */
#include <stdio.h>
#include <string.h>

#include "store/registration.h"
#include "store/sample.h"

#define FROM 48 /* behind the part of a box that its key alone decides */
#define BYTES 32

static void print_box(struct str box)
{
	for (size_t i = FROM; i < FROM + BYTES && i < box.len; i++)
		printf("%02x", (unsigned char)box.ptr[i]);
	printf("\n");
}

static bool sign_up(struct store *store, const char *name, const char *phone, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct sample s = sample_of(1, (struct sample_rules){"introduction", 3, 14, false, false});
	struct registration_request request = {.initiative = sample_id(ENTITY_INITIATIVE, 0),
		.party_size = 1,
		.first_name = str_from(name),
		.phone = str_from(phone)};
	struct registration_result result;
	struct str box;
	bool ok = store_apply(store, s.records, s.count, 0, NULL, err) &&
		  store_register(store, &request, &result, err) &&
		  store_sealed(store, &arena, result.id, &box, err);
	arena_finish(&s.arena);
	if (!ok)
		return false;
	printf("%.*s %s ", STR_ARG(uuid_format(&arena, result.id)), result.code);
	print_box(box);
	return true;
}

int main(int count, char **arguments)
{
	struct error err = {0};
	struct store *store = count == 4 ? store_open(env_os(), arguments[1], &err) : NULL;
	bool ok = store && sign_up(store, arguments[2], arguments[3], &err);
	store_close(store);
	if (!ok)
		fprintf(stderr, "sign_up: %s\n", err.message);
	return !ok;
}
