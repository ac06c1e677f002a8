/* What the files of tests/sim know of each other. */
#pragma once
#include "sim/world.h"
#include "sync/carrier_dir.h"

#define STICK "stick"
#define MINUTE_MS ((int64_t)60000)
#define WORLD_STARTS_MS 1796119200000
#define NEW_KIND 200 /* of an op */

uint64_t draw(struct world *w);
uint64_t below(struct world *w, uint64_t limit);
bool one_in(struct world *w, uint64_t n);
bool strikes(struct world *w, enum fault fault, uint64_t one_in_n);
__attribute__((format(printf, 2, 3))) void tell(struct world *w, const char *format, ...);
/* The first one counts. `what` may be a message or a place. */
void broken(struct world *w, const char *invariant, const char *what);

struct machine machine_of(struct world *w);
bool switch_on(struct world *w, struct machine *m);
void switch_off(struct machine *m);
void machine_end(struct machine *m);
const char *machine_name(const struct world *w, const struct machine *m);

/* deeds.c */
void deed_sign_up(struct world *w, int k);
void deed_cancel(struct world *w);
void deed_edit(struct world *w, struct machine *m, int number);
void deed_novelty(struct world *w, struct machine *m, int number);
void deed_night(struct world *w, struct machine *m);
void deed_carry(struct world *w);
void deed_restore(struct world *w, int k);
void deed_clone(struct world *w, int k);
void deed_restore_hub(struct world *w);
void deed_upset_clock(struct world *w, struct machine *m);
bool deed_exchange(struct world *w, struct machine *m, struct machine *stick);

/* Something may go wrong with this machine's disk; and what does is over. */
bool disk_threat(struct world *w, struct machine *m);
void disk_threat_over(struct world *w, struct machine *m);

/* erase.c: who asks to be forgotten. */
void deed_erase(struct world *w);
/* Somebody will be on the list; NULL: there is no room to remember more. */
struct forgotten *forget_note(struct world *w, struct machine *m, struct uuid id);
/* The list of one disk stays beside the database of another. */
void forgotten_outlive(struct world *w, struct env *from, struct env *to);
void check_forgotten_here(struct world *w, struct machine *m);
void check_forgotten_kept(struct world *w, struct machine *m, int k);
void check_forgotten_stick(struct world *w, struct machine *hub, struct machine *stick);
void check_forgotten_last(struct world *w);

/* stick.c: what happens to a stick, and what an exchange must have left on one. */
void stick_trouble(struct world *w, struct machine *stick);
void stick_check(struct world *w, struct machine *m, struct machine *stick,
	const struct carrier_report *report);

/* forge.c: frames that the program itself would not send. */
void forge_on_stick(struct world *w, struct machine *stick);
void forge_reordered(struct world *w, int k);
/* On copies, after healing: what a kiosk must refuse. */
void forge_for_copies(struct world *w);

/* checks.c, log.c: what must hold at every step, and at last. */
void check_step(struct world *w, struct machine *m);
void check_promise(struct world *w, struct promise *p);
void check_last(struct world *w);
void check_logs(struct world *w);
/* -1 when it cannot be counted. */
int64_t count_of(struct machine *m, const char *select);
