# The host's door in a window, with real keys, as a host uses it: the PIN chosen, a resident signs
# up, the corner, a wrong PIN, the right one, the list taken along, the list read on the screen with
# the key stick, which is then pulled, and a restart. Then the page of the stick in a browser.
# Where to touch comes from scripts that do the same; what the window must show, from the pictures
# of a script on a copy of the very data. Pictures stay in door-e2e of the build.
. tests/e2e/play.sh
. tests/e2e/window.sh
. tests/e2e/host.sh
need python3 sqlite3 convert
need_browser
prefer_release
export ASAN_OPTIONS=detect_leaks=0 # what SDL and libdbus keep under X
shots=$BUILD/door-e2e
rm -rf "$shots"

write_list
mkdir "$work/list-stick" "$work/walk-stick" "$work/key-stick"
create_keys "$work/key-stick"
rehearse_sign_up
rehearse_door "$work/walk-stick" "$work/key-stick"
import_list "$work/data"
"$BUURTCTL" --data "$work/data" registrations open "$work/key-stick/org-keys.pub" >/dev/null ||
	die "registrations do not open"

remembers() { # WORD...: whether the kiosk holds one anywhere it can write
	! "$BUILD/tests/scan_typed" "$kiosk" "$@" >/dev/null 2>&1
}

stick_in() { mv "$work/$1" "$work/stick" && sleep 1.2; }
stick_out() { mv "$work/stick" "$work/$1" && sleep 1.2; }

open_display
open_kiosk "$work/data" "$work/stick"
looked_into=yes
dd if="/proc/$kiosk/mem" count=0 2>/dev/null || looked_into=

# The first PIN, typed twice; then the host leaves, and a resident signs up.
hold_corner
keep 01-choose
enter_pin $pin
enter_pin $pin
keep 02-first-door
touch_node door bar/restart
sign_up
xdotool mousemove 640 10
sleep 1

# A wrong PIN waits a second; the right one opens.
hold_corner
enter_pin 485710
keep 03-wrong-pin
sleep 2
enter_pin $pin
keep 04-door
walk "$work/data" "$work/nowhere" "$give_pin" "shot door-now" "dump door-now"
looks_like door-now "nieuw vandaag" || die "the door does not show the numbers of today"
python3 - "$work/walk/door-now.json" <<'PYTHON' || die "the door does not count one sign-up"
import json, sys
labels = [node["label"] for node in json.load(open(sys.argv[1]))["nodes"]]
assert labels[labels.index("nieuw vandaag") - 1] == "1", labels
PYTHON

# The list goes along on a stick.
stick_in list-stick
choose_entry stick
keep 05-stick
touch_node stick stick/take-along
wait_for took stick/ok
keep 06-taken-along
touch_node took stick/ok
stick_out list-stick
page=$(ls "$work"/list-stick/buurtbord-bellijst-*.html) || die "no list on the stick"
keep 07-no-stick

# The key stick and its passphrase: the list on the screen, until the stick is pulled.
stick_in key-stick
touch_node keys stick/read
type_text "$passphrase"
keep 08-passphrase
walk "$work/data" "$work/stick" "$give_pin" "$to_stick" "tap stick/read" "text $passphrase" \
	"tap call-key/open" "wait 2000" "dump calls" "shot calls"
touch_node call-key call-key/open
wait_for calls "$name"
keep 09-call-list
looks_like calls "06 87 34 19 52" || die "the number is not on the screen"
[ -z "$looked_into" ] || remembers "$name" || die "the scan does not find the name"
stay
stick_out key-stick
rest
keep 10-pulled
! looks_like calls "$name" || die "the name stays on the screen without the stick"
stay
[ -z "$looked_into" ] || ! remembers "$name" "$passphrase" ||
	die "the name or the passphrase stays in memory without the stick"
stay

# Start again: the same process, a new window, and the same door.
touch_node stick bar/back
choose_entry restart
find_window_again
keep 11-restarted
hold_corner
enter_pin $pin
keep 12-door-again
looks_like door-now "nieuw vandaag" || die "the door does not open after the restart"
close_window
[ "$(sqlite3 "$work/data/buurtbord.db" "SELECT count(*) FROM registration")" = 1 ] ||
	die "the sign-up is gone"

listed=$(python3 tests/e2e/call_list.py open "$page" "$work/key-stick/buurtbord-keys.secret" \
	"$passphrase" "$shots/13-page.png") || die "the page does not open"
echo "$listed" | grep -q "Vrouwengroep.*$name.*$number" || die "the page shows: $listed"
[ "$(ls "$work/list-stick")" = "$(basename "$page")" ] || die "more than the list is on the stick"
