/* Preloaded into a kiosk, it switches off the wiping of everything large: frames, shaped text, what
 * is freed. The scan of forget_test.sh has to find what was typed then, or its silence would prove
 * nothing. Small things are still zeroed, because the kiosk also uses that to begin anew. With
 * KEEP_MORE set only what nothing would work without is zeroed (a word that is being typed, the
 * state of a screen): what libsodium wipes, such as a PIN, stays, and so does a passphrase; the
 * pages of the call list are not given back either. */
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LARGE_BYTES 2048
#define LARGER_BYTES 256
#define SCREEN_STATE_BYTES 1024

void explicit_bzero(void *bytes, size_t count);
void __explicit_bzero_chk(void *bytes, size_t count, size_t room);
void sodium_memzero(void *bytes, size_t count);

static bool keeps_more(void)
{
	return getenv("KEEP_MORE") != NULL;
}

void explicit_bzero(void *bytes, size_t count)
{
	volatile char *at = bytes;
	size_t large = keeps_more() && count != SCREEN_STATE_BYTES ? LARGER_BYTES : LARGE_BYTES;
	for (size_t i = 0; count < large && i < count; i++)
		at[i] = 0;
}

/* What explicit_bzero becomes under _FORTIFY_SOURCE. */
void __explicit_bzero_chk(void *bytes, size_t count, size_t room)
{
	(void)room;
	explicit_bzero(bytes, count);
}

void sodium_memzero(void *bytes, size_t count)
{
	if (!keeps_more())
		explicit_bzero(bytes, count);
}

int munmap(void *bytes, size_t count)
{
	return keeps_more() ? 0 : (int)syscall(SYS_munmap, bytes, count);
}
