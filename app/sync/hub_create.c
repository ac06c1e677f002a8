/* The first of an organisation: its key names it for ever (format.md, "Frame"). */
#include "sync/hub_create.h"

#include "sync/frame.h"

#include <string.h>

bool hub_create(struct store *store, struct str name, struct str address, struct error *err)
{
	CLEANUP(identity_wipe) struct identity hub;
	if (!store_identity(store, &hub, err))
		return false;
	if (name.len == 0 || name.len > IDENTITY_NAME_MOST_BYTES ||
		address.len > IDENTITY_ADDRESS_MOST_BYTES)
		return error_set(err, ERROR_LIMIT,
			"a name has 1 to %d bytes and an address at most %d",
			IDENTITY_NAME_MOST_BYTES, IDENTITY_ADDRESS_MOST_BYTES);
	if (!str_is_utf8(name) || !str_is_utf8(address))
		return error_set(err, ERROR_PARSE, "the name or the address is not UTF-8");
	hub.is_hub = true;
	env_random_bytes(store_env(store), hub.sign_seed, sizeof(hub.sign_seed));
	CLEANUP(sign_pair_wipe) struct sign_pair pair = sign_pair_from_seed(hub.sign_seed);
	memcpy(hub.hub_key, pair.open.bytes, sizeof(hub.hub_key));
	memcpy(hub.hub_device, hub.device, sizeof(hub.hub_device));
	frame_organisation(&pair.open, hub.organisation);
	memcpy(hub.name, name.ptr, name.len);
	hub.name[name.len] = '\0';
	if (address.len)
		memcpy(hub.address, address.ptr, address.len);
	hub.address[address.len] = '\0';
	return store_become_hub(store, &hub, err);
}
