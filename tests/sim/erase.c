/* Who asked to be forgotten, and what must then be nowhere: no byte of the box on any disk, in no
 * file of a stick that the hub has seen, and on no machine that was put back to an earlier day. */
#include "sim/inside.h"

#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "store/erasure.h"
#include "store/erasure_file.h"
#include "store/inside.h"

#include <string.h>

struct forgotten *forget_note(struct world *w, struct machine *m, struct uuid id)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str box;
	if (w->forgotten_count == WORLD_FORGOTTEN)
		return NULL;
	struct forgotten *f = &w->forgotten[w->forgotten_count++];
	*f = (struct forgotten){
		.machine = m == &w->hub ? WORLD_KIOSKS : (int)(m - w->kiosk), .id = id};
	if (store_sealed(m->store, &arena, id, &box, NULL) && box.len > 2 * WORLD_KEPT_BYTES)
		memcpy(f->box, box.ptr + WORLD_KEPT_BYTES, WORLD_KEPT_BYTES);
	return f;
}

/* A file with a name that has the box; NULL: none. */
static const char *found_on(struct env *env, const struct forgotten *f)
{
	static const char none[WORLD_KEPT_BYTES];
	if (memcmp(f->box, none, sizeof(none)) == 0)
		return NULL;
	for (struct disk_name *n = fake_disk(env)->names; n; n = n->next)
		if (n->cached && n->cached->cached.size &&
			memmem(n->cached->cached.ptr, n->cached->cached.size, f->box,
				sizeof(f->box)))
			return n->path;
	return NULL;
}

/* Staff do what somebody asked by telephone: at the hub, or at the board itself. */
void deed_erase(struct world *w)
{
	struct error err = {0};
	if (w->promise_count == 0)
		return;
	struct promise *p = &w->promises[below(w, w->promise_count)];
	struct machine *m = one_in(w, 2) ? &w->hub : &w->kiosk[p->kiosk];
	if (p->void_ || !switch_on(w, m))
		return;
	struct forgotten *f = forget_note(w, m, p->id);
	if (!f)
		return;
	/* With whoever has the box: the hub may not have it yet. */
	if (m == &w->hub && w->kiosk[p->kiosk].store) {
		w->forgotten_count--;
		f = forget_note(w, &w->kiosk[p->kiosk], p->id);
		f->machine = WORLD_KIOSKS;
	}
	bool threatened = disk_threat(w, m);
	bool ok = store_erase(m->store, p->id, NULL, &err);
	f->void_ = !ok;
	p->erased = p->erased || ok || threatened;
	tell(w, "%s: sign-up %d erased: %s", machine_name(w, m), (int)(p - w->promises),
		ok ? "done" : err.message);
	if (ok && !threatened && found_on(m->env, f))
		broken(w, "P2 what was erased is in no byte", found_on(m->env, f));
	disk_threat_over(w, m);
}

/* Everything but the list is of an earlier day: somebody copied the database back. */
void forgotten_outlive(struct world *w, struct env *from, struct env *to)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	const char *path = "data/" STORE_ERASURES_FILE;
	struct str text;
	(void)w;
	if (env_exists(from, path) &&
		env_read_file(from, &arena, path, (size_t)1 << 20, &text, NULL))
		env_write_file(to, path, text, NULL);
}

/* --- what must hold --------------------------------------------------------------------------- */

void check_forgotten_here(struct world *w, struct machine *m)
{
	if (count_of(m, "SELECT count(*) FROM sealed WHERE registration IN"
			" (SELECT entity FROM erasure)") != 0)
		broken(w, "P3 no box of who is on the list", machine_name(w, m));
}

/* Straight after it was put back: nobody has met anybody yet. */
void check_forgotten_kept(struct world *w, struct machine *m, int k)
{
	check_forgotten_here(w, m);
	for (size_t i = 0; i < w->forgotten_count && !w->broken; i++) {
		const struct forgotten *f = &w->forgotten[i];
		bool known = false;
		if (!f->void_ && f->machine == k &&
			!(store_is_erased(m->store, f->id, &known, NULL) && known))
			broken(w, "P3 a restore serves nothing that was erased",
				machine_name(w, m));
	}
}

/* Behind an exchange in which the hub could read all that was there. */
void check_forgotten_stick(struct world *w, struct machine *hub, struct machine *stick)
{
	for (size_t i = 0; i < w->forgotten_count && !w->broken; i++) {
		const struct forgotten *f = &w->forgotten[i];
		const char *path = found_on(stick->env, f);
		bool known = false;
		if (path && store_is_erased(hub->store, f->id, &known, NULL) && known)
			broken(w, "P2 no stick carries on what was erased", path);
	}
}

static void check_everywhere(struct world *w, struct machine *m)
{
	for (size_t i = 0; i < w->forgotten_count && !w->broken; i++) {
		const struct forgotten *f = &w->forgotten[i];
		bool known = false;
		if (f->void_)
			continue;
		if (!store_is_erased(m->store, f->id, &known, NULL) || !known)
			broken(w, "S11 an erasure reaches everybody", machine_name(w, m));
		else if (found_on(m->env, f))
			broken(w, "P2 what was erased is in no byte", found_on(m->env, f));
	}
}

void check_forgotten_last(struct world *w)
{
	for (int k = 0; k <= WORLD_KIOSKS && !w->broken; k++) {
		struct machine *m = k < WORLD_KIOSKS ? &w->kiosk[k] : &w->hub;
		switch_off(m); /* what a failing disk kept from being swept goes now */
		if (switch_on(w, m)) {
			check_forgotten_here(w, m);
			check_everywhere(w, m);
		}
	}
	check_forgotten_stick(w, &w->hub, &w->stick[0]);
}
