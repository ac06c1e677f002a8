/* Mistakes that somebody could make, planted on purpose. The simulation (tests/sim) links copies of
 * the files below in which one of them can be switched on, and must find it; everywhere else BUG()
 * is the constant 0 and leaves nothing behind. */
#pragma once

#ifdef BUURTBORD_BUGS
#define BUG(name) (bug_planted == BUG_##name)
#else
#define BUG(name) 0
#endif

/* The name and what was done wrong. */
#define BUG_LIST(X)                                                                                \
	/* app/store/member.c */                                                                   \
	X(CURSOR_OUTSIDE, "the place in the log is written in a transaction of its own")           \
	X(CURSOR_BEHIND, "a file of an older day takes the place in the log back")                 \
	X(BASE_KEPT, "pending edits keep naming a version by its pending number")                  \
	X(UNDO_ORDER, "pending ops are taken back the first one first")                            \
	X(UNDO_KEPT, "what was taken back is taken back again the next time")                      \
	X(STATE_NOT_COMPARED, "nobody compares the state with the hub's")                          \
	X(IMPORT_UNDECIDED, "a kiosk decides about nothing that came from the hub")                \
	X(PENDING_ONE_LESS, "the first op that waits is not counted")                              \
	/* app/store/sequencer.c */                                                                \
	X(BASE_AS_NUMBER, "a version of the writer's own is taken for one of the hub's")           \
	X(TWICE, "an op that comes again is numbered again")                                       \
	X(CONTENT_IGNORED, "another content under the same name counts as the same op")            \
	X(UNKNOWN_DROPPED, "ops of a kind that nobody knows yet are dropped")                      \
	X(HUB_UNDECIDED, "the hub decides about nothing that came from kiosks")                    \
	X(HALF_A_FRAME, "a frame counts op by op, and the rest of it is forgotten")                \
	/* app/store/seats.c */                                                                    \
	X(SEATS_NOT_OURS, "every device gives out the seats of every place")                       \
	X(OVERTAKING, "who asks gets a seat although others wait")                                 \
	X(ONE_SEAT_MORE, "> for >= when a seat is given")                                          \
	X(ONE_MOVES_TOO_MANY, "> for >= when somebody moves up")                                   \
	X(NOBODY_MOVES_UP, "seats that come free elsewhere move nobody up")                        \
	X(LAST_MOVES_UP, "the last of the waiting list moves up first")                            \
	/* app/store/fold.c */                                                                     \
	X(PROMISE_WITHDRAWN, "a seat that was given becomes a place on the waiting list")          \
	X(CANCEL_REVIVED, "a decision revives what was cancelled")                                 \
	X(SUM_STALE, "a value that is replaced stays in the state hash")                           \
	X(LAST_WINS, "fields of time, place and capacity are merged like all others")              \
	X(CONFLICT_FORGOTTEN, "the value that waits for staff is not written down")                \
	X(CLOCK_FIRST, "an edit that saw the other one loses by the clock")                        \
	/* app/store/boxes.c, contact.c, registration.c, expiry.c */                               \
	X(BOX_OF_CANCELLED, "the box of a cancelled sign-up is kept")                              \
	X(BOX_UNMATCHED, "a box that is not the one committed to is kept")                         \
	X(STRAYS_KEPT, "nobody looks at boxes again after their ops came")                         \
	X(CANCEL_KEEPS_BOX, "cancelling does not erase the box")                                   \
	X(NOT_SWEPT, "what was erased stays in the WAL")                                           \
	X(PLAINTEXT, "the details are not sealed")                                                 \
	X(EXPIRY_UNSURE, "details expire by a clock that nobody trusts")                           \
	X(NEVER_EXPIRES, "nothing expires")                                                        \
	/* app/store/erasure.c, erasure_file.c, app/sync/erasing.c */                              \
	X(ERASURE_UNLISTED, "what is erased is put on no list")                                    \
	X(ERASURE_LISTED_ONLY, "what others erased is written down, and its box kept")             \
	X(ERASURE_NOT_FILED, "the list of erasures stands in the database alone")                  \
	X(ERASURE_NOT_REPLAYED, "a database that was put back is not told what was erased")        \
	X(ERASURES_NOT_SENT, "a kiosk keeps to itself what it erased")                             \
	X(ERASURES_NOT_GIVEN, "the hub keeps to itself what was erased")                           \
	X(ERASED_ON_STICK, "the files of a stick keep what was erased")                            \
	/* app/store/store.c, identity.c, hub.c */                                                 \
	X(EPOCH_REUSED, "every start writes under the same epoch")                                 \
	X(REVOKED_ACCEPTED, "a device that was struck off is believed")                            \
	X(CUTOFF_IGNORED, "all that a device says after it was struck off counts")                 \
	X(RESTORE_SILENT, "nobody is told of a kiosk that was put back to an earlier day")         \
	X(FORK_SILENT, "nobody is told of a card that was copied")                                 \
	X(MOST_SEEN, "the hub leaves out what one device has, not what all have")                  \
	X(HELD_DROPPED, "a frame that came too early is thrown away")                              \
	X(RELEASED_LATE, "a frame that was held is found only one op later")                       \
	/* app/sync */                                                                             \
	X(SIGNATURE, "signatures are not checked")                                                 \
	X(INVITED_TWICE, "an invitation lets in a second device")                                  \
	X(GAP_IGNORED, "the hub numbers ops whose predecessors are missing")                       \
	X(SEEN_TOO_MUCH, "the hub thinks that a device has what it was never given")               \
	X(BOXES_NOT_SENT, "sealed details stay at the kiosk")                                      \
	X(LAST_START_ONLY, "only ops of the last start go to the hub")                             \
	X(CHAIN, "the kiosk follows a log that is not the one it knew")                            \
	X(DELTA_GAP, "a bundle that begins too late is taken in")                                  \
	X(HEAD_ALWAYS, "the state is compared before the head is reached")                         \
	/* a hub that was put back: past.c, member.c, sequencer.c, seats.c, app/sync */            \
	X(RESTORED_DECIDES, "a hub that was put back gives seats before it has heard everybody")   \
	X(TAIL_DROPPED, "what the hub has lost is forgotten by kiosks too")                        \
	X(PAST_NUMBERS, "numbers of an epoch that is over are taken for those of now")             \
	X(PAST_FOLLOWED, "a kiosk follows an old stick into an epoch that is over")                \
	X(LOST_NOT_SENT, "nobody gives a hub back what it has lost")                               \
	X(BOXES_LOST, "the hub gets back what it has lost, but for the sealed details")            \
	X(LOST_GROUND, "ops are numbered before what they are about comes back")                   \
	X(GIVEN_BACK_IGNORED, "the hub takes nothing back")                                        \
	/* app/sync/carrier_dir.c */                                                               \
	X(FILE_UNSYNCED, "a file gets its name before its bytes are safe")                         \
	X(NAME_UNSYNCED, "a name on the stick is not synced")                                      \
	X(FOLDER_UNSYNCED, "the name of our folder is not synced")                                 \
	X(NO_READ_BACK, "what was written is not read back")                                       \
	X(PRUNE_ALL, "the file just written is removed with the old ones")                         \
	X(PRUNE_UNHEARD, "what waits is removed from the stick before the hub has it")             \
	X(PART_READ, "a file that was never finished counts as one")

#define BUG_ENTRY(name, what) BUG_##name,
enum bug { BUG_NONE, BUG_LIST(BUG_ENTRY) BUG_END };
#undef BUG_ENTRY

/* The one that is switched on; a variable of the simulation's. */
extern enum bug bug_planted;
