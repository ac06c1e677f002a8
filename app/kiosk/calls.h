/* The call list on the kiosk itself: with the key stick in and its passphrase typed, who signed up
 * stands on the screen for five minutes. All that is secret or personal lives in one mapping that
 * is never swapped out and in no core file; it is wiped and given back when the list closes, when
 * the host leaves, and when the stick is pulled. */
#pragma once
#include "base/error.h"
#include "crypto/keys.h"
#include "crypto/seal.h"
#include "screens/screen.h"

#define CALLS_MS 300000
#define CALLS_MOST 400
#define CALLS_TEXT_BYTES 131072
#define CALLS_PLAIN_BYTES 4096
#define PASSPHRASE_BYTES 256

struct kiosk;

struct calls {
	char passphrase[PASSPHRASE_BYTES];
	size_t passphrase_bytes;
	struct secret_key_set keys;
	char plain[CALLS_PLAIN_BYTES]; /* the details that are being read */
	struct call_line lines[CALLS_MOST];
	char text[CALLS_TEXT_BYTES]; /* what the lines point into */
	size_t text_bytes;
};

/* A letter of the passphrase. */
void calls_type(struct kiosk *kiosk, const struct action *action);
/* Opens the list with the key file on the stick and what was typed, which is forgotten either way.
 */
void calls_open(struct kiosk *kiosk);
/* Wipes everything and gives the memory back; fine when there is nothing. */
void calls_forget(struct kiosk *kiosk);
/* A string member of the flat object that a sign-up's details are, unescaped, copied to `out`.
 * Returns its bytes, 0 when there is none or it does not fit. Leaves no copy anywhere. */
size_t calls_read_member(struct str details, struct str name, char *out, size_t room);
