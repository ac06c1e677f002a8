/* How an organisation begins. */
#pragma once
#include "store/identity.h"

/* Makes the store the hub of a new organisation of that name, with a signing key of its own.
 * address may be empty: devices come by stick. ERROR_LIMIT for a text that is too long,
 * ERROR_CONFLICT when the store belongs to an organisation already. */
bool hub_create(struct store *store, struct str name, struct str address, struct error *err);
