# A kiosk is replaced: its back-up goes on a stick behind the door of the one, and behind the door of
# an empty one comes back. The state is the same to the hash, no file holds a name or a number, and
# the key stick opens the sign-ups there. Pictures stay in restore-e2e of the build.
. tests/e2e/play.sh
. tests/e2e/window.sh
. tests/e2e/host.sh
need python3 convert
prefer_release
export ASAN_OPTIONS=detect_leaks=0 # what SDL and libdbus keep under X
shots=$BUILD/restore-e2e
rm -rf "$shots"

write_list
mkdir "$work/stick" "$work/walk-stick" "$work/key-stick" "$work/new"
create_keys "$work/key-stick"
rehearse_sign_up
rehearse_door "$work/walk-stick" "$work/key-stick"
walk "$work/practice" "$work/walk-stick" "$choose_pin" "$to_stick" "tap stick/back-up" \
	"wait 2000" "dump backed-up" "shot backed-up"
import_list "$work/old"
"$BUURTCTL" --data "$work/old" registrations open "$work/key-stick/org-keys.pub" >/dev/null ||
	die "registrations do not open"

no_plain_text() { # DIRECTORY
	"$BUILD/tests/scan_typed" "$1" "$name" "$number" "+31${number#0}" "$passphrase" "$pin" \
		2>/dev/null || die "a file holds what was typed"
}

state() { "$BUURTCTL" --data "$1" state || die "no state of $1"; }

open_display
open_kiosk "$work/old" "$work/stick"
sign_up
hold_corner
enter_pin $pin
enter_pin $pin
choose_entry stick
touch_node stick stick/back-up
wait_for backed-up stick/ok
keep 1-backed-up
close_window
[ -s "$work/stick/buurtbord-kopie.db" ] || die "no back-up on the stick"
no_plain_text "$work/stick"
no_plain_text "$work/old"
before=$(state "$work/old")

# The empty one: nothing but a PIN of its own. Its way is walked on a copy first.
walk "$work/new" "$work/stick" "$choose_pin" "$to_stick" "dump stick" "find stick/restore" \
	"tap stick/restore" "dump sure" "tap stick/yes" "wait 2000" "dump restored" "shot restored"
open_kiosk "$work/new" "$work/stick"
hold_corner
enter_pin $pin
enter_pin $pin
keep 2-empty
choose_entry stick
keep 3-restore
touch_node stick stick/restore
keep 4-sure
touch_node sure stick/yes
wait_for restored stick/ok
keep 5-restored
touch_node restored stick/ok
find_window_again
keep 6-started-again
close_window
[ "$(state "$work/new")" = "$before" ] || die "another state: $(state "$work/new"), not $before"
no_plain_text "$work/new"

# What the window must show with the key stick, and then does.
mv "$work/stick" "$work/back-up" && mv "$work/key-stick" "$work/stick"
walk "$work/new" "$work/stick" "$give_pin" "dump door" "$to_stick" "dump stick" \
	"tap stick/read" "dump call-key" "text $passphrase" "tap call-key/open" "wait 2000" \
	"dump calls" "shot calls"
open_kiosk "$work/new" "$work/stick"
hold_corner
enter_pin $pin
choose_entry stick
touch_node stick stick/read
type_text "$passphrase"
touch_node call-key call-key/open
wait_for calls "$name"
keep 7-call-list
looks_like calls "06 87 34 19 52" || die "the number is not on the screen"
close_window
echo "the same $before"
