/* Preloaded into a kiosk, it switches off the wiping of everything large: frames, shaped text, what
 * is freed. The scan of forget_test.sh has to find what was typed then, or its silence would prove
 * nothing. Small things are still zeroed, because the kiosk also uses that to begin anew. */
#include <stddef.h>

#define LARGE_BYTES 2048

void explicit_bzero(void *bytes, size_t count);
void __explicit_bzero_chk(void *bytes, size_t count, size_t room);

void explicit_bzero(void *bytes, size_t count)
{
	volatile char *at = bytes;
	for (size_t i = 0; count < LARGE_BYTES && i < count; i++)
		at[i] = 0;
}

/* What explicit_bzero becomes under _FORTIFY_SOURCE. */
void __explicit_bzero_chk(void *bytes, size_t count, size_t room)
{
	(void)room;
	explicit_bzero(bytes, count);
}
