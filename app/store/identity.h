/* Who a store is among others: the device that it is, the organisation that it belongs to, and the
 * keys by which they know each other. The device's id is drawn when the database is made; its
 * signing key when it is let in. */
#pragma once
#include "base/uuid.h"
#include "store/op.h"

#define IDENTITY_KEY_BYTES 32
#define IDENTITY_NAME_MOST_BYTES 80
#define IDENTITY_ADDRESS_MOST_BYTES 200

struct identity {
	uint8_t device[WRITER_PART_BYTES];
	bool is_hub; /* of its organisation */
	uint8_t organisation[WRITER_PART_BYTES]; /* zeroes: it belongs to none */
	uint8_t hub_device[WRITER_PART_BYTES];
	uint8_t hub_key[IDENTITY_KEY_BYTES]; /* Ed25519, public */
	uint8_t sign_seed[IDENTITY_KEY_BYTES]; /* Ed25519, this device's secret */
	uint8_t invitation[IDENTITY_KEY_BYTES]; /* that let it in; zeroes once the hub said yes */
	char name[IDENTITY_NAME_MOST_BYTES + 1]; /* of the organisation */
	char address[IDENTITY_ADDRESS_MOST_BYTES + 1]; /* of the hub; empty: by stick only */
};

/* Wipe it with identity_wipe() when done. */
bool store_identity(struct store *store, struct identity *identity, struct error *err);
void identity_wipe(struct identity *identity);

/* Makes this store the hub of an organisation: it keeps numbering ops, and takes in those of
 * others. Fills in organisation by the first bytes of the hash that format.md names. ERROR_CONFLICT
 * when it belongs to one already. */
bool store_become_hub(struct store *store, const struct identity *hub, struct error *err);
/* Makes it a member: in one transaction it is somebody, and its own numbering ends (member.h). */
bool store_become_member(struct store *store, const struct identity *member,
	const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err);

/* For board.c, inside a transaction: a member is nobody until it is let in again. A hub, and who
 * belongs to nobody, stays what it is. */
bool identity_put_aside(struct store *store, struct error *err);

/* The hub said yes: the invitation has done its work. */
bool store_forget_invitation(struct store *store, struct error *err);

/* The list of devices, as far as a hub must know one. */
struct device {
	bool known;
	bool revoked; /* ops after the cutoff do not count */
	uint8_t key[IDENTITY_KEY_BYTES];
};
bool store_device(struct store *store, const uint8_t id[WRITER_PART_BYTES], struct device *device,
	struct error *err);
/* Puts a device on the list, with the seats of its place when no other device has them. */
bool store_admit(struct store *store, const uint8_t id[WRITER_PART_BYTES],
	const uint8_t key[IDENTITY_KEY_BYTES], struct str name, struct uuid place,
	struct error *err);

/* Who may still come. until_ms: ms since 1970 UTC. */
bool store_invite(struct store *store, const uint8_t secret[IDENTITY_KEY_BYTES], struct str name,
	struct uuid place, int64_t until_ms, struct error *err);
struct invitation {
	uint8_t secret[IDENTITY_KEY_BYTES];
	struct str name;
	struct uuid place;
	int64_t until_ms;
	bool used;
	uint8_t device[WRITER_PART_BYTES];
};
bool store_invitations(struct store *store, struct arena *arena, struct invitation **list,
	size_t *count, struct error *err);
bool store_use_invitation(struct store *store, const uint8_t secret[IDENTITY_KEY_BYTES],
	const uint8_t device[WRITER_PART_BYTES], struct error *err);
